import { setTimeout as sleep } from "node:timers/promises"

/**
 * Lets one run of a task go at a time in this process. A call that comes while it runs makes it run once more afterwards, so that
 * nothing that became due meanwhile waits for the next poll.
 */
export class DrainGate {
  private running: Promise<void> | null = null
  private again = false
  private closed = false

  /** @param restMs between a run and the one that follows at once: under a stream of calls the runs would take all the time there is */
  constructor(private readonly restMs = 0) {}

  /** True once the process stops: a task that loops ends after the piece of work at hand. */
  get isClosed(): boolean {
    return this.closed
  }

  /** Lets nothing in any more and waits until what runs has ended, well or not: whoever started it hears how. */
  async close(): Promise<void> {
    this.closed = true
    await Promise.allSettled([this.running])
  }

  /** Runs the task, or lets the running one go round once more. Resolves when nothing is left to run. */
  async enter(task: () => Promise<void>): Promise<void> {
    if (this.closed) {
      return
    }
    if (this.running) {
      this.again = true
      return await this.running
    }
    // Wrapped: a task that throws before it first waits would end the loop before `running` is set, and the gate stay shut.
    this.running = this.loop(async () => await task())
    await this.running
  }

  private async loop(task: () => Promise<void>): Promise<void> {
    try {
      do {
        this.again = false
        await task()
        if (this.again && this.restMs > 0) {
          await sleep(this.restMs)
        }
      } while (this.again && !this.closed)
    } finally {
      // In the same turn as the last look at `again`: a call can't slip in between and be forgotten.
      this.running = null
    }
  }
}
