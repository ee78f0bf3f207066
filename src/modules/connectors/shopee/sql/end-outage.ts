import type { SqlExecutor } from "../../../sql-executor"

/** Notes that a call for the shop succeeded. @returns true when that ended an outage. */
export async function endOutage(sql: SqlExecutor, shopId: string): Promise<boolean> {
  const rows = await sql.execute(
    `UPDATE shopee_auth_token SET paused_until = NULL, outage_calls = 0, updated_at = now()
      WHERE shop_id = ? AND deleted_at IS NULL AND outage_calls > 0
     RETURNING id`,
    [shopId]
  )
  return (rows as unknown[]).length > 0
}
