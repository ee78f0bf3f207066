import type { SqlExecutor } from "../../../sql-executor"

/** Every shop that we hold an authorisation for, also one that Shopee refuses right now. */
export async function listAuthorizedShops(sql: SqlExecutor): Promise<string[]> {
  const rows = await sql.execute(`SELECT shop_id FROM shopee_auth_token WHERE deleted_at IS NULL ORDER BY shop_id`)
  return (rows as { shop_id: string }[]).map(({ shop_id }) => shop_id)
}
