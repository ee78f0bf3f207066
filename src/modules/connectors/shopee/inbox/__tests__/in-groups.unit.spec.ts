import { InGroups } from "../in-groups"

const nextTurn = async (): Promise<void> => await new Promise((done) => setImmediate(done))

describe("InGroups", () => {
  it("does at once what comes at the same moment, and what comes meanwhile together afterwards", async () => {
    const groups = new InGroups<string>()
    const story: string[] = []
    const work = async (items: string[]): Promise<void> => {
      story.push(`${items.join()} begins`)
      await nextTurn()
      await nextTurn()
      story.push(`${items.join()} ends`)
    }
    const first = [groups.join("a", work), groups.join("b", work)]
    await nextTurn()
    const second = [groups.join("c", work), groups.join("d", work), groups.join("e", work)]
    await Promise.all([...first, ...second])
    expect(story).toEqual(["a,b begins", "a,b ends", "c,d,e begins", "c,d,e ends"])
  })

  it("tells everybody in a group that fails, and nobody else", async () => {
    const groups = new InGroups<string>()
    const work = async (items: string[]): Promise<void> => {
      await nextTurn()
      if (items.includes("bad")) {
        throw new Error(`${items.join()} failed`)
      }
    }
    const first = [groups.join("a", work), groups.join("bad", work)]
    const failed = Promise.allSettled(first)
    await nextTurn()
    const later = groups.join("c", work)
    const reason = new Error("a,bad failed")
    expect(await failed).toEqual([
      { status: "rejected", reason },
      { status: "rejected", reason },
    ])
    await expect(later).resolves.toBeUndefined()
  })
})
