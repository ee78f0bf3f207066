import type { SqlExecutor } from "../../../sql-executor"

/** Orders of one sync status and one Shopee status. */
export interface OrderCount {
  status: string
  shopee_status: string | null
  count: number
}

/** How many orders there are, by state. */
export async function measureOrders(sql: SqlExecutor): Promise<OrderCount[]> {
  const rows = await sql.execute(
    `SELECT status, shopee_status, count(*)::int AS count
       FROM shopee_order_sync
      WHERE deleted_at IS NULL
      GROUP BY status, shopee_status`
  )
  return rows as OrderCount[]
}
