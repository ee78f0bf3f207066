import type { SqlExecutor } from "../../../sql-executor"

/** Gives a refresh claim back; the lease stays without a holder for `retryAfterMs`, so that nobody refreshes meanwhile. */
export async function releaseTokenRefresh(
  sql: SqlExecutor,
  { shopId, claimId, retryAfterMs }: { shopId: string; claimId: string; retryAfterMs: number }
): Promise<void> {
  await sql.execute(
    `UPDATE shopee_auth_token
        SET refresh_claim_id = NULL, refresh_lease_until = now() + ?::float8 * interval '1 millisecond', updated_at = now()
      WHERE shop_id = ? AND refresh_claim_id = ?`,
    [retryAfterMs, shopId, claimId]
  )
}
