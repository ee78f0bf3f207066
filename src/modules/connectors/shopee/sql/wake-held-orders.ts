import type { SqlExecutor } from "../../../sql-executor"

/**
 * Makes the held orders due that a condition picks, now that what they wait for is there. Locks in key order, as a bulk record does.
 *
 * @param condition SQL on `shopee_order_sync`, with the parameters that follow
 * @returns how many.
 */
export async function wakeHeldOrders(sql: SqlExecutor, condition: string, params: unknown[]): Promise<number> {
  const rows = await sql.execute(
    `WITH waiting AS (
       SELECT id FROM shopee_order_sync
        WHERE deleted_at IS NULL AND ${condition}
        ORDER BY shop_id, ordersn
        FOR UPDATE
     )
     UPDATE shopee_order_sync sync
        SET due_at = now(), due_version = due_version + 1, waiting_skus = NULL, waiting_listings = NULL,
            status = CASE status WHEN 'failed' THEN 'pending' ELSE status END, updated_at = now()
       FROM waiting
      WHERE sync.id = waiting.id
     RETURNING sync.id`,
    params
  )
  return (rows as unknown[]).length
}
