import type { SqlExecutor } from "../../../sql-executor"

/**
 * When the last authentic push came in; null when none has within the days that raw events are kept. Follows the index of events
 * that are not purged, from its end.
 */
export async function lastPushAt(sql: SqlExecutor): Promise<Date | null> {
  const [row] = (await sql.execute(
    `SELECT created_at FROM shopee_raw_event
      WHERE purged_at IS NULL AND deleted_at IS NULL AND source = 'webhook' AND signature_ok
      ORDER BY created_at DESC, id DESC
      LIMIT 1`
  )) as { created_at: Date }[]
  return row?.created_at ?? null
}
