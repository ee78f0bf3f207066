import type { SqlExecutor } from "../../../sql-executor"
import type { BackfillReason } from "../types/enums"
import type { SettledBackfill } from "../types/recovery"

interface SettledRow {
  shop_id: string
  reason: BackfillReason
  from_at: Date
  to_at: Date
  orders_seen: number
  injected_count: number
  done_count: number
}

/** How long after its last window a backfill is told of although some of its orders wait: for a person, or to be tried again. */
const TOLD_AFTER_MINUTES = 15

/**
 * Counts what the backfills have injected and how much of it is done. A backfill is settled once all its windows are read and all its
 * orders are done. It is told of then, or a while after its last window: an order that waits for a person must not keep the others' news.
 *
 * @returns the backfills to tell of, each once
 */
export async function settleBackfills(sql: SqlExecutor): Promise<SettledBackfill[]> {
  const rows = (await sql.execute(
    `WITH counted AS (
       SELECT backfill.id, events.injected, events.done,
              backfill.status = 'done' AND backfill.announced_at IS NULL
                AND (events.done >= events.injected OR backfill.finished_at < now() - ? * interval '1 minute') AS is_news
         FROM shopee_backfill backfill
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS injected, (count(*) FILTER (WHERE event.processed))::int AS done
            FROM shopee_raw_event event
           WHERE event.finding_run_id = backfill.id AND event.deleted_at IS NULL) events
        WHERE backfill.settled_at IS NULL AND backfill.deleted_at IS NULL
        ORDER BY backfill.id
        FOR UPDATE OF backfill SKIP LOCKED
     ), written AS (
       UPDATE shopee_backfill backfill
          SET injected_count = counted.injected, done_count = counted.done,
              settled_at = CASE WHEN backfill.status = 'done' AND counted.done >= counted.injected THEN now() END,
              announced_at = CASE WHEN counted.is_news THEN now() ELSE backfill.announced_at END,
              updated_at = now()
         FROM counted WHERE backfill.id = counted.id
       RETURNING backfill.*, counted.is_news
     )
     SELECT shop_id, reason, from_at, to_at, orders_seen, injected_count, done_count FROM written WHERE is_news`,
    [TOLD_AFTER_MINUTES]
  )) as SettledRow[]
  return rows.map((row) => ({
    shopId: row.shop_id,
    reason: row.reason,
    from: new Date(row.from_at),
    to: new Date(row.to_at),
    ordersSeen: row.orders_seen,
    injected: row.injected_count,
    done: row.done_count,
  }))
}
