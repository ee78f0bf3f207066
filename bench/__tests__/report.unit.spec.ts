import type { Figure } from "../measure"
import { allMet, type MeasureResult, toTable } from "../report"

const figure = (median: number, target: Figure["target"]): Figure => ({
  what: "drain",
  unit: "×",
  value: { median, min: median - 1, max: median + 1 },
  target,
  note: "40 orders/s against 10",
})

const result = (figures: Figure[], error: string | null = null): MeasureResult => ({
  measure: "drain",
  seconds: 1,
  figures,
  error,
})

describe("the table of a run", () => {
  it("says of each figure its range, its target and whether it is met", () => {
    const table = toTable([
      result([
        figure(4.2, { kind: "at least", value: 4 }),
        figure(3.9, { kind: "at least", value: 4 }),
        figure(2, { kind: "at most", value: 2 }),
        figure(5, null),
      ]),
    ])
    expect(table.split("\n").map((line) => line.replace(/ +/g, " "))).toEqual([
      "| measure | median | range | target | | made of |",
      expect.stringMatching(/^\| -+ \|/),
      "| drain | 4.20× | 3.20–5.20 | ≥ 4.00× | met | 40 orders/s against 10 |",
      "| drain | 3.90× | 2.90–4.90 | ≥ 4.00× | NOT MET | 40 orders/s against 10 |",
      "| drain | 2.00× | 1.00–3.00 | ≤ 2.00× | met | 40 orders/s against 10 |",
      "| drain | 5.00× | 4.00–6.00 | | | 40 orders/s against 10 |",
    ])
  })

  it("has a line for a measure that failed, and such a run has not met its targets", () => {
    const failed = [result([], "Error: 1 order\nis missing")]
    expect(toTable(failed)).toContain("FAILED")
    expect(toTable(failed)).toContain("1 order is missing")
    expect(allMet(failed)).toBe(false)
    expect(allMet([result([figure(4, { kind: "at least", value: 4 })])])).toBe(true)
    expect(allMet([result([figure(Number.NaN, { kind: "at most", value: 4 })])])).toBe(false)
  })
})
