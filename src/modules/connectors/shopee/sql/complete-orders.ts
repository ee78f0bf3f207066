import type { SqlExecutor } from "../../../sql-executor"
import type { CompletedOrder } from "../types/inbox"

/** A row that was still held by the claim. */
export interface CompletedRow {
  id: string
  /** How long ago the oldest push about it that was still waiting was stored; null when none was. */
  waitedSeconds: number | null
}

/**
 * Times that an order is read again because the reading was older than an event that told of it. With the delays below that is three
 * minutes, in which Shopee's replicas catch up; then the reading is accepted, and reconciliation compares once more.
 */
export const MOST_REREADS = 8
/** The first of these waits is 1 s, each further one twice as long, up to this. */
const LONGEST_REREAD_DELAY_S = 60

/**
 * Ends the work on orders that are now where Shopee says they are, and marks their events processed.
 *
 * Fenced: a worker that lost its lease changes nothing. An order that got a newer event since it was claimed stays due, and its
 * events stay open: the reading that was applied may be older than what the event speaks of.
 *
 * Nor is an order done whose reading is older than what an event told (`heard_update_time`) and brought nothing newer than what was
 * applied before: it is read again soon, which counts as no failure, and after `MOST_REREADS` it is done all the same. An event that is
 * older than what was applied asks for no such reading.
 *
 * A completed order's escrow becomes due here, unless it is there or waited for already: a crash can't come in between, and hearing of the
 * completion again fetches nothing again. One that was fetched before a return of the order was paid is fetched again.
 *
 * @returns the rows that were still held by the claim.
 */
export async function completeOrders(
  sql: SqlExecutor,
  claimId: string,
  orders: CompletedOrder[]
): Promise<CompletedRow[]> {
  if (orders.length === 0) {
    return []
  }
  const rows = orders.map((order) => ({
    id: order.id,
    due_version: order.dueVersion,
    medusa_order_id: order.medusaOrderId,
    shopee_status: order.shopeeStatus,
    shopee_update_time: order.shopeeUpdateTime.toISOString(),
  }))
  const completed = await sql.execute(
    `WITH done AS (
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS d(
         id text, due_version int, medusa_order_id text, shopee_status text, shopee_update_time timestamptz)
     ), held AS (
       SELECT sync.id, sync.due_version <> done.due_version AS is_newer,
              COALESCE(sync.heard_update_time > GREATEST(sync.shopee_update_time, done.shopee_update_time), false) AS is_behind
         FROM shopee_order_sync sync JOIN done ON done.id = sync.id
        WHERE sync.claim_id = ?
        ORDER BY sync.shop_id, sync.ordersn
        FOR UPDATE OF sync
     ), completed AS (
       UPDATE shopee_order_sync sync
          SET status = CASE WHEN done.medusa_order_id IS NULL THEN sync.status ELSE 'created' END,
              medusa_order_id = COALESCE(done.medusa_order_id, sync.medusa_order_id),
              shopee_status = CASE WHEN sync.shopee_update_time > done.shopee_update_time
                                   THEN sync.shopee_status ELSE done.shopee_status END,
              shopee_update_time = GREATEST(sync.shopee_update_time, done.shopee_update_time),
              attempts = 0, first_failed_at = NULL, waiting_skus = NULL, waiting_listings = NULL,
              due_at = CASE WHEN held.is_newer THEN sync.due_at
                            WHEN held.is_behind AND sync.rereads < ${MOST_REREADS}
                            THEN now() + LEAST(2 ^ sync.rereads, ${LONGEST_REREAD_DELAY_S}) * interval '1 second' END,
              rereads = CASE WHEN NOT held.is_behind THEN 0 WHEN held.is_newer THEN sync.rereads
                             WHEN sync.rereads < ${MOST_REREADS} THEN sync.rereads + 1 ELSE 0 END,
              heard_update_time = CASE WHEN held.is_behind AND NOT held.is_newer AND sync.rereads >= ${MOST_REREADS}
                                       THEN NULL ELSE sync.heard_update_time END,
              escrow_due_at = CASE
                WHEN done.shopee_status = 'COMPLETED' AND sync.escrow_due_at IS NULL AND NOT EXISTS (
                  SELECT 1 FROM shopee_escrow escrow
                   WHERE escrow.ordersn = sync.ordersn AND escrow.deleted_at IS NULL AND NOT EXISTS (
                     SELECT 1 FROM shopee_return returned
                      WHERE returned.shop_id = sync.shop_id AND returned.ordersn = sync.ordersn
                        AND returned.refund_paid_at > escrow.fetched_at AND returned.deleted_at IS NULL))
                THEN now() ELSE sync.escrow_due_at END,
              claim_id = NULL, lease_until = NULL, updated_at = now()
         FROM done JOIN held ON held.id = done.id
        WHERE sync.id = done.id AND sync.claim_id = ?
       RETURNING sync.id, sync.shop_id, sync.ordersn, sync.due_at IS NULL AS settled
     ), processed AS (
       UPDATE shopee_raw_event event
          SET processed = true, processed_at = now(), updated_at = now()
         FROM completed
        WHERE completed.settled
          AND event.shop_id = completed.shop_id AND event.ordersn = completed.ordersn
          AND event.processed = false AND event.ordersn IS NOT NULL AND event.deleted_at IS NULL
          AND event.signature_ok IS DISTINCT FROM false
       RETURNING completed.id, event.created_at, event.source
     )
     SELECT completed.id,
            EXTRACT(EPOCH FROM now() - min(processed.created_at) FILTER (WHERE processed.source = 'webhook'))::float8
              AS waited_seconds
       FROM completed LEFT JOIN processed ON processed.id = completed.id
      GROUP BY completed.id`,
    [JSON.stringify(rows), claimId, claimId]
  )
  return (completed as { id: string; waited_seconds: number | null }[]).map((row) => ({
    id: row.id,
    waitedSeconds: row.waited_seconds,
  }))
}
