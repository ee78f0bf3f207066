import type { SqlExecutor } from "../../../sql-executor"
import type { StoredToken } from "../types/stored-token"

interface AuthTokenRow {
  shop_id: string
  access_token: string
  refresh_token: string
  expire_in: number
  expired_at: string
  merchant_id_list: number[] | null
  shop_id_list: number[] | null
  supplier_id_list: number[] | null
  raw_token_payload: Record<string, unknown> | null
  version: number
  authorized_at: Date | null
  refreshed_at: Date | null
  ms_since_refresh: number | null
  refresh_claim_id: string | null
  refresh_lease_active: boolean
  refused_at: Date | null
  refused_reason: string | null
}

/** The token row of a shop, with the state of its lease by the database's clock. */
export async function selectAuthToken(sql: SqlExecutor, shopId: string): Promise<StoredToken | null> {
  const rows = await sql.execute(
    `SELECT shop_id, access_token, refresh_token, expire_in, expired_at, merchant_id_list, shop_id_list, supplier_id_list,
            raw_token_payload, version, authorized_at, refreshed_at, refresh_claim_id, refused_at, refused_reason,
            (EXTRACT(EPOCH FROM now() - refreshed_at) * 1000)::float8 AS ms_since_refresh,
            COALESCE(refresh_lease_until >= now(), false) AS refresh_lease_active
       FROM shopee_auth_token
      WHERE shop_id = ? AND deleted_at IS NULL`,
    [shopId]
  )
  const [row] = rows as AuthTokenRow[]
  if (!row) {
    return null
  }
  return {
    shopId: row.shop_id,
    sealedAccessToken: row.access_token,
    sealedRefreshToken: row.refresh_token,
    expireInSeconds: row.expire_in,
    expiresAtMs: Number(row.expired_at),
    merchantIds: row.merchant_id_list,
    shopIds: row.shop_id_list,
    supplierIds: row.supplier_id_list,
    payload: row.raw_token_payload ?? {},
    version: row.version,
    authorizedAt: row.authorized_at,
    refreshedAt: row.refreshed_at,
    msSinceRefresh: row.ms_since_refresh,
    refreshClaimId: row.refresh_claim_id,
    refreshLeaseActive: row.refresh_lease_active,
    refusedAt: row.refused_at,
    refusedReason: row.refused_reason,
  }
}
