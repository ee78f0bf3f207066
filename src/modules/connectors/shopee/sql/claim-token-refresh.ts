import type { SqlExecutor } from "../../../sql-executor"

/** Takes the refresh lease of a shop, unless the version moved, the lease is held, or Shopee refused the authorisation. */
export async function claimTokenRefresh(
  sql: SqlExecutor,
  { shopId, version, claimId, leaseMs }: { shopId: string; version: number; claimId: string; leaseMs: number }
): Promise<boolean> {
  const rows = await sql.execute(
    `UPDATE shopee_auth_token
        SET refresh_claim_id = ?, refresh_lease_until = now() + ?::float8 * interval '1 millisecond', updated_at = now()
      WHERE shop_id = ? AND deleted_at IS NULL AND version = ? AND refused_at IS NULL
        AND (refresh_lease_until IS NULL OR refresh_lease_until < now())
     RETURNING id`,
    [claimId, leaseMs, shopId, version]
  )
  return (rows as unknown[]).length > 0
}
