/** What get_app_push_config reports as live_push_status. */
export type PushStatus = "Normal" | "Warning" | "Suspended"

const WINDOW_MINUTES = 6 * 60
const MIN_PUSHES_TO_JUDGE = 600
const WARNING_BELOW = 0.7
const SUSPENDED_BELOW = 0.3

interface Minute {
  minute: number
  pushes: number
  successes: number
}

/**
 * Shopee's judgement of a subscription: with more than 600 pushes in six hours, under 70 % success is a warning and under
 * 30 % suspends it until the callback URL is saved again.
 */
export class PushHealth {
  private minutes: Minute[] = []
  private pushes = 0
  private successes = 0
  private suspendedAt: number | null = null

  /** Counts an attempt at sandbox time `nowMs`. */
  record(success: boolean, nowMs: number): void {
    const minute = Math.floor(nowMs / 60_000)
    this.forget(minute)
    let current = this.minutes.at(-1)
    if (current?.minute !== minute) {
      current = { minute, pushes: 0, successes: 0 }
      this.minutes.push(current)
    }
    current.pushes++
    this.pushes++
    if (success) {
      current.successes++
      this.successes++
    }
    if (this.isJudged() && this.successRate() < SUSPENDED_BELOW) this.suspendedAt ??= Math.floor(nowMs / 1000)
  }

  status(nowMs: number): PushStatus {
    if (this.suspendedAt !== null) return "Suspended"
    this.forget(Math.floor(nowMs / 60_000))
    return this.isJudged() && this.successRate() < WARNING_BELOW ? "Warning" : "Normal"
  }

  /** Epoch seconds of the suspension, or null. */
  suspendedTime(): number | null {
    return this.suspendedAt
  }

  pushesInWindow(): number {
    return this.pushes
  }

  /** From 0 to 1; 1 while there were no pushes. */
  successRate(): number {
    return this.pushes === 0 ? 1 : this.successes / this.pushes
  }

  /** A fresh start, as when the callback URL is saved again. */
  reset(): void {
    this.minutes = []
    this.pushes = 0
    this.successes = 0
    this.suspendedAt = null
  }

  private isJudged(): boolean {
    return this.pushes > MIN_PUSHES_TO_JUDGE
  }

  private forget(minute: number): void {
    while (this.minutes[0] && this.minutes[0].minute <= minute - WINDOW_MINUTES) {
      const old = this.minutes.shift()
      this.pushes -= old?.pushes ?? 0
      this.successes -= old?.successes ?? 0
    }
  }
}
