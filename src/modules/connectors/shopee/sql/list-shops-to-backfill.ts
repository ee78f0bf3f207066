import type { SqlExecutor } from "../../../sql-executor"

/** Shops that have an open backfill, or a gap that becomes one. */
export async function listShopsToBackfill(sql: SqlExecutor): Promise<string[]> {
  const rows = await sql.execute(
    `SELECT shop_id FROM shopee_backfill WHERE status = 'open' AND deleted_at IS NULL
      UNION SELECT shop_id FROM shopee_auth_token WHERE gap_from IS NOT NULL AND deleted_at IS NULL
      ORDER BY shop_id`
  )
  return (rows as { shop_id: string }[]).map(({ shop_id }) => shop_id)
}
