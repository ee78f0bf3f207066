import type { SqlExecutor } from "../../../sql-executor"

/** The distinct SKUs that held orders wait for. */
export async function listWaitingSkus(sql: SqlExecutor): Promise<string[]> {
  const rows = await sql.execute(
    `SELECT DISTINCT unnest(waiting_skus) AS sku FROM shopee_order_sync WHERE waiting_skus IS NOT NULL AND deleted_at IS NULL ORDER BY sku`
  )
  return (rows as { sku: string }[]).map((row) => row.sku)
}
