import type { SqlExecutor } from "../../sql-executor"
import type { CopyDemand, ReservedCopy, SerializedItem } from "../types/serialized-item"

/**
 * Sets copies aside for many pieces at once, the oldest available first; a piece that holds one already keeps it (reserved or sold).
 * Pieces must not repeat within a call. When a variant has too few copies, the first pieces of the list get them.
 *
 * Unlike one piece's statement it waits for a copy that another call has locked instead of skipping it: skipped, a copy whose other
 * taker fails would be missed, and its order be called oversold. Variants and copies are locked in one sequence, so two calls don't
 * wait for each other. Two calls for the same piece at once: the unique index on (reserved_for, variant_id) fails the second.
 *
 * @returns a row for each piece, in the sequence of the list
 */
export async function reserveSerializedItems(executor: SqlExecutor, demands: CopyDemand[]): Promise<ReservedCopy[]> {
  const rows = (await executor.execute(
    `WITH wanted AS MATERIALIZED (
       SELECT *
       FROM jsonb_to_recordset(?::jsonb) AS piece (position int, reserved_for text, reserved_order text, variant_id text)
     ), held AS MATERIALIZED (
       SELECT item.id, item.variant_id, cert_number, grader, grade, status, item.reserved_for
       FROM tcg_serialized_item AS item
       JOIN wanted USING (reserved_for, variant_id)
       WHERE item.deleted_at IS NULL
     ), missing AS MATERIALIZED (
       SELECT *, row_number() OVER (PARTITION BY variant_id ORDER BY position) AS rank
       FROM wanted
       WHERE reserved_for NOT IN (SELECT reserved_for FROM held)
     ), free AS MATERIALIZED (
       SELECT copy.id, demand.variant_id,
         row_number() OVER (PARTITION BY demand.variant_id ORDER BY copy.created_at, copy.id) AS rank
       FROM (SELECT variant_id, count(*) AS pieces FROM missing GROUP BY variant_id ORDER BY variant_id) AS demand
       CROSS JOIN LATERAL (
         SELECT id, created_at
         FROM tcg_serialized_item AS item
         WHERE item.variant_id = demand.variant_id AND item.status = 'available' AND item.deleted_at IS NULL
         ORDER BY created_at, id
         LIMIT demand.pieces
         FOR UPDATE
       ) AS copy
     ), taken AS (
       UPDATE tcg_serialized_item AS item
       SET status = 'reserved', reserved_for = missing.reserved_for, reserved_order = missing.reserved_order,
         reserved_at = now(), updated_at = now()
       FROM free
       JOIN missing USING (variant_id, rank)
       WHERE item.id = free.id
       RETURNING item.id, item.variant_id, cert_number, grader, grade, status, item.reserved_for
     ), answer AS (
       SELECT *, false AS is_new FROM held UNION ALL SELECT *, true FROM taken
     )
     SELECT wanted.reserved_for AS piece, answer.*
     FROM wanted
     LEFT JOIN answer ON answer.reserved_for = wanted.reserved_for AND answer.variant_id = wanted.variant_id
     ORDER BY wanted.position`,
    [
      JSON.stringify(
        demands.map(({ reservedFor, order, variantId }, position) => ({
          position,
          reserved_for: reservedFor,
          reserved_order: order,
          variant_id: variantId,
        }))
      ),
    ]
  )) as ({ piece: string; is_new: boolean | null } & (SerializedItem | { id: null }))[]
  return rows.map(({ piece, is_new, ...row }) => ({
    reservedFor: piece,
    copy: row.id === null ? null : toCopy(row),
    isNew: is_new === true,
  }))
}

const toCopy = ({
  id,
  variant_id,
  cert_number,
  grader,
  grade,
  status,
  reserved_for,
}: SerializedItem): SerializedItem => ({
  id,
  variant_id,
  cert_number,
  grader,
  grade,
  status,
  reserved_for,
})
