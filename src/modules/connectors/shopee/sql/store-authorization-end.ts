import type { SqlExecutor } from "../../../sql-executor"

/** Notes when Shopee says that the authorisation ends; null = it doesn't say. */
export async function storeAuthorizationEnd(sql: SqlExecutor, shopId: string, endsAt: Date | null): Promise<void> {
  await sql.execute(
    `UPDATE shopee_auth_token SET authorization_ends_at = ?, authorization_checked_at = now(), updated_at = now()
      WHERE shop_id = ? AND deleted_at IS NULL`,
    [endsAt, shopId]
  )
}
