import type { SqlExecutor } from "../../../sql-executor"

/** Gives a job back that its run did not finish: it is as due as it was, and the run counts as none. */
export async function releaseJob(sql: SqlExecutor, claimId: string): Promise<void> {
  await sql.execute(
    `UPDATE connector_job
     SET next_run_at = least(next_run_at, now()), claim_id = NULL, lease_until = NULL, deadline_at = NULL, updated_at = now()
     WHERE claim_id = ? AND deleted_at IS NULL`,
    [claimId]
  )
}
