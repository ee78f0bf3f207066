import type { SqlExecutor } from "../../../sql-executor"

/**
 * Lets one transaction at a time count and store rejected pushes, until it ends: concurrent ones would each count the rows from
 * before the others' commit, and exceed the bound together.
 *
 * A statement of its own: what waited for the lock must count with a snapshot taken after it. The flood never queues here, since each
 * process lets only so many through in an hour (`RejectionBudget`).
 */
export async function lockRejectedPushes(sql: SqlExecutor): Promise<void> {
  await sql.execute("SELECT pg_advisory_xact_lock(hashtextextended('shopee_raw_event rejected', 0))")
}
