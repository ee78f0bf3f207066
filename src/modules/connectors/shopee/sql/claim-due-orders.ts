import type { SqlExecutor } from "../../../sql-executor"
import type { OrderClaim } from "../types/inbox"
import { ANY_CALLABLE_SHOP, CALLABLE_SHOP, UNCLAIMED } from "./callable-shop"
import { CLAIM_COLUMNS, type ClaimRow, toOrderClaim } from "./claim-row"

/**
 * Claims the orders that have been due longest, all of one shop (so that one call to Shopee reads them all).
 *
 * `SKIP LOCKED` lets several workers claim side by side; the shop is chosen with it as well, or a worker would find nothing while
 * another one claims all orders of the shop that is first in line. The lease runs on the database's clock: a worker whose clock is off, or
 * that died, can't keep an order.
 *
 * What was locked is found again by its place in the table (`ctid`), which nobody else can change: by id, Postgres would look it up in an index
 * or read the whole table. An order that a push changed between the look and the lock has moved, and is left to the next look, which
 * that push asks for.
 */
export async function claimDueOrders(
  sql: SqlExecutor,
  { claimId, limit, leaseMs }: { claimId: string; limit: number; leaseMs: number }
): Promise<OrderClaim[]> {
  const claimable = `sync.due_at <= now() AND ${UNCLAIMED}`
  const rows = await sql.execute(
    `WITH head AS (
       SELECT sync.shop_id FROM shopee_order_sync sync
        WHERE ${claimable} AND ${ANY_CALLABLE_SHOP} AND ${CALLABLE_SHOP}
        ORDER BY sync.due_at, sync.id
        LIMIT 1
        FOR UPDATE OF sync SKIP LOCKED
     ), picked AS (
       SELECT sync.ctid FROM shopee_order_sync sync
        WHERE ${claimable} AND EXISTS (SELECT FROM head) AND sync.shop_id = (SELECT shop_id FROM head)
        ORDER BY sync.due_at, sync.id
        LIMIT ?
        FOR UPDATE OF sync SKIP LOCKED
     )
     UPDATE shopee_order_sync sync
        SET claim_id = ?, lease_until = now() + ? * interval '1 millisecond', updated_at = now()
      WHERE sync.ctid = ANY (ARRAY(SELECT ctid FROM picked))
     RETURNING ${CLAIM_COLUMNS}`,
    [limit, claimId, leaseMs]
  )
  return (rows as ClaimRow[]).map(toOrderClaim)
}
