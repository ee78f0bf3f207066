import type { SqlExecutor } from "../../../sql-executor"

/** Notes that a comparison could not be made, and why. */
export async function failReconcileRun(sql: SqlExecutor, runId: string, error: string): Promise<void> {
  await sql.execute(
    `UPDATE shopee_reconcile_run
        SET status = 'failed', error = ?, finished_at = now(), settled_at = now(),
            duration_ms = least(extract(epoch FROM now() - started_at) * 1000, 2147483647)::int, updated_at = now()
      WHERE run_id = ? AND status = 'running'`,
    [error, runId]
  )
}
