const DAY_MS = 24 * 60 * 60_000

/** The range of a date filter that begins with a day's first moment, so many days ago, in the reader's time zone. */
export function sinceDaysAgo(days: number): { $gte: string } {
  const midnight = new Date()
  midnight.setHours(0, 0, 0, 0)
  return { $gte: new Date(midnight.getTime() - days * DAY_MS).toISOString() }
}
