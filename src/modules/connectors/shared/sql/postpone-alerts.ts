import type { SqlExecutor } from "../../../sql-executor"

/** Gives claimed alerts back, due again after `delayMs`. Those that went out in the meantime stay as they are. */
export async function postponeAlerts(executor: SqlExecutor, ids: string[], delayMs: number): Promise<void> {
  await executor.execute(
    `UPDATE connector_exception
     SET alert_due_at = now() + ? * interval '1 millisecond', alert_lease_until = NULL, updated_at = now()
     WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb))) AND alerted_at IS NULL`,
    [delayMs, JSON.stringify(ids)]
  )
}
