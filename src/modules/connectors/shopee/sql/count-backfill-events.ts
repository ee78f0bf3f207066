import type { SqlExecutor } from "../../../sql-executor"

/** How many orders a backfill has injected, and how many of these are done. */
export async function countBackfillEvents(
  sql: SqlExecutor,
  id: string
): Promise<{ injected_count: number; done_count: number }> {
  const rows = await sql.execute(
    `SELECT count(*)::int AS injected_count, (count(*) FILTER (WHERE processed))::int AS done_count
       FROM shopee_raw_event WHERE finding_run_id = ? AND deleted_at IS NULL`,
    [id]
  )
  return (rows as [{ injected_count: number; done_count: number }])[0]
}
