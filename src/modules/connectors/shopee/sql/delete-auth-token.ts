import type { SqlExecutor } from "../../../sql-executor"

/** Removes the tokens of a shop for good. */
export async function deleteAuthToken(sql: SqlExecutor, shopId: string): Promise<void> {
  await sql.execute(`DELETE FROM shopee_auth_token WHERE shop_id = ?`, [shopId])
}
