import type { SqlExecutor } from "../../../sql-executor"

/** A stored event of an order as its timeline shows it. */
export interface OrderEvent {
  id: string
  event_type: number
  source: string
  /** The order status that it spoke of. */
  shopee_status: string | null
  /** Why the connector looked by itself; null for a push. */
  finding: string | null
  processed_at: Date | null
  created_at: Date
  /** How many events the order has in all. */
  total: number
}

/** The newest events of an order. Payloads stay in the table: they are the largest part of it, and read one by one. */
export async function listOrderEvents(sql: SqlExecutor, ordersn: string, limit: number): Promise<OrderEvent[]> {
  const rows = await sql.execute(
    `SELECT id, event_type, source, payload->'data'->>'status' AS shopee_status,
            CASE WHEN source = 'reconcile' THEN coalesce(payload->>'finding', payload->>'reason') END AS finding, processed_at, created_at,
            count(*) OVER ()::int AS total
       FROM shopee_raw_event
      WHERE ordersn = ? AND deleted_at IS NULL AND signature_ok IS DISTINCT FROM false
      ORDER BY created_at DESC, id DESC
      LIMIT ?`,
    [ordersn, limit]
  )
  return rows as OrderEvent[]
}
