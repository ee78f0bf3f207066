/**
 * The runs that this process is at. A stop aborts them and waits until each has let go, so that another worker can go on at once
 * instead of after a lease.
 */
export class RunningJobs {
  private readonly runs = new Map<AbortController, Promise<unknown>>()
  private started = false
  private stopping = false
  private hasTicked = false

  /** True once the process stops: nothing new begins. */
  get isStopping(): boolean {
    return this.stopping
  }

  /** True between the application's start and its stop: everything that a job needs is loaded. */
  get isOpen(): boolean {
    return this.started && !this.stopping
  }

  /** Called once the application has started. */
  open(): void {
    this.started = true
  }

  /** True for the first caller in this process, which is its start. */
  isFirstTick(): boolean {
    const isFirst = !this.hasTicked
    this.hasTicked = true
    return isFirst
  }

  /** Keeps a run until it has ended, and hands its end on. */
  async keep<Result>(controller: AbortController, run: Promise<Result>): Promise<Result> {
    this.runs.set(controller, run)
    try {
      return await run
    } finally {
      this.runs.delete(controller)
    }
  }

  /** Aborts what runs, with `reason`, and waits for it. */
  async stop(reason: Error): Promise<void> {
    this.stopping = true
    const runs = [...this.runs]
    runs.forEach(([controller]) => controller.abort(reason))
    await Promise.allSettled(runs.map(([, run]) => run))
  }
}
