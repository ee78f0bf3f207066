import { setTimeout as sleep } from "node:timers/promises"

/**
 * Shopee publishes no rate (reference §5.3), only that there is one. Ten calls a second carry 500 orders a second; the burst
 * lets a handful of pushes be answered without waiting.
 */
export const CALLS_PER_SECOND = 10
export const CALL_BURST = 20

/** Limits the calls of one shop. Who asks first goes first. */
export class TokenBucket {
  readonly #intervalMs: number
  readonly #burst: number
  readonly #now: () => number
  /** When the bucket would be full again, on the clock of `now`. */
  #fullAt = Number.NEGATIVE_INFINITY

  /** @param now a monotonic clock in milliseconds. */
  constructor(ratePerSecond = CALLS_PER_SECOND, burst = CALL_BURST, now: () => number = () => performance.now()) {
    this.#intervalMs = 1000 / ratePerSecond
    this.#burst = burst
    this.#now = now
  }

  /** Takes the next turn. @returns how long to wait for it, in milliseconds. */
  reserve(): number {
    const now = this.#now()
    this.#fullAt = Math.max(this.#fullAt, now) + this.#intervalMs
    return Math.max(0, this.#fullAt - this.#burst * this.#intervalMs - now)
  }

  /** Waits for the next turn. */
  async take(): Promise<void> {
    const waitMs = this.reserve()
    if (waitMs > 0) {
      await sleep(waitMs)
    }
  }
}
