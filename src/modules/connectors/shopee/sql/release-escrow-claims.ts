import type { SqlExecutor } from "../../../sql-executor"

/** Gives back the escrows that a claim still holds, as due as they were: an outage costs no attempt. Locks in key order. */
export async function releaseEscrowClaims(sql: SqlExecutor, claimId: string): Promise<void> {
  await sql.execute(
    `WITH held AS (
       SELECT id FROM shopee_order_sync
        WHERE escrow_due_at IS NOT NULL AND escrow_claim_id = ?
        ORDER BY shop_id, ordersn
        FOR UPDATE
     )
     UPDATE shopee_order_sync sync
        SET escrow_claim_id = NULL, escrow_lease_until = NULL, updated_at = now()
       FROM held
      WHERE sync.id = held.id`,
    [claimId]
  )
}
