import type { OpenBackfill } from "../types/recovery"
import type { Window } from "../client/windows"

/** A day a window: fine enough to see it move and to lose little to a crash, and far below Shopee's 15 days. */
export const BACKFILL_WINDOW_MS = 24 * 60 * 60_000
/** Shopee's times are whole seconds and both ends of a window count: the next one begins a second later, and counts no order again. */
const SECOND_MS = 1_000

/** How many windows a range takes, at least one. */
export const countWindows = ({ from, to }: Window): number =>
  Math.floor((to.getTime() - from.getTime()) / BACKFILL_WINDOW_MS) + 1

/** The window of a backfill with this place, from 0. */
export function backfillWindow({ from, to }: Pick<OpenBackfill, "from" | "to">, place: number): Window {
  const start = from.getTime() + place * BACKFILL_WINDOW_MS
  return {
    from: new Date(start),
    to: new Date(Math.min(start + BACKFILL_WINDOW_MS - SECOND_MS, to.getTime())),
  }
}
