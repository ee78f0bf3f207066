import type { SqlExecutor } from "../../../sql-executor"

/** How many exceptions of a class are open, and since when the oldest is. */
export interface OpenExceptionCount {
  connector: string
  error_class: string
  count: number
  oldest_at: Date
}

/** Open exceptions by connector and class. */
export async function countOpenExceptions(sql: SqlExecutor): Promise<OpenExceptionCount[]> {
  const rows = await sql.execute(
    `SELECT connector, error_class, count(*)::int AS count, min(created_at) AS oldest_at
       FROM connector_exception
      WHERE status = 'open' AND deleted_at IS NULL
      GROUP BY connector, error_class
      ORDER BY connector, error_class`
  )
  return rows as OpenExceptionCount[]
}
