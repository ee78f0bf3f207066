import type { SqlExecutor } from "../../../sql-executor"
import { orderCondition, type OrderFilter } from "./order-filter"

/** How many orders a filter lets through. */
export async function countOrders(sql: SqlExecutor, filter: OrderFilter): Promise<number> {
  const condition = orderCondition(filter)
  const rows = await sql.execute(
    `SELECT count(*)::int AS count FROM shopee_order_sync sync WHERE ${condition.text}`,
    condition.params
  )
  const [row] = rows as { count: number }[]
  return row?.count ?? 0
}
