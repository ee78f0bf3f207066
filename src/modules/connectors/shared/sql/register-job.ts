import type { SqlExecutor } from "../../../sql-executor"
import type { JobKey } from "../types/job"

/**
 * Makes a job known, due at `nextRunAt`. One that is known stays as it is, unless its schedule has changed: the time that the old
 * one named is then forgotten.
 */
export async function registerJob(
  sql: SqlExecutor,
  { id, connector, name, scope, schedule, nextRunAt }: JobKey & { id: string; schedule: string; nextRunAt: Date }
): Promise<void> {
  await sql.execute(
    `INSERT INTO connector_job AS job (
       id, connector, name, scope, schedule, next_run_at, runs, failures_in_a_row, created_at, updated_at
     )
     VALUES (?, ?, ?, ?, ?, ?::timestamptz, 0, 0, now(), now())
     ON CONFLICT (connector, name, scope) WHERE deleted_at IS NULL
     DO UPDATE SET
       schedule = excluded.schedule,
       next_run_at = CASE WHEN job.schedule IS NULL THEN least(job.next_run_at, excluded.next_run_at)
                          ELSE excluded.next_run_at END,
       updated_at = now()
     WHERE job.schedule IS DISTINCT FROM excluded.schedule`,
    [id, connector, name, scope, schedule, nextRunAt.toISOString()]
  )
}
