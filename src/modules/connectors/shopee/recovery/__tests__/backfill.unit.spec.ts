import { backfillWindow, countWindows } from "../backfill-windows"
import { describeBackfill, describeBackfillEnd } from "../describe-backfill"

const range = { from: new Date("2026-11-01T16:00:00Z"), to: new Date("2026-11-04T10:00:00Z") }

describe("a backfill's windows", () => {
  it("are days that cover every second of the range once", () => {
    const total = countWindows(range)
    expect(total).toBe(3)
    const windows = Array.from({ length: total }, (_, place) => backfillWindow(range, place))
    expect(windows.map(({ from, to }) => `${from.toISOString()} ${to.toISOString()}`)).toEqual([
      "2026-11-01T16:00:00.000Z 2026-11-02T15:59:59.000Z",
      "2026-11-02T16:00:00.000Z 2026-11-03T15:59:59.000Z",
      "2026-11-03T16:00:00.000Z 2026-11-04T10:00:00.000Z",
    ])
  })

  it("are one for a range shorter than a day, and none too many for whole days", () => {
    expect(countWindows({ from: range.from, to: new Date(range.from.getTime() + 1_000) })).toBe(1)
    expect(countWindows({ from: range.from, to: new Date(range.from.getTime() + 2 * 86_400_000 - 1_000) })).toBe(2)
    // The last second of a range is the first one of a day of its own.
    expect(countWindows({ from: range.from, to: new Date(range.from.getTime() + 2 * 86_400_000) })).toBe(3)
  })
})

describe("a backfill's line", () => {
  const progress = { windows_total: 12, windows_done: 3, orders_seen: 340, injected_count: 15, done_count: 12 }

  it("shows a bar and the counts", () => {
    expect(describeBackfill(progress)).toBe(
      "[######------------------] 3/12 days · 340 orders seen · 15 taken in, 12 done"
    )
    expect(describeBackfill({ ...progress, windows_done: 12 })).toMatch(/^\[#{24}\] 12\/12 days/)
    expect(describeBackfill({ ...progress, windows_done: 0 })).toMatch(/^\[-{24}\] 0\/12 days/)
  })

  it("says at the end only what it knows: orders that were held before stay held", () => {
    expect(describeBackfillEnd(0)).toBe("Everything in this range is in Medusa as Shopee has it.")
    const end = describeBackfillEnd(2)
    expect(end).not.toContain("Everything")
    expect(end).toContain("on their way or held, as before: 2.")
    expect(end).toContain("npm run shopee -- status")
  })
})
