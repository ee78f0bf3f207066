import type { SqlExecutor } from "../../../sql-executor"
import type { TokenWrite } from "../types/stored-token"
import { REFRESH_FENCE } from "./refresh-fence"

/**
 * Stores a refreshed pair and ends the lease. A successor that found the refresh token spent may have noted a refusal: the
 * pair proves it wrong.
 *
 * @returns false when the fence let nothing through.
 */
export async function commitTokenRefresh(
  sql: SqlExecutor,
  write: TokenWrite,
  { version, claimId }: { version: number; claimId: string }
): Promise<boolean> {
  const rows = await sql.execute(
    `UPDATE shopee_auth_token
        SET access_token = ?, refresh_token = ?, expire_in = ?, expired_at = ?, raw_token_payload = ?::jsonb,
            version = version + 1, refreshed_at = now(), refresh_claim_id = NULL, refresh_lease_until = NULL,
            refused_at = NULL, refused_reason = NULL, updated_at = now()
      WHERE ${REFRESH_FENCE}
     RETURNING id`,
    [
      write.sealedAccessToken,
      write.sealedRefreshToken,
      write.expireInSeconds,
      String(write.expiresAtMs),
      JSON.stringify(write.payload),
      write.shopId,
      version,
      claimId,
    ]
  )
  return (rows as unknown[]).length > 0
}
