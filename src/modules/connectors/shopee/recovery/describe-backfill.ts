import type { BackfillProgress } from "./start-backfill"

type Progress = Pick<
  BackfillProgress,
  "windows_total" | "windows_done" | "orders_seen" | "injected_count" | "done_count"
>

const BAR_WIDTH = 24

/** A backfill in one line: "[######------------------] 3/12 days · 340 orders seen · 15 taken in, 12 done". */
export function describeBackfill(progress: Progress): string {
  const { windows_total: total, windows_done: done, orders_seen: seen, injected_count: injected, done_count } = progress
  const filled = Math.min(BAR_WIDTH, Math.floor((BAR_WIDTH * done) / Math.max(1, total)))
  const bar = "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled)
  return `[${bar}] ${done}/${total} days · ${seen} orders seen · ${injected} taken in, ${done_count} done`
}

/**
 * What a backfill that took everything in says at its end. Orders that were known and waited or were held before are not taken in again,
 * so that what it did doesn't speak for them.
 *
 * @param open how many orders are on their way or held for a person
 */
export function describeBackfillEnd(open: number): string {
  return open === 0
    ? "Everything in this range is in Medusa as Shopee has it."
    : `What was missing or behind in this range is in Medusa. Orders that are on their way or held, as before: ${open}. More: npm run shopee -- status`
}
