import { OneAtATime } from "../one-at-a-time"

describe("OneAtATime", () => {
  it("runs tasks in their sequence, one at a time, and lets a failure pass alone", async () => {
    const line = new OneAtATime()
    const story: string[] = []
    const task =
      (name: string, fails = false) =>
      async (): Promise<string> => {
        story.push(`${name} begins`)
        await new Promise((done) => setImmediate(done))
        story.push(`${name} ends`)
        if (fails) {
          throw new Error(`${name} failed`)
        }
        return name
      }
    const answers = await Promise.allSettled([line.run(task("a")), line.run(task("b", true)), line.run(task("c"))])
    expect(story).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"])
    expect(answers).toEqual([
      { status: "fulfilled", value: "a" },
      { status: "rejected", reason: new Error("b failed") },
      { status: "fulfilled", value: "c" },
    ])
  })
})
