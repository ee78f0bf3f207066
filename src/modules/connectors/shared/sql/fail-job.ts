import type { SqlExecutor } from "../../../sql-executor"

/**
 * Ends a run that failed; it is due again in `retryInMs`, or at its next time when that comes first.
 *
 * @returns false when another run has taken over: its end is what counts
 */
export async function failJob(
  sql: SqlExecutor,
  { claimId, error, retryInMs, nextRunAt }: { claimId: string; error: string; retryInMs: number; nextRunAt: Date }
): Promise<boolean> {
  const ended = (await sql.execute(
    `UPDATE connector_job
     SET last_finished_at = now(), last_error = ?,
       failures_in_a_row = CASE WHEN failures_in_a_row < 2147483647 THEN failures_in_a_row + 1 ELSE failures_in_a_row END,
       last_duration_ms = least(extract(epoch FROM now() - last_started_at) * 1000, 2147483647)::int,
       next_run_at = least(now() + ? * interval '1 millisecond', greatest(?::timestamptz, now())),
       claim_id = NULL, lease_until = NULL, deadline_at = NULL, updated_at = now()
     WHERE claim_id = ? AND deleted_at IS NULL
     RETURNING id`,
    [error, retryInMs, nextRunAt.toISOString(), claimId]
  )) as { id: string }[]
  return ended.length > 0
}
