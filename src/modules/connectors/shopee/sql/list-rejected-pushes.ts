import type { SqlExecutor } from "../../../sql-executor"
import type { StoredRejection } from "../types/inbox"

/** Rejected pushes of the last three days that no key has fitted so far, the oldest first. Older ones reconciliation has found. */
export async function listRejectedPushes(sql: SqlExecutor, limit: number): Promise<StoredRejection[]> {
  const rows = await sql.execute(
    `SELECT id, raw_body, signature FROM shopee_raw_event
      WHERE signature_ok = false AND deleted_at IS NULL AND processed = false AND raw_body IS NOT NULL
        AND created_at > now() - interval '3 days'
      ORDER BY created_at, id
      LIMIT ?`,
    [limit]
  )
  return (rows as { id: string; raw_body: string; signature: string | null }[]).map((row) => ({
    id: row.id,
    rawBody: row.raw_body,
    signature: row.signature,
  }))
}
