import { DueHeap } from "./due-heap"

/** A piece of work that becomes due at a moment of sandbox time. It is handed that moment, in epoch milliseconds. */
export type TimedTask = (dueAtMs: number) => void | Promise<void>

/** setTimeout's largest delay; a later timer is simply armed again when this one fires. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/**
 * The sandbox's clock: real time plus an offset that only grows.
 *
 * Everything with a life span (tokens, push retries, escrow release) reads this clock, so that a test can let days pass.
 * Request timestamps do not: callers sign with real time, so their five minutes are measured against `realNow`.
 */
export class SandboxClock {
  private offsetMs = 0
  private readonly tasks = new DueHeap<TimedTask>()
  private timer: NodeJS.Timeout | undefined

  /** Sandbox time in epoch milliseconds. */
  now(): number {
    return Date.now() + this.offsetMs
  }

  /** Sandbox time in whole epoch seconds, as Shopee writes times. */
  nowSeconds(): number {
    return Math.floor(this.now() / 1000)
  }

  /** Real time in epoch milliseconds, untouched by `advance`. */
  realNow(): number {
    return Date.now()
  }

  /** How far the sandbox is ahead of real time, in milliseconds. */
  offset(): number {
    return this.offsetMs
  }

  /** Runs `task` once sandbox time reaches `dueAtMs`; a moment in the past means as soon as possible. */
  schedule(dueAtMs: number, task: TimedTask): void {
    this.tasks.push(dueAtMs, task)
    this.arm()
  }

  /**
   * Moves the clock forward and resolves when every task that became due, and every task those led to, has finished.
   * The clock stops at each due moment on the way, so a push that fails at all its retries fails at the right times.
   */
  async advance(seconds: number): Promise<void> {
    const target = this.now() + seconds * 1000
    for (let next = this.tasks.peek(); next !== undefined && next <= target; next = this.tasks.peek()) {
      this.jumpTo(next)
      await this.runDue()
    }
    this.jumpTo(target)
    this.arm()
  }

  /** Back to real time, with nothing scheduled. */
  reset(): void {
    clearTimeout(this.timer)
    this.tasks.clear()
    this.offsetMs = 0
  }

  private jumpTo(moment: number): void {
    this.offsetMs += Math.max(0, moment - this.now())
  }

  private async runDue(): Promise<void> {
    const now = this.now()
    const running: Promise<void>[] = []
    for (let next = this.tasks.peek(); next !== undefined && next <= now; next = this.tasks.peek()) {
      const entry = this.tasks.pop()
      if (entry) running.push(Promise.resolve(entry.value(entry.dueAt)))
    }
    await Promise.all(running)
  }

  private arm(): void {
    clearTimeout(this.timer)
    const next = this.tasks.peek()
    if (next === undefined) return
    const wait = Math.min(Math.max(0, next - this.now()), LONGEST_TIMEOUT_MS)
    this.timer = setTimeout(() => void this.runDue().then(() => this.arm()), wait)
    this.timer.unref()
  }
}
