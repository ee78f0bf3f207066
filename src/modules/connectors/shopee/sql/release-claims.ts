import type { SqlExecutor } from "../../../sql-executor"

/** Gives back what a claim still holds, as due as it was: an outage costs no attempt. Locks in key order, as a bulk record does. */
export async function releaseClaims(sql: SqlExecutor, claimId: string): Promise<void> {
  await sql.execute(
    `WITH held AS (
       SELECT id FROM shopee_order_sync WHERE claim_id = ? ORDER BY shop_id, ordersn FOR UPDATE
     )
     UPDATE shopee_order_sync sync
        SET claim_id = NULL, lease_until = NULL, updated_at = now()
       FROM held
      WHERE sync.id = held.id`,
    [claimId]
  )
}
