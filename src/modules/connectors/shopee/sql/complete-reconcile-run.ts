import type { SqlExecutor } from "../../../sql-executor"
import type { ReconcileResult } from "../types/recovery"

/** How many numbers of a kind a proof names; a thousand fit a page, and the counts are exact anyway. */
const MOST_NAMED = 1_000

/** Stores a completeness proof. One without findings is settled at once. */
export async function completeReconcileRun(
  sql: SqlExecutor,
  { runId, shopeeCount, differences, returns }: ReconcileResult
): Promise<void> {
  const { matching, waiting, missing, stale } = differences
  await sql.execute(
    `UPDATE shopee_reconcile_run
        SET status = 'complete', shopee_count = ?, matching_count = ?, waiting_count = ?, missing_count = ?, stale_count = ?,
            return_count = ?, stale_return_count = ?, returns_error = ?,
            missing = ARRAY(SELECT jsonb_array_elements_text(?::jsonb)), stale = ARRAY(SELECT jsonb_array_elements_text(?::jsonb)),
            stale_returns = ARRAY(SELECT jsonb_array_elements_text(?::jsonb)),
            finished_at = now(), settled_at = CASE WHEN ?::int = 0 THEN now() END,
            duration_ms = least(extract(epoch FROM now() - started_at) * 1000, 2147483647)::int, updated_at = now()
      WHERE run_id = ? AND status = 'running'`,
    [
      shopeeCount,
      matching.length,
      waiting.length,
      missing.length,
      stale.length,
      returns.count,
      returns.behind.length,
      returns.unreadable,
      JSON.stringify(missing.slice(0, MOST_NAMED)),
      JSON.stringify(stale.slice(0, MOST_NAMED)),
      JSON.stringify(returns.behind.slice(0, MOST_NAMED).map(({ returnSn }) => returnSn)),
      missing.length + stale.length + returns.behind.length,
      runId,
    ]
  )
}
