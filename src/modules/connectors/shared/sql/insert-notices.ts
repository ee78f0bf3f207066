import type { SqlExecutor } from "../../../sql-executor"

/** One row of the statement. */
export interface NoticeRow {
  id: string
  connector: string
  error_class: string
  error_message: string
  shop_id: string | null
  ordersn: string | null
  details: object
  level: string
}

/** Stores notices: settled from the start, with their alert owed at once. */
export async function insertNotices(executor: SqlExecutor, notices: NoticeRow[]): Promise<void> {
  await executor.execute(
    `INSERT INTO connector_exception (
       id, connector, error_class, error_message, shop_id, ordersn, details, level,
       status, resolved_at, resolved_by, last_seen_at, alert_due_at, created_at, updated_at
     )
     SELECT id, connector, error_class, error_message, shop_id, ordersn, details, level,
       'resolved', now(), 'system', now(), now(), now(), now()
     FROM jsonb_to_recordset(?::jsonb) AS notice (
       id text, connector text, error_class text, error_message text, shop_id text, ordersn text, details jsonb, level text
     )`,
    [JSON.stringify(notices)]
  )
}
