import type { SqlExecutor } from "../../../sql-executor"

/** Notes that claimed alerts went out: they are owed no more. One that lost its claim is owed again, with other words. */
export async function markAlerted(executor: SqlExecutor, ids: string[]): Promise<void> {
  await executor.execute(
    `UPDATE connector_exception
     SET alerted_at = now(), alert_due_at = NULL, alert_lease_until = NULL, updated_at = now()
     WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb))) AND alerted_at IS NULL
       AND alert_lease_until IS NOT NULL`,
    [JSON.stringify(ids)]
  )
}
