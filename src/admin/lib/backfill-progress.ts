import type { BackfillView } from "../../modules/connectors/shopee/types/desk"

/** What a backfill is at: waiting for a worker, reading Shopee's list, taking in what it found, or none of these any more. */
export type BackfillPhase = "waiting" | "reading" | "taking_in" | "finished"

/** How much of a backfill reading the list is taken for. */
const READING_SHARE = 0.8

type Counts = Pick<
  BackfillView,
  "status" | "settled_at" | "windows_total" | "windows_done" | "injected_count" | "done_count"
>

/** What a backfill is at. Pure. */
export function backfillPhase(counts: Counts): BackfillPhase {
  const { status, settled_at: settledAt, windows_done, injected_count, done_count } = counts
  if (status === "open") {
    return windows_done === 0 && injected_count === 0 ? "waiting" : "reading"
  }
  return settledAt !== null || done_count >= injected_count ? "finished" : "taking_in"
}

/** How far a backfill is, 0 to 1; it never goes back. Pure. */
export function backfillShare(counts: Counts): number {
  switch (backfillPhase(counts)) {
    case "waiting":
    case "reading":
      return (READING_SHARE * counts.windows_done) / Math.max(1, counts.windows_total)
    case "taking_in":
      return READING_SHARE + ((1 - READING_SHARE) * counts.done_count) / Math.max(1, counts.injected_count)
    case "finished":
      return 1
  }
}

/** The instants of a range of days, the last one included, in the reader's time zone; null = it ends before it begins. Pure. */
export function rangeOfDays(first: Date, last: Date): { from: string; to: string } | null {
  const from = new Date(first.getFullYear(), first.getMonth(), first.getDate())
  const to = new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1)
  return from < to ? { from: from.toISOString(), to: to.toISOString() } : null
}
