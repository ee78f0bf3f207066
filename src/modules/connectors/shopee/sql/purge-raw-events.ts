import type { SqlExecutor } from "../../../sql-executor"
import { PushCode } from "../types/enums"

/**
 * Takes body, payload and signature from events that are older than `days`: what they told was acted on long ago, and orders are read from
 * Shopee anyway. Identity, order and times stay, so that a late duplicate is still one and a timeline still whole.
 *
 * Kept are events that nobody has handled, and tracking numbers (push 4) of orders that are not at their end: Shopee tells those nowhere
 * else. Rows that somebody works on are left for the next run.
 *
 * @returns how many, at most `limit`
 */
export async function purgeRawEvents(
  sql: SqlExecutor,
  { days, limit }: { days: number; limit: number }
): Promise<number> {
  const rows = await sql.execute(
    `WITH aged AS (
       SELECT event.id FROM shopee_raw_event event
        WHERE event.purged_at IS NULL AND event.deleted_at IS NULL
          AND event.created_at < now() - ? * interval '1 day'
          AND (event.processed OR event.signature_ok = false)
          AND NOT (event.event_type = ? AND EXISTS (
            SELECT 1 FROM shopee_order_sync sync
             WHERE sync.shop_id = event.shop_id AND sync.ordersn = event.ordersn AND sync.deleted_at IS NULL
               AND (sync.due_at IS NOT NULL OR sync.status = 'failed'
                    OR COALESCE(sync.shopee_status, '') NOT IN ('COMPLETED', 'CANCELLED'))))
        ORDER BY event.created_at, event.id
        LIMIT ?
        FOR UPDATE OF event SKIP LOCKED
     )
     UPDATE shopee_raw_event event
        SET payload = '{}'::jsonb, raw_body = NULL, signature = NULL, purged_at = now(), updated_at = now()
       FROM aged
      WHERE event.id = aged.id
     RETURNING event.id`,
    [days, PushCode.TRACKING_NO, limit]
  )
  return (rows as unknown[]).length
}
