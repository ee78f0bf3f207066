import { EventEmitter } from "node:events"
import { Interruption, interruptionOf } from "../interruption"
import { ShutdownStack } from "../shutdown-stack"

describe("the shutdown stack", () => {
  it("gives back the last taken first, also after one that fails", async () => {
    const stack = new ShutdownStack()
    const given: string[] = []
    for (const name of ["a", "b", "c"]) {
      await stack.acquire(
        async () => name,
        async (thing) => {
          given.push(thing)
          if (thing === "b") {
            throw new Error("b is stuck")
          }
        }
      )
    }
    expect((await stack.run()).map(String)).toEqual(["Error: b is stuck"])
    expect(given).toEqual(["c", "b", "a"])
  })

  it("waits for what is still being taken, and gives it back", async () => {
    const stack = new ShutdownStack()
    let finish = (_: string): void => undefined
    const given: string[] = []
    const taking = stack.acquire(
      () => new Promise<string>((resolve) => (finish = resolve)),
      async (thing) => void given.push(thing)
    )
    const ending = stack.run()
    finish("late")
    await Promise.all([taking, ending])
    expect(given).toEqual(["late"])
  })

  it("lets nothing be taken once the end has begun", async () => {
    const stack = new ShutdownStack()
    await stack.run()
    await expect(
      stack.acquire(
        async () => 1,
        async () => undefined
      )
    ).rejects.toThrow("being stopped")
  })
})

describe("an interruption", () => {
  it("is the first signal; echoes of it don't count, a later one is impatience", async () => {
    jest.useFakeTimers()
    const host = new EventEmitter()
    let impatient = 0
    const interruption = interruptionOf(host, () => impatient++)
    host.emit("SIGINT", "SIGINT")
    host.emit("SIGINT", "SIGINT")
    await expect(interruption).rejects.toThrow(Interruption)
    expect(impatient).toBe(0)
    jest.advanceTimersByTime(2_000)
    host.emit("SIGTERM", "SIGTERM")
    expect(impatient).toBe(1)
    jest.useRealTimers()
  })
})
