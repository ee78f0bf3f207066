import type { SqlExecutor } from "../../sql-executor"
import type { SerializedItem } from "../types/serialized-item"

/**
 * Sets the oldest available copy of a variant aside, or finds the copy that `reservedFor` holds already (reserved or sold).
 *
 * SKIP LOCKED lets concurrent calls take different copies instead of queueing for the same one. Between calls for one
 * `reservedFor` it would be wrong: each would lock another copy, and one that finds all of them locked would answer null.
 * These come one after the other through `lock-reservation.ts`; the unique index on (reserved_for, variant_id) is the proof.
 */
export async function reserveSerializedItem(
  executor: SqlExecutor,
  variantId: string,
  reservedFor: string
): Promise<SerializedItem | null> {
  const [item] = (await executor.execute(
    `WITH held AS (
       SELECT id, variant_id, cert_number, grader, grade, status, reserved_for
       FROM tcg_serialized_item
       WHERE reserved_for = ? AND variant_id = ? AND deleted_at IS NULL
     ), free AS (
       SELECT id
       FROM tcg_serialized_item
       WHERE variant_id = ? AND status = 'available' AND deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM held)
       ORDER BY created_at, id
       LIMIT 1
       FOR UPDATE SKIP LOCKED
     ), taken AS (
       UPDATE tcg_serialized_item AS item
       SET status = 'reserved', reserved_for = ?, reserved_at = now(), updated_at = now()
       FROM free
       WHERE item.id = free.id
       RETURNING item.id, variant_id, cert_number, grader, grade, status, reserved_for
     )
     SELECT * FROM held UNION ALL SELECT * FROM taken`,
    [reservedFor, variantId, variantId, reservedFor]
  )) as SerializedItem[]
  return item ?? null
}
