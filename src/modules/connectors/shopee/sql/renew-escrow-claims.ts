import type { SqlExecutor } from "../../../sql-executor"

/**
 * Extends the lease of the escrows that a claim still holds. Locks in key order, as every statement that touches several orders.
 *
 * @returns how many escrows that is.
 */
export async function renewEscrowClaims(
  sql: SqlExecutor,
  { claimId, leaseMs }: { claimId: string; leaseMs: number }
): Promise<number> {
  const rows = await sql.execute(
    `WITH held AS (
       SELECT id FROM shopee_order_sync
        WHERE escrow_due_at IS NOT NULL AND escrow_claim_id = ? AND escrow_lease_until >= now()
        ORDER BY shop_id, ordersn
        FOR UPDATE
     )
     UPDATE shopee_order_sync sync
        SET escrow_lease_until = now() + ? * interval '1 millisecond'
       FROM held
      WHERE sync.id = held.id
     RETURNING sync.id`,
    [claimId, leaseMs]
  )
  return (rows as unknown[]).length
}
