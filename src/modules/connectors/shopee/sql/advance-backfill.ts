import type { SqlExecutor } from "../../../sql-executor"

/**
 * Notes that the window after `windowsDone` is read and all that it found is injected; with the last one the backfill is done.
 *
 * @returns false when another run was faster: its count is the one that holds
 */
export async function advanceBackfill(
  sql: SqlExecutor,
  { id, windowsDone, ordersSeen }: { id: string; windowsDone: number; ordersSeen: number }
): Promise<boolean> {
  const rows = await sql.execute(
    `UPDATE shopee_backfill
        SET windows_done = windows_done + 1, orders_seen = orders_seen + ?, last_error = NULL,
            status = CASE WHEN windows_done + 1 >= windows_total THEN 'done' ELSE status END,
            finished_at = CASE WHEN windows_done + 1 >= windows_total THEN now() END, updated_at = now()
      WHERE id = ? AND windows_done = ? AND status = 'open' AND deleted_at IS NULL
     RETURNING id`,
    [ordersSeen, id, windowsDone]
  )
  return (rows as unknown[]).length > 0
}
