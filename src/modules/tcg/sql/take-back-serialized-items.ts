import type { SqlExecutor } from "../../sql-executor"
import type { SerializedItem } from "../types/serialized-item"

/** Makes the copies that were sold to any of `reservedFor` available again. Copies that are only reserved stay so. */
export async function takeBackSerializedItems(executor: SqlExecutor, reservedFor: string[]): Promise<SerializedItem[]> {
  return (await executor.execute(
    `UPDATE tcg_serialized_item
     SET status = 'available', reserved_for = NULL, reserved_order = NULL, reserved_at = NULL, sold_at = NULL,
       updated_at = now()
     WHERE reserved_for = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb)))
       AND status = 'sold' AND deleted_at IS NULL
     RETURNING id, variant_id, cert_number, grader, grade, status, reserved_for`,
    [JSON.stringify(reservedFor)]
  )) as SerializedItem[]
}
