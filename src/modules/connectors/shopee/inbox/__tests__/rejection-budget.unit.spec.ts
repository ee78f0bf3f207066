import { RejectionBudget } from "../rejection-budget"
import { many } from "./inbox-world"

const START = Date.UTC(2026, 2, 1)
const HOUR = 3_600_000

describe("RejectionBudget", () => {
  it("lets 20 forged pushes to the database in an hour", () => {
    const budget = new RejectionBudget()
    const admitted = many(1_000, (index) => budget.admit(START + index)).filter(Boolean)

    expect(admitted).toHaveLength(20)
    expect(budget.admit(START + HOUR - 1)).toBe(false)
    expect(many(25, () => budget.admit(START + HOUR)).filter(Boolean)).toHaveLength(20)
  })

  it("reports a stored one at once", () => {
    const budget = new RejectionBudget()

    expect(many(3, (index) => budget.count(START + index, true))).toEqual([1, 1, 1])
  })

  it("reports a flood every five seconds, and counts every one of it", () => {
    const budget = new RejectionBudget()
    const reports = many(100_000, (index) => budget.count(START + index, false)).filter((count) => count > 0)

    expect(reports).toHaveLength(20)
    expect(reports.slice(0, 3)).toEqual([1, 5_000, 5_000])
    expect(budget.count(START + 200_000, false) + reports.reduce((sum, count) => sum + count, 0)).toBe(100_001)
  })

  it("asks for a reconciliation once a minute, and again at once where nobody noted that it was asked for", () => {
    const budget = new RejectionBudget()

    expect([budget.isRequestDue(START), budget.isRequestDue(START + 1)]).toEqual([true, true])
    budget.noteRequest(START)
    expect([budget.isRequestDue(START + 59_999), budget.isRequestDue(START + 60_000)]).toEqual([false, true])
  })
})
