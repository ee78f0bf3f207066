import type { SqlExecutor } from "../../../sql-executor"
import { REFRESH_FENCE } from "./refresh-fence"

/** Notes, once, that Shopee refuses the authorisation of a shop. @returns true when this call noted it. */
export async function refuseAuthToken(
  sql: SqlExecutor,
  { shopId, version, claimId, reason }: { shopId: string; version: number; claimId: string; reason: string }
): Promise<boolean> {
  const rows = await sql.execute(
    `UPDATE shopee_auth_token
        SET refused_at = now(), refused_reason = ?, refresh_claim_id = NULL, refresh_lease_until = NULL, updated_at = now()
      WHERE ${REFRESH_FENCE} AND refused_at IS NULL
     RETURNING id`,
    [reason, shopId, version, claimId]
  )
  return (rows as unknown[]).length > 0
}
