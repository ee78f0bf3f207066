const WINDOW_MS = 60 * 60 * 1000

/** Rejected pushes that are kept in an hour (product §3). */
export const MAX_REJECTED_PER_HOUR = 20

/** How often a flood may touch the database to raise the counter of its exception. */
const COUNT_EVERY_MS = 5_000

/** How often a flood may ask for a reconciliation. The request is a row: asking again before it ran changes nothing. */
const REQUEST_EVERY_MS = 60_000

/**
 * Bounds what forged pushes cost one process: at most 20 are looked at by the database in an hour; of the rest only the number is
 * reported, every few seconds. The database holds the same bound for all processes together.
 */
export class RejectionBudget {
  private windowStartedAt = 0
  private stored = 0
  private uncounted = 0
  private countedAt = 0
  private requestedAt = 0
  private tail: NodeJS.Timeout | null = null

  /** True when this push may still be stored. */
  admit(now: number): boolean {
    if (now - this.windowStartedAt >= WINDOW_MS) {
      this.windowStartedAt = now
      this.stored = 0
    }
    if (this.stored >= MAX_REJECTED_PER_HOUR) {
      return false
    }
    this.stored += 1
    return true
  }

  /**
   * Counts one rejection. @param isStored those that are stored are always reported at once
   * @returns how many to report now; 0 = report later, together with others
   */
  count(now: number, isStored: boolean): number {
    this.uncounted += 1
    if (!isStored && now - this.countedAt < COUNT_EVERY_MS) {
      return 0
    }
    return this.takeUncounted(now)
  }

  /** True when no reconciliation was asked for in the last minute. */
  isRequestDue(now: number): boolean {
    return now - this.requestedAt >= REQUEST_EVERY_MS
  }

  /** Notes that a reconciliation was asked for. */
  noteRequest(now: number): void {
    this.requestedAt = now
  }

  /** Has what is not reported yet reported in a moment, should nothing be rejected after it. */
  reportLater(report: (count: number) => void): void {
    this.tail ??= setTimeout(() => {
      this.tail = null
      const count = this.takeUncounted(Date.now())
      if (count > 0) {
        report(count)
      }
    }, COUNT_EVERY_MS).unref()
  }

  private takeUncounted(now: number): number {
    this.countedAt = now
    const count = this.uncounted
    this.uncounted = 0
    return count
  }
}
