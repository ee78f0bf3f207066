import { RawEventSource } from "../../types/enums"
import type { IncomingEvent } from "../../types/inbox"
import { PushRecorder } from "../push-recorder"

const event = (identity: string): IncomingEvent => ({
  eventType: 3,
  shopeeEventId: null,
  shopId: "700321",
  ordersn: identity,
  payload: {},
  rawBody: null,
  signature: null,
  signatureOk: true,
  source: RawEventSource.WEBHOOK,
  identity,
})

/** A database that keeps each identity once and refuses those named "bad". */
class Table {
  readonly statements: string[][] = []
  readonly rows = new Map<string, string>()
  atOnce = 0
  mostAtOnce = 0

  readonly record = async (events: IncomingEvent[]): Promise<string[]> => {
    this.statements.push(events.map(({ identity }) => identity))
    this.atOnce += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce)
    await new Promise((done) => setTimeout(done, 5))
    this.atOnce -= 1
    if (events.some(({ identity }) => identity.startsWith("bad"))) {
      throw new Error("A row can't be stored.")
    }
    return events.flatMap(({ identity, id = "" }) => {
      if (this.rows.has(identity)) {
        return []
      }
      this.rows.set(identity, id)
      return id
    })
  }
}

const names = (count: number, prefix = "A") => Array.from({ length: count }, (_, index) => `${prefix}${index}`)

describe("PushRecorder", () => {
  it("stores what comes at the same moment with one statement, and each hears its own id", async () => {
    const table = new Table()
    const recorder = new PushRecorder(table.record)
    const ids = await Promise.all(names(5).map(async (name) => await recorder.store(event(name))))
    expect(table.statements).toEqual([names(5)])
    expect(ids).toEqual(names(5).map((name) => table.rows.get(name)))
    expect(new Set(ids).size).toBe(5)
  })

  it("says null of an event that was there, also when it came twice in one moment", async () => {
    const table = new Table()
    const recorder = new PushRecorder(table.record)
    await recorder.store(event("A"))
    const [again, first, second] = await Promise.all(
      ["A", "B", "B"].map(async (name) => await recorder.store(event(name)))
    )
    expect(again).toBeNull()
    expect([first, second].filter((id) => id === null)).toHaveLength(1)
    expect(table.rows.size).toBe(2)
  })

  it("lets an event that can't be stored fail alone", async () => {
    const table = new Table()
    const recorder = new PushRecorder(table.record)
    const answers = await Promise.allSettled(["A", "bad", "B"].map(async (name) => await recorder.store(event(name))))
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
    expect([...table.rows.keys()]).toEqual(["A", "B"])
  })

  it("stores a crowd in few statements, at most two at a time, and loses none", async () => {
    const table = new Table()
    const recorder = new PushRecorder(table.record)
    const first = names(200).map(async (name) => await recorder.store(event(name)))
    await new Promise((done) => setTimeout(done, 1))
    const second = names(100, "B").map(async (name) => await recorder.store(event(name)))
    const ids = await Promise.all([...first, ...second])
    expect(table.rows.size).toBe(300)
    expect(ids.every((id) => id !== null)).toBe(true)
    expect(table.mostAtOnce).toBeLessThanOrEqual(2)
    expect(table.statements.length).toBeLessThan(12)
  })
})
