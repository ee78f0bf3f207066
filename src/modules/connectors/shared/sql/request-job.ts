import type { SqlExecutor } from "../../../sql-executor"
import type { JobKey } from "../types/job"

/**
 * Makes a job due now; one that is on runs once more afterwards.
 *
 * @param notWithinMs nothing happens when a run began this recently
 * @returns whether it was made due
 */
export async function requestJob(
  sql: SqlExecutor,
  { id, connector, name, scope, notWithinMs }: JobKey & { id: string; notWithinMs: number }
): Promise<boolean> {
  const requested = (await sql.execute(
    `INSERT INTO connector_job AS job (
       id, connector, name, scope, next_run_at, requested_at, runs, failures_in_a_row, created_at, updated_at
     )
     VALUES (?, ?, ?, ?, now(), now(), 0, 0, now(), now())
     ON CONFLICT (connector, name, scope) WHERE deleted_at IS NULL
     DO UPDATE SET next_run_at = least(job.next_run_at, now()), requested_at = now(), updated_at = now()
     WHERE job.last_started_at IS NULL OR job.last_started_at <= now() - ? * interval '1 millisecond'
     RETURNING id`,
    [id, connector, name, scope, notWithinMs]
  )) as { id: string }[]
  return requested.length > 0
}
