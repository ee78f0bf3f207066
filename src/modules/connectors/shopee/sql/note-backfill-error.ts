import type { SqlExecutor } from "../../../sql-executor"

/** Notes why a backfill does not get on. It stays open: the next run goes on where this one stopped. */
export async function noteBackfillError(sql: SqlExecutor, id: string, error: string): Promise<void> {
  await sql.execute(`UPDATE shopee_backfill SET last_error = ?, updated_at = now() WHERE id = ?`, [error, id])
}
