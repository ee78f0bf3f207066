import type { SqlExecutor } from "../../../sql-executor"

/**
 * Makes orders due that a worker no longer holds although it worked on them: it stood still for longer than its lease, another took them
 * over, and what the first one did or took back since, nobody has looked at. Locks in key order, as a bulk record does.
 *
 * @param ids of `shopee_order_sync`; those that the claim still holds are left alone
 * @returns how many orders had been lost
 */
export async function makeLostOrdersDue(sql: SqlExecutor, claimId: string, ids: string[]): Promise<number> {
  if (ids.length === 0) {
    return 0
  }
  const rows = await sql.execute(
    `WITH lost AS (
       SELECT id FROM shopee_order_sync
        WHERE id IN (SELECT jsonb_array_elements_text(?::jsonb)) AND claim_id IS DISTINCT FROM ?
        ORDER BY shop_id, ordersn
        FOR UPDATE
     )
     UPDATE shopee_order_sync sync
        SET due_at = LEAST(due_at, now()), due_version = due_version + 1, updated_at = now()
       FROM lost
      WHERE sync.id = lost.id
     RETURNING sync.id`,
    [JSON.stringify(ids), claimId]
  )
  return (rows as unknown[]).length
}
