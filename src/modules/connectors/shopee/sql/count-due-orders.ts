import type { SqlExecutor } from "../../../sql-executor"

/** How many orders of a shop are due now and wait for a worker. Those that back off or are held don't count. */
export async function countDueOrders(sql: SqlExecutor, shopId: string): Promise<number> {
  const rows = await sql.execute(
    `SELECT count(*)::int AS due FROM shopee_order_sync
      WHERE shop_id = ? AND due_at <= now() AND deleted_at IS NULL`,
    [shopId]
  )
  return (rows as [{ due: number }])[0].due
}
