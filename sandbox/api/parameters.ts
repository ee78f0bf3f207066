import { wrongParameter } from "../shopee-error"

const MAX_WINDOW_SECONDS = 15 * 86_400

/** A whole number from the query, or undefined when it isn't there. */
export function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null || text === "") return undefined
  if (!/^\d+$/.test(text)) throw wrongParameter(`${name} is not a whole number`)
  return Number(text)
}

/** A whole number that must be there and within bounds. */
export function boundedNumber(value: number | undefined, name: string, least: number, most: number): number {
  if (value === undefined) throw wrongParameter(`${name} is required`)
  if (value < least || value > most) throw wrongParameter(`${name} should be between ${least} and ${most}`)
  return value
}

/** A time window (epoch seconds) that must be there, in order, and at most 15 days long when it is bounded. */
export function timeWindow(
  query: URLSearchParams,
  fromName: string,
  toName: string,
  isBounded: boolean
): { from: number; to: number } {
  const from = wholeNumber(query, fromName)
  const to = wholeNumber(query, toName)
  if (from === undefined || to === undefined) throw wrongParameter(`${fromName} and ${toName} are required`)
  if (from > to) throw wrongParameter(`${fromName} is after ${toName}`)
  if (isBounded && to - from > MAX_WINDOW_SECONDS) throw wrongParameter("the time range is longer than 15 days")
  return { from, to }
}

/** The entries of a comma list that must hold between one and `most` of them. */
export function commaList(query: URLSearchParams, name: string, most: number): string[] {
  const entries = (query.get(name) ?? "").split(",").filter((entry) => entry !== "")
  if (entries.length < 1 || entries.length > most) throw wrongParameter(`${name} should hold 1 to ${most} entries`)
  return entries
}
