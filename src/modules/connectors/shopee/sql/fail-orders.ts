import type { SqlExecutor } from "../../../sql-executor"
import type { FailedOrder } from "../types/inbox"

/**
 * Ends an attempt that did not succeed: the order is due again later, or held. Its events stay unprocessed.
 *
 * Fenced like completion. A newer event that arrived meanwhile wins over the delay: it may well be the cause going away.
 *
 * @returns the rows that were still held by the claim.
 */
export async function failOrders(sql: SqlExecutor, claimId: string, orders: FailedOrder[]): Promise<string[]> {
  if (orders.length === 0) {
    return []
  }
  const rows = orders.map((order) => ({
    id: order.id,
    due_version: order.dueVersion,
    retry_in_ms: order.retryInMs,
    waiting_skus: order.waitingSkus,
    waiting_listings: order.waitingListings,
  }))
  const held = await sql.execute(
    `WITH failed AS (
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS f(id text, due_version int, retry_in_ms float8, waiting_skus jsonb,
                                                waiting_listings jsonb)
     ), held AS (
       SELECT sync.id FROM shopee_order_sync sync JOIN failed ON failed.id = sync.id
        WHERE sync.claim_id = ?
        ORDER BY sync.shop_id, sync.ordersn
        FOR UPDATE OF sync
     )
     UPDATE shopee_order_sync sync
        SET status = CASE WHEN failed.retry_in_ms IS NULL AND sync.due_version = failed.due_version
                          THEN 'failed' ELSE 'pending' END,
            attempts = sync.attempts + 1,
            first_failed_at = COALESCE(sync.first_failed_at, now()),
            waiting_skus = CASE WHEN jsonb_typeof(failed.waiting_skus) = 'array'
                                THEN ARRAY(SELECT jsonb_array_elements_text(failed.waiting_skus)) END,
            waiting_listings = CASE WHEN jsonb_typeof(failed.waiting_listings) = 'array'
                                    THEN ARRAY(SELECT jsonb_array_elements_text(failed.waiting_listings)) END,
            due_at = CASE WHEN sync.due_version <> failed.due_version THEN sync.due_at
                          ELSE now() + failed.retry_in_ms * interval '1 millisecond' END,
            claim_id = NULL, lease_until = NULL, updated_at = now()
       FROM failed JOIN held ON held.id = failed.id
      WHERE sync.id = failed.id AND sync.claim_id = ?
     RETURNING sync.id`,
    [JSON.stringify(rows), claimId, claimId]
  )
  return (held as { id: string }[]).map(({ id }) => id)
}
