import { byDay } from "../timeline-days"

describe("byDay", () => {
  it("keeps the sequence, and begins a day where it changes", () => {
    expect(byDay(["1 a", "1 b", "2 c"], (entry) => entry.slice(0, 1))).toEqual([
      { day: "1", entries: ["1 a", "1 b"] },
      { day: "2", entries: ["2 c"] },
    ])
  })

  it("of nothing is no day", () => {
    expect(byDay([], String)).toEqual([])
  })
})
