import type { SqlExecutor } from "../../../sql-executor"
import type { JobFacts } from "../types/job"

/** How a successful run ended; null leaves watermark and state as they are. */
export interface CompletedRun {
  claimId: string
  watermark: Date | null
  state: JobFacts | null
  statistics: JobFacts | null
  nextRunAt: Date
}

/**
 * Ends a run that succeeded. A run that was asked for while this one was on is due at once: this one may have passed by what it
 * was asked for.
 *
 * @returns false when another run has taken over: its end is what counts
 */
export async function completeJob(sql: SqlExecutor, run: CompletedRun): Promise<boolean> {
  const ended = (await sql.execute(
    `UPDATE connector_job
     SET watermark = coalesce(?::timestamptz, watermark), state = coalesce(?::jsonb, state), last_statistics = ?::jsonb,
       last_finished_at = now(), last_success_at = now(), last_error = NULL, failures_in_a_row = 0,
       last_duration_ms = least(extract(epoch FROM now() - last_started_at) * 1000, 2147483647)::int,
       next_run_at = CASE WHEN requested_at > last_started_at THEN now() ELSE ?::timestamptz END,
       claim_id = NULL, lease_until = NULL, deadline_at = NULL, updated_at = now()
     WHERE claim_id = ? AND deleted_at IS NULL
     RETURNING id`,
    [
      run.watermark?.toISOString() ?? null,
      run.state && JSON.stringify(run.state),
      run.statistics && JSON.stringify(run.statistics),
      run.nextRunAt.toISOString(),
      run.claimId,
    ]
  )) as { id: string }[]
  return ended.length > 0
}
