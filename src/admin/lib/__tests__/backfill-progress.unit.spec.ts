import { backfillPhase, backfillShare, rangeOfDays } from "../backfill-progress"

const backfill = (counts: object) => ({
  status: "open" as const,
  settled_at: null,
  windows_total: 10,
  windows_done: 0,
  injected_count: 0,
  done_count: 0,
  ...counts,
})

describe("the progress of a backfill", () => {
  it("waits, reads, takes in, and is finished when every order is done", () => {
    expect(backfillPhase(backfill({}))).toBe("waiting")
    const found = { windows_done: 10, injected_count: 4, status: "done" as const }
    expect(backfillPhase(backfill({ windows_done: 10, injected_count: 4 }))).toBe("reading")
    expect(backfillPhase(backfill({ ...found, done_count: 3 }))).toBe("taking_in")
    expect(backfillPhase(backfill({ ...found, done_count: 4 }))).toBe("finished")
    expect(backfillPhase(backfill({ ...found, done_count: 3, settled_at: "2026-11-26T00:00:00.000Z" }))).toBe(
      "finished"
    )
  })

  it("grows from nothing to all, and never goes back", () => {
    const found = { windows_done: 10, injected_count: 4, status: "done" as const }
    const shares = [
      backfill({}),
      backfill({ windows_done: 5, injected_count: 4, done_count: 4 }),
      backfill({ windows_done: 10, injected_count: 4 }),
      backfill(found),
      backfill({ ...found, done_count: 2 }),
      backfill({ ...found, done_count: 4 }),
    ].map(backfillShare)
    expect(shares).toEqual([0, 0.4, 0.8, 0.8, 0.9, 1])
  })

  it("of nothing is finished", () => {
    expect(backfillShare(backfill({ status: "done", windows_total: 0 }))).toBe(1)
    expect(backfillShare(backfill({ windows_total: 0 }))).toBe(0)
  })
})

describe("rangeOfDays", () => {
  it("is whole days, the last one included", () => {
    const range = rangeOfDays(new Date(2026, 10, 1, 15), new Date(2026, 10, 1, 9))
    expect(range).toEqual({
      from: new Date(2026, 10, 1).toISOString(),
      to: new Date(2026, 10, 2).toISOString(),
    })
  })

  it("is none when it ends before it begins", () => {
    expect(rangeOfDays(new Date(2026, 10, 2), new Date(2026, 10, 1))).toBeNull()
  })
})
