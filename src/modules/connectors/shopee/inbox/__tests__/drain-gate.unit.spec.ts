import fc from "fast-check"
import { DrainGate } from "../drain-gate"

/** A queue with a worker behind the gate: the task takes what is there, with pauses in which others can come. */
class Inbox {
  readonly gate = new DrainGate()
  waiting = 0
  handled = 0
  running = 0
  mostAtOnce = 0

  constructor(private readonly pause: () => Promise<void>) {}

  readonly task = async (): Promise<void> => {
    this.running += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running)
    await this.pause()
    const taken = this.waiting
    this.waiting = 0
    await this.pause()
    this.handled += taken
    await this.pause()
    this.running -= 1
  }

  /** What a wake-up is: something is there, then the gate is asked. */
  async arrive(): Promise<void> {
    this.waiting += 1
    await this.gate.enter(this.task)
  }
}

const nothing = async (): Promise<void> => {}

describe("DrainGate", () => {
  it("runs a task once when nobody else comes", async () => {
    const task = jest.fn(nothing)
    await new DrainGate().enter(task)

    expect(task).toHaveBeenCalledTimes(1)
  })

  it("goes round once more for any number of calls that come while it runs", async () => {
    const gate = new DrainGate()
    const task = jest.fn(() => new Promise<void>((done) => setImmediate(done)))
    await Promise.all(Array.from({ length: 10 }, () => gate.enter(task)))

    expect(task).toHaveBeenCalledTimes(2)
  })

  it("runs again for a call that comes after it ended", async () => {
    const gate = new DrainGate()
    const task = jest.fn(nothing)
    await gate.enter(task)
    await gate.enter(task)

    expect(task).toHaveBeenCalledTimes(2)
  })

  it("tells everybody who waits that the run failed, and lets the next call in", async () => {
    const gate = new DrainGate()
    let works = false
    const task = async (): Promise<void> => {
      await nothing()
      if (!works) {
        throw new Error("the database is away")
      }
    }
    const outcomes = await Promise.allSettled([gate.enter(task), gate.enter(task)])
    works = true

    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"])
    await expect(gate.enter(task)).resolves.toBeUndefined()
  })

  it("is open again after a task that threw before it began to wait", async () => {
    const gate = new DrainGate()
    await expect(
      gate.enter(() => {
        throw new Error("at once")
      })
    ).rejects.toThrow("at once")

    const task = jest.fn(nothing)
    await gate.enter(task)
    expect(task).toHaveBeenCalledTimes(1)
  })

  it("lets nothing in once it is closed, and is closed when what runs has ended after its round", async () => {
    const gate = new DrainGate()
    let finish = () => {}
    const task = jest.fn(() => new Promise<void>((done) => (finish = done)))
    const calls = [gate.enter(task), gate.enter(task)]
    let isClosed = false
    const closing = gate.close().then(() => (isClosed = true))
    await new Promise((done) => setImmediate(done))
    expect([gate.isClosed, isClosed]).toEqual([true, false])
    finish()
    await Promise.all([...calls, closing])
    await gate.enter(task)

    expect(task).toHaveBeenCalledTimes(1)
  })

  it("closes quietly when nothing runs, or when what runs fails", async () => {
    await expect(new DrainGate().close()).resolves.toBeUndefined()
    const gate = new DrainGate()
    const run = gate.enter(() => Promise.reject(new Error("the database is away")))
    await Promise.all([expect(run).rejects.toThrow("away"), expect(gate.close()).resolves.toBeUndefined()])
  })

  it("forgets no wake-up and runs one task at a time, in every interleaving", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 8 }), async (scheduler, arrivals) => {
        const inbox = new Inbox(async () => {
          await scheduler.schedule(Promise.resolve(), "pause")
        })
        const calls = Array.from({ length: arrivals }, (_, index) =>
          scheduler.schedule(Promise.resolve(), `arrival ${index}`).then(() => inbox.arrive())
        )
        await scheduler.waitFor(Promise.all(calls))

        // Whoever was told that nothing is left was told the truth.
        expect(inbox).toMatchObject({ waiting: 0, handled: arrivals, mostAtOnce: 1 })
      }),
      { numRuns: 500 }
    )
  })

  it("whoever waited finds what they brought handled", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const inbox = new Inbox(async () => {
          await scheduler.schedule(Promise.resolve(), "pause")
        })
        let arrived = 0
        const calls = Array.from({ length: 5 }, async (_, index) => {
          await scheduler.schedule(Promise.resolve(), `arrival ${index}`)
          arrived += 1
          const mine = arrived
          await inbox.arrive()
          expect(inbox.handled).toBeGreaterThanOrEqual(mine)
        })
        await scheduler.waitFor(Promise.all(calls))
      }),
      { numRuns: 300 }
    )
  })
})
