import type { SqlExecutor } from "../../../sql-executor"

/** Marks events that concern no order as handled. */
export async function markEventsProcessed(sql: SqlExecutor, ids: string[]): Promise<void> {
  if (ids.length === 0) {
    return
  }
  await sql.execute(
    `UPDATE shopee_raw_event SET processed = true, processed_at = now(), updated_at = now()
      WHERE processed = false AND id IN (SELECT jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(ids)]
  )
}
