import { setTimeout as sleep } from "node:timers/promises"

/** The work took longer than it was given. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError"
}

/** The result of `work`, or DeadlineError after `deadlineMs`: the pool lets a query wait for a minute when the database is gone. */
export async function withinDeadline<Result>(work: Promise<Result>, deadlineMs: number): Promise<Result> {
  const timer = new AbortController()
  // The loser of the race still settles, and nobody listens then.
  work.catch(() => undefined)
  try {
    return await Promise.race([
      work,
      sleep(deadlineMs, null, { signal: timer.signal, ref: false }).then(() => {
        throw new DeadlineError(`no answer within ${deadlineMs} ms`)
      }),
    ])
  } finally {
    timer.abort()
  }
}
