import { generateEntityId } from "@medusajs/framework/utils"
import type { SqlExecutor } from "../../../sql-executor"

/**
 * Notes that a comparison of a shop has begun. Whatever of the shop was still running has died: there is one at a time, which the job's
 * lease sees to.
 */
export async function beginReconcileRun(
  sql: SqlExecutor,
  { runId, shopId, from, to }: { runId: string; shopId: string; from: Date; to: Date }
): Promise<void> {
  await sql.execute(
    `WITH interrupted AS (
       UPDATE shopee_reconcile_run
          SET status = 'failed', error = 'The run was interrupted.', finished_at = now(), settled_at = now(), updated_at = now()
        WHERE shop_id = ? AND status = 'running' AND deleted_at IS NULL
     )
     INSERT INTO shopee_reconcile_run
       (id, run_id, shop_id, status, window_from, window_to, started_at, created_at, updated_at)
     VALUES (?, ?, ?, 'running', ?::timestamptz, ?::timestamptz, now(), now(), now())`,
    [shopId, generateEntityId(undefined, "srec"), runId, shopId, from.toISOString(), to.toISOString()]
  )
}
