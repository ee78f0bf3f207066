import type { SqlExecutor } from "../../../sql-executor"
import type { PendingEvent } from "../types/inbox"

/** The oldest unprocessed events that concern no order. Rejected pushes are not among them. */
export async function listPendingEvents(sql: SqlExecutor, limit: number): Promise<PendingEvent[]> {
  const rows = await sql.execute(
    `SELECT id, event_type, shop_id, payload FROM shopee_raw_event
      WHERE processed = false AND ordersn IS NULL AND deleted_at IS NULL AND signature_ok IS DISTINCT FROM false
      ORDER BY created_at, id
      LIMIT ?`,
    [limit]
  )
  return (rows as { id: string; event_type: number; shop_id: string | null; payload: Record<string, unknown> }[]).map(
    (row) => ({ id: row.id, eventType: row.event_type, shopId: row.shop_id, payload: row.payload })
  )
}
