import type { SqlExecutor } from "../../../sql-executor"

/** How a person settles an exception. */
export interface ExceptionSettlement {
  id: string
  status: "resolved" | "wont_fix"
  by: string
  note: string | null
}

/** Settles one exception if it is open still. @returns false when somebody was quicker */
export async function settleException(
  sql: SqlExecutor,
  { id, status, by, note }: ExceptionSettlement
): Promise<boolean> {
  const rows = await sql.execute(
    `UPDATE connector_exception
        SET status = ?, resolved_at = now(), resolved_by = ?, operator_note = coalesce(?, operator_note), updated_at = now()
      WHERE id = ? AND status = 'open' AND deleted_at IS NULL
     RETURNING id`,
    [status, by, note, id]
  )
  return (rows as unknown[]).length > 0
}
