import type { SqlExecutor } from "../../../sql-executor"

/**
 * Stops calling Shopee for a shop for a while. The delay grows with the failures in a row: `baseMs` × 2^n, at most `capMs`, with
 * full jitter, so that several workers don't come back at the same moment. A longer pause that is in force stays.
 *
 * @returns how many calls in a row have failed now.
 */
export async function pauseShop(
  sql: SqlExecutor,
  { shopId, baseMs, capMs, atLeastMs }: { shopId: string; baseMs: number; capMs: number; atLeastMs: number }
): Promise<number> {
  const rows = await sql.execute(
    `UPDATE shopee_auth_token
        SET paused_until = GREATEST(
              COALESCE(paused_until, now()),
              now() + GREATEST(?::float8, (0.2 + 0.8 * random()) * LEAST(?::float8, ?::float8 * power(2, LEAST(outage_calls, 20))))
                      * interval '1 millisecond'),
            outage_calls = outage_calls + 1, updated_at = now()
      WHERE shop_id = ? AND deleted_at IS NULL
     RETURNING outage_calls`,
    [atLeastMs, capMs, baseMs, shopId]
  )
  const [row] = rows as { outage_calls: number }[]
  return row?.outage_calls ?? 0
}
