/** A run found that another one has taken over: what it does from here on may be done twice. */
export class JobLeaseLostError extends Error {
  override readonly name = "JobLeaseLostError"

  constructor(job: string) {
    super(`Another run of ${job} has taken over.`)
  }
}

/** A run took longer than its definition allows. */
export class JobDeadlineError extends Error {
  override readonly name = "JobDeadlineError"

  constructor(job: string, deadlineMs: number) {
    super(`${job} did not end within ${Math.round(deadlineMs / 1000)} s; another run replaces it.`)
  }
}

/** The process stops; the run is due again at once. */
export class JobStoppedError extends Error {
  override readonly name = "JobStoppedError"

  constructor(job: string) {
    super(`${job} was interrupted because the process stops.`)
  }
}

/** A run failed of something that has an exception already, for example an outage: the frame opens none of its own. */
export class ReportedJobError extends Error {
  override readonly name = "ReportedJobError"

  /** @param retryInMs when trying again makes sense at the earliest; absent = the frame's own backoff */
  constructor(
    cause: Error,
    readonly retryInMs?: number
  ) {
    super(cause.message, { cause })
  }
}
