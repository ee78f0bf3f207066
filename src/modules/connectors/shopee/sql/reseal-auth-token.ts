import type { SqlExecutor } from "../../../sql-executor"
import type { ResealedToken } from "../types/stored-token"

/** Replaces a stored pair by the same pair under another key. Fenced: a newer pair is left alone. @returns true when it was replaced */
export async function resealAuthToken(sql: SqlExecutor, resealed: ResealedToken): Promise<boolean> {
  const rows = await sql.execute(
    `UPDATE shopee_auth_token SET access_token = ?, refresh_token = ?, updated_at = now()
      WHERE shop_id = ? AND version = ? AND deleted_at IS NULL
     RETURNING id`,
    [resealed.sealedAccessToken, resealed.sealedRefreshToken, resealed.shopId, resealed.version]
  )
  return (rows as unknown[]).length > 0
}
