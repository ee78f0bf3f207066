import { generateEntityId } from "@medusajs/framework/utils"
import type { SqlExecutor } from "../../../sql-executor"
import type { TokenWrite } from "../types/stored-token"

/**
 * Stores the pair of a fresh authorisation, whatever was there. The version grows, so a refresh that is under way can't
 * overwrite the pair; refusal, pause and lease end. When the shop could not be read until now, the gap since its last token is noted, so
 * that it is backfilled.
 *
 * @returns the new version.
 */
export async function upsertAuthorization(sql: SqlExecutor, write: TokenWrite): Promise<number> {
  const rows = await sql.execute(
    `INSERT INTO shopee_auth_token AS token
            (id, shop_id, access_token, refresh_token, expire_in, expired_at, merchant_id_list, shop_id_list, supplier_id_list,
             raw_token_payload, version, authorized_at, outage_calls)
     VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, 1, now(), 0)
     ON CONFLICT (shop_id) DO UPDATE
        SET access_token = excluded.access_token, refresh_token = excluded.refresh_token,
            expire_in = excluded.expire_in, expired_at = excluded.expired_at,
            merchant_id_list = excluded.merchant_id_list, shop_id_list = excluded.shop_id_list,
            supplier_id_list = excluded.supplier_id_list, raw_token_payload = excluded.raw_token_payload,
            gap_from = COALESCE(token.gap_from, CASE
              WHEN token.refused_at IS NOT NULL
                OR (token.expired_at ~ '^[0-9]{1,15}$' AND token.expired_at::bigint < extract(epoch FROM now()) * 1000)
              THEN COALESCE(token.refreshed_at, token.authorized_at, token.created_at) END),
            version = token.version + 1, authorized_at = now(), refreshed_at = NULL,
            refresh_claim_id = NULL, refresh_lease_until = NULL, refused_at = NULL, refused_reason = NULL,
            authorization_ends_at = NULL, authorization_checked_at = NULL,
            paused_until = NULL, outage_calls = 0, deleted_at = NULL, updated_at = now()
     RETURNING version`,
    [
      generateEntityId(undefined, "sat"),
      write.shopId,
      write.sealedAccessToken,
      write.sealedRefreshToken,
      write.expireInSeconds,
      String(write.expiresAtMs),
      jsonOrNull(write.merchantIds),
      jsonOrNull(write.shopIds),
      jsonOrNull(write.supplierIds),
      JSON.stringify(write.payload),
    ]
  )
  const [row] = rows as [{ version: number }]
  return row.version
}

function jsonOrNull(ids: number[] | null): string | null {
  return ids && JSON.stringify(ids)
}
