import type { SqlExecutor } from "../../../sql-executor"
import { wakeHeldOrders } from "./wake-held-orders"

/** Makes the orders due that are held because Medusa did not know one of these SKUs. @returns how many. */
export async function wakeWaitingOrders(sql: SqlExecutor, skus: string[]): Promise<number> {
  if (skus.length === 0) {
    return 0
  }
  return await wakeHeldOrders(
    sql,
    "waiting_skus IS NOT NULL AND waiting_skus && ARRAY(SELECT jsonb_array_elements_text(?::jsonb))",
    [JSON.stringify(skus)]
  )
}
