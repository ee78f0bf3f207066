import type { SqlExecutor } from "../../../sql-executor"
import type { FailedEscrow } from "../types/escrow"

/** Ends an attempt to fetch escrows that did not succeed: due again later, or not by itself. Fenced by the claim, locks in key order. */
export async function failEscrows(sql: SqlExecutor, claimId: string, escrows: FailedEscrow[]): Promise<void> {
  if (escrows.length === 0) {
    return
  }
  await sql.execute(
    `WITH failed AS (
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS f(id text, retry_in_ms float8)
     ), held AS (
       SELECT sync.id FROM shopee_order_sync sync JOIN failed ON failed.id = sync.id
        WHERE sync.escrow_claim_id = ?
        ORDER BY sync.shop_id, sync.ordersn
        FOR UPDATE OF sync
     )
     UPDATE shopee_order_sync sync
        SET escrow_attempts = sync.escrow_attempts + 1,
            escrow_first_failed_at = COALESCE(sync.escrow_first_failed_at, now()),
            escrow_due_at = now() + failed.retry_in_ms * interval '1 millisecond',
            escrow_claim_id = NULL, escrow_lease_until = NULL, updated_at = now()
       FROM failed JOIN held ON held.id = failed.id
      WHERE sync.id = failed.id AND sync.escrow_claim_id = ?`,
    [JSON.stringify(escrows.map(({ id, retryInMs }) => ({ id, retry_in_ms: retryInMs }))), claimId, claimId]
  )
}
