import type { SqlExecutor } from "../../sql-executor"
import type { HeldCopy } from "../types/serialized-item"

/** The copies that are set aside for any of these orders or were sold in them, in the sequence of their pieces' names. */
export async function listHeldCopies(executor: SqlExecutor, orders: string[]): Promise<HeldCopy[]> {
  return (await executor.execute(
    `SELECT id, variant_id, cert_number, grader, grade, status, reserved_for, reserved_order
     FROM tcg_serialized_item
     WHERE reserved_order = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb)))
       AND reserved_for IS NOT NULL AND deleted_at IS NULL
     ORDER BY reserved_order, length(reserved_for), reserved_for`,
    [JSON.stringify(orders)]
  )) as HeldCopy[]
}
