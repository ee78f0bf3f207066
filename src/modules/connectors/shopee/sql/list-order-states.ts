import type { SqlExecutor } from "../../../sql-executor"
import type { OrderState } from "../types/recovery"

/** What we know of these orders of a shop; those that we never heard of are left out. */
export async function listOrderStates(sql: SqlExecutor, shopId: string, ordersns: string[]): Promise<OrderState[]> {
  if (ordersns.length === 0) {
    return []
  }
  const rows = (await sql.execute(
    `SELECT ordersn, shopee_status, shopee_update_time,
            due_at IS NOT NULL OR claim_id IS NOT NULL OR status <> 'created' AS is_waiting
       FROM shopee_order_sync
      WHERE shop_id = ? AND ordersn = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb))) AND deleted_at IS NULL`,
    [shopId, JSON.stringify(ordersns)]
  )) as { ordersn: string; shopee_status: string | null; shopee_update_time: Date | null; is_waiting: boolean }[]
  return rows.map((row) => ({
    ordersn: row.ordersn,
    shopeeStatus: row.shopee_status,
    shopeeUpdateTime: row.shopee_update_time === null ? null : new Date(row.shopee_update_time),
    isWaiting: row.is_waiting,
  }))
}
