import type { SqlExecutor } from "../../sql-executor"
import type { SerializedItem } from "../types/serialized-item"

/** Marks the copies that are reserved for any of `reservedFor` as sold. `reserved_for` stays: it says to which order line. */
export async function sellSerializedItems(executor: SqlExecutor, reservedFor: string[]): Promise<SerializedItem[]> {
  return (await executor.execute(
    `UPDATE tcg_serialized_item
     SET status = 'sold', sold_at = now(), updated_at = now()
     WHERE reserved_for = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb)))
       AND status = 'reserved' AND deleted_at IS NULL
     RETURNING id, variant_id, cert_number, grader, grade, status, reserved_for`,
    [JSON.stringify(reservedFor)]
  )) as SerializedItem[]
}
