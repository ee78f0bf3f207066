import type { SqlExecutor } from "../../../sql-executor"
import type { AuthorizationLife } from "../types/metrics"

interface LifeRow {
  shop_id: string
  access_token_seconds: number
  authorization_seconds: number | null
  refused: boolean
  paused: boolean
}

/** How long each shop's tokens and authorisation still live, by the database's clock. */
export async function measureAuthorizations(sql: SqlExecutor): Promise<AuthorizationLife[]> {
  const rows = (await sql.execute(
    `SELECT shop_id,
            (expired_at::float8 / 1000 - EXTRACT(EPOCH FROM now()))::float8 AS access_token_seconds,
            EXTRACT(EPOCH FROM authorization_ends_at - now())::float8 AS authorization_seconds,
            refused_at IS NOT NULL AS refused,
            COALESCE(paused_until > now(), false) AS paused
       FROM shopee_auth_token
      WHERE deleted_at IS NULL
      ORDER BY shop_id`
  )) as LifeRow[]
  return rows.map((row) => ({
    shopId: row.shop_id,
    accessTokenSeconds: row.access_token_seconds,
    authorizationSeconds: row.authorization_seconds,
    refused: row.refused,
    paused: row.paused,
  }))
}
