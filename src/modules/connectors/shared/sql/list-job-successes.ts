import type { SqlExecutor } from "../../../sql-executor"

export interface JobSuccess {
  connector: string
  name: string
  scope: string
  lastSuccessAt: Date
}

/** When each job last succeeded; jobs that never have are left out. */
export async function listJobSuccesses(executor: SqlExecutor): Promise<JobSuccess[]> {
  const rows = (await executor.execute(
    `SELECT connector, name, scope, last_success_at
       FROM connector_job
      WHERE last_success_at IS NOT NULL AND deleted_at IS NULL
      ORDER BY connector, name, scope`
  )) as { connector: string; name: string; scope: string; last_success_at: Date }[]
  return rows.map(({ last_success_at, ...job }) => ({ ...job, lastSuccessAt: new Date(last_success_at) }))
}
