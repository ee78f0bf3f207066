import type { SqlExecutor } from "../../../sql-executor"

/** A shop that we hold tokens of. The tokens themselves stay in the table. */
export interface ShopRow {
  shop_id: string
  paused_until: Date | null
  outage_calls: number
}

/** Every shop that we hold tokens of, with what keeps it from being called. */
export async function listShops(sql: SqlExecutor): Promise<ShopRow[]> {
  const rows = await sql.execute(
    `SELECT shop_id, CASE WHEN paused_until > now() THEN paused_until END AS paused_until, outage_calls
       FROM shopee_auth_token
      WHERE deleted_at IS NULL
      ORDER BY shop_id`
  )
  return rows as ShopRow[]
}
