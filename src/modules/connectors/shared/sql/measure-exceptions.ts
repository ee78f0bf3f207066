import type { SqlExecutor } from "../../../sql-executor"
import type { ExceptionLevels } from "../types/exception"

interface LevelRow {
  connector: string
  error_class: string
  open: number
  alerts_owed: number
  oldest_owed_seconds: number
}

/** Open exceptions and alerts that are owed, by connector and class. Classes of which there are neither are left out. */
export async function measureExceptions(sql: SqlExecutor): Promise<ExceptionLevels[]> {
  const rows = (await sql.execute(
    `SELECT connector, error_class,
            count(*) FILTER (WHERE status = 'open')::int AS open,
            count(*) FILTER (WHERE alert_due_at IS NOT NULL AND alerted_at IS NULL)::int AS alerts_owed,
            COALESCE(EXTRACT(EPOCH FROM now() - min(COALESCE(last_seen_at, created_at))
              FILTER (WHERE alert_due_at IS NOT NULL AND alerted_at IS NULL)), 0)::float8 AS oldest_owed_seconds
       FROM connector_exception
      WHERE deleted_at IS NULL AND (status = 'open' OR (alert_due_at IS NOT NULL AND alerted_at IS NULL))
      GROUP BY connector, error_class
      ORDER BY connector, error_class`
  )) as LevelRow[]
  return rows.map((row) => ({
    connector: row.connector,
    errorClass: row.error_class,
    open: row.open,
    alertsOwed: row.alerts_owed,
    oldestOwedSeconds: row.oldest_owed_seconds,
  }))
}
