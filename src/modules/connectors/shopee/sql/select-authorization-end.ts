import type { SqlExecutor } from "../../../sql-executor"

/** When an authorisation ends, as far as Shopee was asked. */
export interface AuthorizationEnd {
  endsAt: Date | null
  /** null = Shopee was not asked since the shop was authorised. */
  checkedAt: Date | null
}

export async function selectAuthorizationEnd(sql: SqlExecutor, shopId: string): Promise<AuthorizationEnd | null> {
  const [row] = (await sql.execute(
    `SELECT authorization_ends_at, authorization_checked_at FROM shopee_auth_token
      WHERE shop_id = ? AND deleted_at IS NULL`,
    [shopId]
  )) as { authorization_ends_at: Date | null; authorization_checked_at: Date | null }[]
  return row ? { endsAt: row.authorization_ends_at, checkedAt: row.authorization_checked_at } : null
}
