import { generateEntityId } from "@medusajs/framework/utils"
import type { SqlExecutor } from "../../../sql-executor"

/**
 * Turns the gap of every shop that was authorised again into a backfill of its own, up to the authorisation, in one statement: a
 * crash leaves the gap or the backfill. What came after it is told by pushes again.
 */
export async function adoptGaps(
  sql: SqlExecutor,
  { marginMs, windowMs }: { marginMs: number; windowMs: number }
): Promise<void> {
  // Ids are made for as many shops as can have a gap at once; a shop without one costs nothing.
  const ids = Array.from({ length: 50 }, () => generateEntityId(undefined, "sbf"))
  await sql.execute(
    `WITH gap AS (
       SELECT id, shop_id, gap_from - ? * interval '1 millisecond' AS from_at, now() AS to_at,
              row_number() OVER (ORDER BY id)::int AS place
         FROM (SELECT id, shop_id, gap_from FROM shopee_auth_token
                WHERE gap_from IS NOT NULL AND deleted_at IS NULL ORDER BY id LIMIT 50 FOR UPDATE SKIP LOCKED) found
     ), adopted AS (
       UPDATE shopee_auth_token token SET gap_from = NULL, updated_at = now() FROM gap WHERE token.id = gap.id
     )
     INSERT INTO shopee_backfill
       (id, shop_id, reason, status, from_at, to_at, windows_total, windows_done, orders_seen, injected_count, done_count,
        created_at, updated_at)
     SELECT (?::jsonb) ->> (place - 1), shop_id, 'reauthorization', 'open', from_at, to_at,
            (floor(extract(epoch FROM to_at - from_at) * 1000 / ?::float8) + 1)::int, 0, 0, 0, 0, now(), now()
       FROM gap`,
    [marginMs, JSON.stringify(ids), windowMs]
  )
}
