import { SandboxClock } from "../clock"

const HOUR_MS = 3_600_000

describe("the sandbox clock", () => {
  let clock: SandboxClock
  beforeEach(() => {
    clock = new SandboxClock()
  })
  afterEach(() => clock.reset())

  it("runs what becomes due in the order of its moments, each at its own moment", async () => {
    const start = clock.now()
    const ran: { hour: number; atHour: number }[] = []
    const hours = Array.from({ length: 200 }, (_, index) => ((index * 73) % 200) + 1)
    for (const hour of hours) {
      clock.schedule(start + hour * HOUR_MS, () => {
        ran.push({ hour, atHour: Math.floor((clock.now() - start) / HOUR_MS) })
      })
    }
    await clock.advance(150 * 3600 + 1)
    const expected = Array.from({ length: 150 }, (_, index) => ({ hour: index + 1, atHour: index + 1 }))
    expect(ran).toEqual(expected)
  })

  it("waits for what a due task starts, and for what that schedules on the way", async () => {
    const start = clock.now()
    const ran: string[] = []
    clock.schedule(start + 1000, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      ran.push("first")
      clock.schedule(start + 5000, () => void ran.push("second"))
      clock.schedule(start + 60_000, () => void ran.push("too late"))
    })
    await clock.advance(10)
    expect(ran).toEqual(["first", "second"])
  })

  it("runs what is due while real time passes, and what was due before at once", async () => {
    const ran: string[] = []
    const soon = new Promise<void>((resolve) => {
      clock.schedule(clock.now() + 300, () => {
        ran.push("soon")
        resolve()
      })
    })
    clock.schedule(clock.now() - 5000, () => void ran.push("overdue"))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(ran[0]).toBe("overdue")
    await soon
    expect(ran).toEqual(["overdue", "soon"])
  })

  it("is back at real time with nothing to do after a reset", async () => {
    const ran: string[] = []
    clock.schedule(clock.now() + 1000, () => void ran.push("forgotten"))
    await clock.advance(0.5)
    clock.reset()
    expect(clock.offset()).toBe(0)
    await clock.advance(10)
    expect(ran).toEqual([])
  })
})
