import type { SqlExecutor } from "../../../sql-executor"

/**
 * Extends the lease of everything that a claim still holds, or of those orders alone: of these also where the lease has ended and nobody
 * took them since, so that whoever asks before a write knows for sure. Rows are locked in key order, as by every statement that touches
 * several orders: otherwise it and a bulk record could end each other as a deadlock.
 *
 * @param ids of `shopee_order_sync`; default: all of the claim
 * @returns the ids of those orders; what is missing has been in another worker's hands since, or was given back.
 */
export async function renewClaims(
  sql: SqlExecutor,
  { claimId, leaseMs, ids }: { claimId: string; leaseMs: number; ids?: string[] }
): Promise<string[]> {
  const among =
    ids === undefined ? "AND lease_until >= now()" : "AND id IN (SELECT jsonb_array_elements_text(?::jsonb))"
  const rows = await sql.execute(
    `WITH held AS (
       SELECT id FROM shopee_order_sync
        WHERE claim_id = ? ${among}
        ORDER BY shop_id, ordersn
        FOR UPDATE
     )
     UPDATE shopee_order_sync sync
        SET lease_until = now() + ? * interval '1 millisecond'
       FROM held
      WHERE sync.id = held.id
     RETURNING sync.id`,
    [claimId, ...(ids === undefined ? [] : [JSON.stringify(ids)]), leaseMs]
  )
  return (rows as { id: string }[]).map(({ id }) => id)
}
