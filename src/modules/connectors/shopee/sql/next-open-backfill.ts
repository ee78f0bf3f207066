import type { SqlExecutor } from "../../../sql-executor"
import type { OpenBackfill } from "../types/recovery"

interface BackfillRow {
  id: string
  shop_id: string
  from_at: Date
  to_at: Date
  windows_total: number
  windows_done: number
}

/** The shop's oldest open backfill, marked as started; null when there is none. */
export async function nextOpenBackfill(sql: SqlExecutor, shopId: string): Promise<OpenBackfill | null> {
  const [row] = (await sql.execute(
    `UPDATE shopee_backfill SET started_at = COALESCE(started_at, now()), updated_at = now()
      WHERE id = (SELECT id FROM shopee_backfill
                   WHERE shop_id = ? AND status = 'open' AND deleted_at IS NULL ORDER BY created_at, id LIMIT 1)
     RETURNING id, shop_id, from_at, to_at, windows_total, windows_done`,
    [shopId]
  )) as BackfillRow[]
  return row
    ? {
        id: row.id,
        shopId: row.shop_id,
        from: new Date(row.from_at),
        to: new Date(row.to_at),
        windowsTotal: row.windows_total,
        windowsDone: row.windows_done,
      }
    : null
}
