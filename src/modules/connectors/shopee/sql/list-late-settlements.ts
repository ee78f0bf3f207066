import type { SqlExecutor } from "../../../sql-executor"
import type { LateSettlement } from "../types/escrow"

/** Orders of a shop that were completed longer ago than `lateAfterMs`, but not before `sinceMs`, and are not in the list of payouts. */
export async function listLateSettlements(
  sql: SqlExecutor,
  { shopId, lateAfterMs, sinceMs }: { shopId: string; lateAfterMs: number; sinceMs: number }
): Promise<LateSettlement[]> {
  const rows = (await sql.execute(
    `SELECT sync.ordersn, sync.last_raw_event_id, escrow.escrow_amount::text AS amount, escrow.currency,
            floor(extract(epoch FROM now() - sync.shopee_update_time) / 86400)::int AS days
       FROM shopee_order_sync sync
       LEFT JOIN shopee_escrow escrow ON escrow.ordersn = sync.ordersn AND escrow.deleted_at IS NULL
      WHERE sync.shop_id = ? AND sync.shopee_status = 'COMPLETED' AND sync.deleted_at IS NULL
        AND sync.shopee_update_time < now() - ? * interval '1 millisecond'
        AND sync.shopee_update_time > now() - ? * interval '1 millisecond'
        AND escrow.escrow_release_time IS NULL
      ORDER BY sync.ordersn`,
    [shopId, lateAfterMs, sinceMs]
  )) as {
    ordersn: string
    last_raw_event_id: string | null
    amount: string | null
    currency: string | null
    days: number
  }[]
  return rows.map((row) => ({
    ordersn: row.ordersn,
    rawEventId: row.last_raw_event_id,
    amount: row.amount,
    currency: row.currency,
    days: row.days,
  }))
}
