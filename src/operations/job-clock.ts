import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../modules/connectors/shared"
import { redactSecrets } from "../modules/connectors/shared/redaction"
import type ConnectorExceptionService from "../modules/connectors/shared/service"

/** A file of `src/jobs` that runs at an interval. */
export interface IntervalJob {
  default(container: MedusaContainer): Promise<void>
  config: { name: string; schedule: { interval: number } }
}

export interface JobClockOptions {
  /** May still be empty: nothing beats before the platform has started. */
  container: MedusaContainer
  logger: Pick<Logger, "warn">
  jobs: readonly IntervalJob[]
}

/**
 * Runs the interval jobs of a worker from timers of its own, beside Medusa's scheduler. With Redis that one keeps its schedules there:
 * a Redis that is flushed or comes back empty stops every job until the next start, and one that is away stops them meanwhile.
 *
 * Running a job twice at a time does no harm: drains go through a gate, runs and alerts are claimed in the database. Never keeps the
 * process alive, and beats neither before the application has started nor once it stops.
 */
export class JobClock {
  private timers: NodeJS.Timeout[] = []

  constructor(private readonly options: JobClockOptions) {}

  start(): void {
    this.timers = this.options.jobs.map((job) => this.beat(job))
  }

  stop(): void {
    this.timers.forEach((timer) => clearInterval(timer))
    this.timers = []
  }

  /** A job that is still at its last run is left alone. */
  private beat(job: IntervalJob): NodeJS.Timeout {
    const { container, logger } = this.options
    let isRunning = false
    const timer = setInterval(() => {
      if (isRunning || !this.isOpen()) {
        return
      }
      isRunning = true
      job
        .default(container)
        .catch((error: unknown) =>
          logger.warn(`[job-clock] ${job.config.name} failed and runs again: ${redactSecrets(String(error))}`)
        )
        .finally(() => {
          isRunning = false
        })
    }, job.config.schedule.interval)
    return timer.unref()
  }

  private isOpen(): boolean {
    const shared = this.options.container.resolve<ConnectorExceptionService | undefined>(CONNECTOR_SHARED_MODULE, {
      allowUnregistered: true,
    })
    return shared?.runningJobs.isOpen ?? false
  }
}
