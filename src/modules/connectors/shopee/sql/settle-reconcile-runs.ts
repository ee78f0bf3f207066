import type { SqlExecutor } from "../../../sql-executor"
import type { SettledReconcile } from "../types/recovery"

interface SettledRow {
  shop_id: string
  window_from: Date
  window_to: Date
  shopee_count: number
  findings: number
}

/**
 * Counts how many findings of the comparisons are repaired: an injected event is processed once its order is where Shopee says it is.
 *
 * @returns the comparisons that this settled
 */
export async function settleReconcileRuns(sql: SqlExecutor): Promise<SettledReconcile[]> {
  const rows = (await sql.execute(
    `WITH counted AS (
       SELECT run.id, run.missing_count + run.stale_count + run.stale_return_count AS findings,
              (SELECT count(*)::int FROM shopee_raw_event event
                WHERE event.finding_run_id = run.run_id AND event.processed AND event.deleted_at IS NULL) AS repaired
         FROM shopee_reconcile_run run
        WHERE run.settled_at IS NULL AND run.status = 'complete' AND run.deleted_at IS NULL
        ORDER BY run.id
        FOR UPDATE OF run SKIP LOCKED
     ), written AS (
       UPDATE shopee_reconcile_run run
          SET repaired_count = counted.repaired,
              settled_at = CASE WHEN counted.repaired >= counted.findings THEN now() END, updated_at = now()
         FROM counted
        WHERE run.id = counted.id AND (run.repaired_count <> counted.repaired OR counted.repaired >= counted.findings)
       RETURNING run.shop_id, run.window_from, run.window_to, run.shopee_count, counted.findings, run.settled_at
     )
     SELECT shop_id, window_from, window_to, shopee_count, findings FROM written WHERE settled_at IS NOT NULL`
  )) as SettledRow[]
  return rows.map((row) => ({
    shopId: row.shop_id,
    windowFrom: new Date(row.window_from),
    windowTo: new Date(row.window_to),
    shopeeCount: row.shopee_count,
    findings: row.findings,
  }))
}
