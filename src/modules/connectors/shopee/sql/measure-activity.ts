import type { SqlExecutor } from "../../../sql-executor"

/** What happened in one hour. Latencies are in milliseconds. */
export interface HourMeasure {
  hour: Date
  orders: number
  caught_up: number
  p50_ms: number | null
  p95_ms: number | null
}

/**
 * The last `hours` hours, the one at hand included, oldest first: how many orders were heard of, and how long pushes waited until their
 * order was where Shopee says it is. One work on an order answers all pushes that wait for it: the oldest of them counts, as in the
 * metric `shopee_order_latency_seconds`.
 *
 * Both sides read an index of times, however large the tables are. Hours are those of UTC: Singapore's begin with them.
 */
export async function measureActivity(sql: SqlExecutor, hours: number): Promise<HourMeasure[]> {
  const rows = await sql.execute(
    `WITH range AS (
       SELECT date_trunc('hour', now(), 'UTC') - (?::int - 1) * interval '1 hour' AS beginning
     ), heard AS (
       SELECT date_trunc('hour', created_at, 'UTC') AS hour, count(*)::int AS orders
         FROM shopee_order_sync
        WHERE created_at >= (SELECT beginning FROM range) AND deleted_at IS NULL
        GROUP BY 1
     ), waits AS (
       SELECT min(created_at) AS pushed_at, processed_at
         FROM shopee_raw_event
        WHERE created_at >= (SELECT beginning FROM range) AND purged_at IS NULL AND deleted_at IS NULL
          AND source = 'webhook' AND signature_ok AND processed AND ordersn IS NOT NULL AND processed_at >= created_at
        GROUP BY shop_id, ordersn, processed_at
     ), caught_up AS (
       SELECT date_trunc('hour', pushed_at, 'UTC') AS hour, count(*)::int AS count,
              percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM processed_at - pushed_at)::float8 * 1000)
                AS latencies
         FROM waits
        GROUP BY 1
     )
     SELECT hour, COALESCE(heard.orders, 0) AS orders, COALESCE(caught_up.count, 0) AS caught_up,
            round(caught_up.latencies[1])::float8 AS p50_ms, round(caught_up.latencies[2])::float8 AS p95_ms
       FROM generate_series((SELECT beginning FROM range), now(), interval '1 hour') AS hour
       LEFT JOIN heard USING (hour)
       LEFT JOIN caught_up USING (hour)
      ORDER BY hour`,
    [hours]
  )
  return rows as HourMeasure[]
}
