import type { SqlExecutor } from "../../../sql-executor"
import type { EscrowClaim } from "../types/escrow"
import { CALLABLE_SHOP } from "./callable-shop"
import { ESCROW_CLAIM_COLUMNS, ESCROW_UNCLAIMED, type EscrowClaimRow, toEscrowClaim } from "./escrow-claim-row"

/**
 * Claims the escrows that have been due longest, all of one shop, so that one call to Shopee reads them all. The same idea as for orders
 * (`claim-due-orders.ts`), with a lease of its own: an order may be looked at while its escrow is fetched.
 */
export async function claimDueEscrows(
  sql: SqlExecutor,
  { claimId, limit, leaseMs }: { claimId: string; limit: number; leaseMs: number }
): Promise<EscrowClaim[]> {
  const claimable = `sync.escrow_due_at <= now() AND ${ESCROW_UNCLAIMED}`
  const rows = await sql.execute(
    `WITH head AS (
       SELECT sync.shop_id FROM shopee_order_sync sync
        WHERE ${claimable} AND ${CALLABLE_SHOP}
        ORDER BY sync.escrow_due_at, sync.id
        LIMIT 1
        FOR UPDATE OF sync SKIP LOCKED
     ), picked AS (
       SELECT sync.ctid FROM shopee_order_sync sync
        WHERE ${claimable} AND EXISTS (SELECT FROM head) AND sync.shop_id = (SELECT shop_id FROM head)
        ORDER BY sync.escrow_due_at, sync.id
        LIMIT ?
        FOR UPDATE OF sync SKIP LOCKED
     )
     UPDATE shopee_order_sync sync
        SET escrow_claim_id = ?, escrow_lease_until = now() + ? * interval '1 millisecond', updated_at = now()
      WHERE sync.ctid = ANY (ARRAY(SELECT ctid FROM picked))
     RETURNING ${ESCROW_CLAIM_COLUMNS}`,
    [limit, claimId, leaseMs]
  )
  return (rows as EscrowClaimRow[]).map(toEscrowClaim)
}
