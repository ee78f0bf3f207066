import type { SqlExecutor } from "../../../sql-executor"

/** A shop whose orders wait for a person to authorise it. */
export interface UnauthorizedShop {
  shopId: string
  /** What Shopee said when it refused our tokens; null when we hold none. */
  refusedReason: string | null
}

/**
 * Shops that have orders due, but for which we hold no authorisation, or one that Shopee refuses. Nobody calls Shopee for them, so this
 * is the only place where a refusal still shows when whoever heard it died before he could say so.
 */
export async function listUnauthorizedShops(sql: SqlExecutor): Promise<UnauthorizedShop[]> {
  const rows = await sql.execute(
    `SELECT DISTINCT sync.shop_id, token.refused_reason
       FROM shopee_order_sync sync
       LEFT JOIN shopee_auth_token token ON token.shop_id = sync.shop_id AND token.deleted_at IS NULL
      WHERE sync.due_at <= now() AND sync.deleted_at IS NULL AND (token.id IS NULL OR token.refused_at IS NOT NULL)`
  )
  return (rows as { shop_id: string; refused_reason: string | null }[]).map((row) => ({
    shopId: row.shop_id,
    refusedReason: row.refused_reason,
  }))
}
