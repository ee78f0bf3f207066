import type { SqlExecutor } from "../../../sql-executor"
import type { JobKey } from "../types/job"

/** A job none of whose runs has succeeded for too long. */
export interface OverdueJob {
  scope: string
  lastSuccessAt: Date | null
  lastError: string | null
}

/** The scopes of a job that were last done, or never done and first heard of, longer ago than `overdueAfterMs`. */
export async function listOverdueJobs(
  sql: SqlExecutor,
  { connector, name, overdueAfterMs }: Pick<JobKey, "connector" | "name"> & { overdueAfterMs: number }
): Promise<OverdueJob[]> {
  const rows = (await sql.execute(
    `SELECT scope, last_success_at, last_error FROM connector_job
      WHERE connector = ? AND name = ? AND deleted_at IS NULL
        AND coalesce(last_success_at, created_at) < now() - ? * interval '1 millisecond'
      ORDER BY scope`,
    [connector, name, overdueAfterMs]
  )) as { scope: string; last_success_at: Date | null; last_error: string | null }[]
  return rows.map((row) => ({
    scope: row.scope,
    lastSuccessAt: row.last_success_at === null ? null : new Date(row.last_success_at),
    lastError: row.last_error,
  }))
}
