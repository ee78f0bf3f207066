import type { EscrowClaim } from "../types/escrow"

/** Condition on `sync`: nobody is fetching the order's escrow, or who did has died. */
export const ESCROW_UNCLAIMED = `sync.deleted_at IS NULL AND (sync.escrow_lease_until IS NULL OR sync.escrow_lease_until < now())`

/** Columns that a claiming statement returns. */
export const ESCROW_CLAIM_COLUMNS = `sync.id, sync.escrow_claim_id, sync.shop_id, sync.ordersn, sync.escrow_attempts,
  sync.escrow_first_failed_at, sync.medusa_order_id, sync.last_raw_event_id`

/** A row of a claiming statement, as Postgres answers it. */
export interface EscrowClaimRow {
  id: string
  escrow_claim_id: string
  shop_id: string
  ordersn: string
  escrow_attempts: number
  escrow_first_failed_at: Date | string | null
  medusa_order_id: string | null
  last_raw_event_id: string | null
}

export function toEscrowClaim(row: EscrowClaimRow): EscrowClaim {
  return {
    id: row.id,
    claimId: row.escrow_claim_id,
    shopId: row.shop_id,
    ordersn: row.ordersn,
    attempts: row.escrow_attempts,
    firstFailedAt: row.escrow_first_failed_at === null ? null : new Date(row.escrow_first_failed_at),
    medusaOrderId: row.medusa_order_id,
    lastRawEventId: row.last_raw_event_id,
  }
}
