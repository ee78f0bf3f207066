import type { SqlExecutor } from "../../../sql-executor"

/**
 * Completed orders of a shop whose escrow may change or is not there: never fetched, provisional, or released so recently that
 * adjustments still come. Shopee tells of an adjustment in the escrow itself and nowhere else.
 */
export async function listEscrowsToRefresh(
  sql: SqlExecutor,
  { shopId, sinceMs }: { shopId: string; sinceMs: number }
): Promise<string[]> {
  const rows = await sql.execute(
    `SELECT sync.ordersn FROM shopee_order_sync sync
       LEFT JOIN shopee_escrow escrow ON escrow.ordersn = sync.ordersn AND escrow.deleted_at IS NULL
      WHERE sync.shop_id = ? AND sync.deleted_at IS NULL
        AND ((sync.shopee_status = 'COMPLETED' AND escrow.escrow_release_time IS NULL
              AND sync.shopee_update_time > now() - 2 * ? * interval '1 millisecond')
             OR escrow.escrow_release_time > now() - ? * interval '1 millisecond')
      ORDER BY sync.ordersn`,
    [shopId, sinceMs, sinceMs]
  )
  return (rows as { ordersn: string }[]).map(({ ordersn }) => ordersn)
}
