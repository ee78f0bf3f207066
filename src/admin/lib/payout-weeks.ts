import type { EscrowWeek } from "../../modules/connectors/shopee/types/desk"

const DAY_MS = 24 * 60 * 60_000
const WEEK_MS = 7 * DAY_MS
/** Singapore has no summer time. */
const SINGAPORE_MS = 8 * 60 * 60_000
/** 1 January 1970 was a Thursday; the first Monday came four days later. */
const FIRST_MONDAY_MS = 4 * DAY_MS

/** Payouts of one week; all 0 in a week without any. Amounts in major units, for a drawing. */
export interface PayoutWeek {
  /** Monday, YYYY-MM-DD. */
  week: string
  expected: number
  paidOut: number
  count: number
}

/** A currency's payouts, week by week. */
export interface CurrencyWeeks {
  currency: string
  weeks: PayoutWeek[]
}

const calendarDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The Mondays in Singapore of the last `count` weeks, the one at hand last. Pure. */
export function lastMondays(count: number, now: Date): string[] {
  const here = now.getTime() + SINGAPORE_MS
  const monday = Math.floor((here - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS
  return Array.from({ length: count }, (_, index) => calendarDay(monday - (count - 1 - index) * WEEK_MS))
}

/** The payouts of each currency in the last `count` weeks, the currency with the most of them first. Pure. */
export function toCurrencyWeeks(sums: readonly EscrowWeek[], count: number, now: Date): CurrencyWeeks[] {
  const mondays = lastMondays(count, now)
  const currencies = [...new Set(sums.map(({ currency }) => currency))]
  return currencies
    .map((currency) => ({
      currency,
      weeks: mondays.map((week): PayoutWeek => {
        const found = sums.find((sum) => sum.currency === currency && sum.week === week)
        return {
          week,
          expected: Number(found?.escrow_amount ?? 0),
          paidOut: Number(found?.payout_amount ?? 0),
          count: found?.count ?? 0,
        }
      }),
    }))
    .sort((a, b) => countOf(b) - countOf(a))
}

const countOf = ({ weeks }: CurrencyWeeks): number => weeks.reduce((sum, { count }) => sum + count, 0)

/** The first and the last moment of a week in Singapore. ISO 8601 in UTC. Pure. */
export function rangeOfWeek(week: string): { from: string; to: string } {
  const begin = Date.parse(week) - SINGAPORE_MS
  return { from: new Date(begin).toISOString(), to: new Date(begin + WEEK_MS - 1).toISOString() }
}
