import type { SqlExecutor } from "../../../sql-executor"

/**
 * Forgets the failed attempts of these orders, so that automatic retries begin anew: a person says that the cause is gone. Locks in key
 * order, as a bulk record does.
 */
export async function restartAttempts(sql: SqlExecutor, orders: { shopId: string; ordersn: string }[]): Promise<void> {
  await sql.execute(
    `WITH retried AS (
       SELECT sync.id
         FROM shopee_order_sync sync
         JOIN jsonb_to_recordset(?::jsonb) AS wanted("shopId" text, ordersn text)
           ON wanted."shopId" = sync.shop_id AND wanted.ordersn = sync.ordersn
        ORDER BY sync.shop_id, sync.ordersn
        FOR UPDATE OF sync
     )
     UPDATE shopee_order_sync sync
        SET attempts = 0, first_failed_at = NULL, updated_at = now()
       FROM retried
      WHERE sync.id = retried.id`,
    [JSON.stringify(orders)]
  )
}
