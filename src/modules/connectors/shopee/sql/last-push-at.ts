import type { SqlExecutor } from "../../../sql-executor"

/**
 * When the last authentic push came in; null when none has within the days that raw events are kept. Follows the index of events
 * that are not purged, from its end: `OFFSET 0` keeps the conditions out of that walk, for Postgres reads the whole table instead when it
 * has learned that few events meet them.
 */
export async function lastPushAt(sql: SqlExecutor): Promise<Date | null> {
  const [row] = (await sql.execute(
    `SELECT newest.created_at
       FROM (SELECT created_at, source, signature_ok FROM shopee_raw_event
              WHERE purged_at IS NULL AND deleted_at IS NULL
              ORDER BY created_at DESC, id DESC
             OFFSET 0) AS newest
      WHERE newest.source = 'webhook' AND newest.signature_ok
      LIMIT 1`
  )) as { created_at: Date }[]
  return row?.created_at ?? null
}
