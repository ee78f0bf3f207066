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
 */
export async function claimDueOrders(
  sql: SqlExecutor,
  { claimId, limit, leaseMs }: { claimId: string; limit: number; leaseMs: number }
): Promise<OrderClaim[]> {
  const claimable = `sync.due_at <= now() AND ${UNCLAIMED} AND ${ANY_CALLABLE_SHOP} AND ${CALLABLE_SHOP}`
  const rows = await sql.execute(
    `WITH head AS (
       SELECT sync.shop_id FROM shopee_order_sync sync
        WHERE ${claimable}
        ORDER BY sync.due_at, sync.id
        LIMIT 1
        FOR UPDATE OF sync SKIP LOCKED
     ), picked AS (
       SELECT sync.id FROM shopee_order_sync sync JOIN head ON head.shop_id = sync.shop_id
        WHERE ${claimable}
        ORDER BY sync.due_at, sync.id
        LIMIT ?
        FOR UPDATE OF sync SKIP LOCKED
     )
     UPDATE shopee_order_sync sync
        SET claim_id = ?, lease_until = now() + ? * interval '1 millisecond', updated_at = now()
       FROM picked
      WHERE sync.id = picked.id
     RETURNING ${CLAIM_COLUMNS}`,
    [limit, claimId, leaseMs]
  )
  return (rows as ClaimRow[]).map(toOrderClaim)
}
