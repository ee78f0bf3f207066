import type { OrderClaim } from "../types/inbox"

/** Columns that a claiming statement returns. */
export const CLAIM_COLUMNS = `sync.id, sync.claim_id, sync.shop_id, sync.ordersn, sync.due_version, sync.attempts, sync.first_failed_at,
  sync.medusa_order_id, sync.shopee_update_time, sync.heard_update_time, sync.rereads, sync.last_raw_event_id`

/** A row of a claiming statement, as Postgres answers it. */
export interface ClaimRow {
  id: string
  claim_id: string
  shop_id: string
  ordersn: string
  due_version: number
  attempts: number
  first_failed_at: Date | string | null
  medusa_order_id: string | null
  shopee_update_time: Date | string | null
  heard_update_time: Date | string | null
  rereads: number
  last_raw_event_id: string | null
}

const toDate = (value: Date | string | null): Date | null => (value === null ? null : new Date(value))

export function toOrderClaim(row: ClaimRow): OrderClaim {
  return {
    id: row.id,
    claimId: row.claim_id,
    shopId: row.shop_id,
    ordersn: row.ordersn,
    dueVersion: row.due_version,
    attempts: row.attempts,
    firstFailedAt: toDate(row.first_failed_at),
    medusaOrderId: row.medusa_order_id,
    shopeeUpdateTime: toDate(row.shopee_update_time),
    heardUpdateTime: toDate(row.heard_update_time),
    rereads: row.rereads,
    lastRawEventId: row.last_raw_event_id,
  }
}
