import type { SqlExecutor } from "../../../sql-executor"
import type { InboxLevels } from "../types/metrics"

interface LevelsRow {
  due: number
  claimed: number
  backing_off: number
  held: number
  pending_events: number
  escrows: number
  oldest_due_seconds: number
}

/** How much waits, and for how long. Every count reads a partial index of what waits, and none of what is done. */
export async function measureInbox(sql: SqlExecutor): Promise<InboxLevels> {
  const [row] = (await sql.execute(
    `SELECT waiting.due, waiting.claimed, waiting.backing_off, waiting.oldest_due_seconds,
            (SELECT count(*) FROM shopee_order_sync WHERE status = 'failed' AND deleted_at IS NULL)::int AS held,
            (SELECT count(*) FROM shopee_raw_event
              WHERE processed = false AND ordersn IS NULL AND deleted_at IS NULL
                AND signature_ok IS DISTINCT FROM false)::int AS pending_events,
            (SELECT count(*) FROM shopee_order_sync
              WHERE escrow_due_at IS NOT NULL AND deleted_at IS NULL)::int AS escrows
       FROM (
         SELECT count(*) FILTER (WHERE due_at <= now() AND NOT held_by_worker)::int AS due,
                count(*) FILTER (WHERE held_by_worker)::int AS claimed,
                count(*) FILTER (WHERE due_at > now() AND NOT held_by_worker)::int AS backing_off,
                COALESCE(EXTRACT(EPOCH FROM now() - min(due_at) FILTER (WHERE due_at <= now())), 0)::float8
                  AS oldest_due_seconds
           FROM (SELECT due_at, COALESCE(lease_until >= now(), false) AS held_by_worker
                   FROM shopee_order_sync WHERE due_at IS NOT NULL AND deleted_at IS NULL) AS queue
       ) AS waiting`
  )) as [LevelsRow]
  return {
    due: row.due,
    claimed: row.claimed,
    backingOff: row.backing_off,
    held: row.held,
    pendingEvents: row.pending_events,
    escrows: row.escrows,
    oldestDueSeconds: row.oldest_due_seconds,
  }
}
