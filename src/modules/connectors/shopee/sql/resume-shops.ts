import type { SqlExecutor } from "../../../sql-executor"

/**
 * Ends the pause of these shops: their next call is made at once. The count of failures stays, so that an outage that goes on pauses them
 * as long as before.
 *
 * @returns how many shops we hold tokens of.
 */
export async function resumeShops(sql: SqlExecutor, shopIds: string[]): Promise<number> {
  const rows = await sql.execute(
    `WITH paused AS (
       SELECT id FROM shopee_auth_token
        WHERE shop_id = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb))) AND deleted_at IS NULL
        ORDER BY shop_id
        FOR UPDATE
     )
     UPDATE shopee_auth_token token
        SET paused_until = NULL, updated_at = now()
       FROM paused
      WHERE token.id = paused.id
     RETURNING token.id`,
    [JSON.stringify(shopIds)]
  )
  return (rows as unknown[]).length
}
