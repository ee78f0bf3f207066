import type { SqlExecutor } from "../../../sql-executor"

/**
 * Makes the escrows of these orders of a shop due, for the first time or once more. Whoever is fetching one right now loses its claim:
 * what it reads may be older than the reason to look again.
 *
 * @returns how many of the orders we know.
 */
export async function makeEscrowsDue(sql: SqlExecutor, shopId: string, ordersns: string[]): Promise<number> {
  if (ordersns.length === 0) {
    return 0
  }
  const rows = await sql.execute(
    `WITH wanted AS (
       SELECT id FROM shopee_order_sync
        WHERE shop_id = ? AND ordersn = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb))) AND deleted_at IS NULL
        ORDER BY shop_id, ordersn
        FOR UPDATE
     )
     UPDATE shopee_order_sync sync
        SET escrow_due_at = now(), escrow_attempts = 0, escrow_first_failed_at = NULL,
            escrow_claim_id = NULL, escrow_lease_until = NULL, updated_at = now()
       FROM wanted
      WHERE sync.id = wanted.id
     RETURNING sync.id`,
    [shopId, JSON.stringify(ordersns)]
  )
  return (rows as unknown[]).length
}
