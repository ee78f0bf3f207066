import { lastMondays, rangeOfWeek, toCurrencyWeeks } from "../payout-weeks"

/** Monday, 00:30 in Singapore; still Sunday in UTC. */
const MONDAY = new Date("2026-11-22T16:30:00Z")

const sum = (week: string, currency: string, amount: string, count = 1) => ({
  week,
  currency,
  count,
  escrow_amount: amount,
  payout_amount: amount,
})

it("weeks begin on Monday in Singapore", () => {
  expect(lastMondays(3, MONDAY)).toEqual(["2026-11-09", "2026-11-16", "2026-11-23"])
  expect(lastMondays(1, new Date(MONDAY.getTime() - 31 * 60_000))).toEqual(["2026-11-16"])
})

it("weeks without payouts are there, with nothing", () => {
  const [sgd] = toCurrencyWeeks([sum("2026-11-09", "SGD", "20.5", 2)], 3, MONDAY)
  expect(sgd).toEqual({
    currency: "SGD",
    weeks: [
      { week: "2026-11-09", expected: 20.5, paidOut: 20.5, count: 2 },
      { week: "2026-11-16", expected: 0, paidOut: 0, count: 0 },
      { week: "2026-11-23", expected: 0, paidOut: 0, count: 0 },
    ],
  })
})

it("each currency has weeks of its own, the busiest first", () => {
  const sums = [sum("2026-11-16", "MYR", "5"), sum("2026-11-16", "SGD", "7", 3)]
  expect(toCurrencyWeeks(sums, 2, MONDAY).map(({ currency }) => currency)).toEqual(["SGD", "MYR"])
  expect(toCurrencyWeeks([], 2, MONDAY)).toEqual([])
})

it("a week reaches from Monday to Sunday in Singapore", () => {
  expect(rangeOfWeek("2026-11-23")).toEqual({ from: "2026-11-22T16:00:00.000Z", to: "2026-11-29T15:59:59.999Z" })
})
