import { PAYOUT_LATE_AFTER_DAYS } from "../types/settlement"

/** An escrow as the desk reads it. Amounts are decimal text in major units. */
export interface EscrowRecord {
  id: string
  ordersn: string
  shop_id: string
  currency: string
  escrow_amount: string
  payout_amount: string | null
  adjustment_amount: string | null
  difference: string | null
  adds_up: boolean | null
  late: boolean
  buyer_total_amount: string
  commission_fee: string
  service_fee: string
  seller_transaction_fee: string
  created_at: Date
  fetched_at: Date
  escrow_release_time: Date | null
  medusa_order_id: string | null
}

/** Condition on `escrow`: the money should have been there by now. The nightly backstop alerts by the same rule (`list-late-settlements.ts`). */
export const IS_LATE = `(escrow.escrow_release_time IS NULL AND EXISTS (
  SELECT 1 FROM shopee_order_sync completed
   WHERE completed.shop_id = escrow.shop_id AND completed.ordersn = escrow.ordersn AND completed.deleted_at IS NULL
     AND completed.shopee_status = 'COMPLETED'
     AND completed.shopee_update_time < now() - interval '${PAYOUT_LATE_AFTER_DAYS} days'))`

/** The columns of `EscrowRecord`, from `shopee_escrow escrow` and `shopee_order_sync sync`. */
export const ESCROW_COLUMNS = `escrow.id, escrow.ordersn, escrow.shop_id, escrow.currency, escrow.escrow_amount::text,
  escrow.payout_amount::text, escrow.adjustment_amount::text, escrow.difference::text, escrow.adds_up, ${IS_LATE} AS late,
  escrow.buyer_total_amount::text, escrow.commission_fee::text, escrow.service_fee::text, escrow.seller_transaction_fee::text,
  escrow.created_at, escrow.fetched_at, escrow.escrow_release_time, sync.medusa_order_id`

/** An escrow belongs to the order of its shop. */
export const JOIN_ORDER = `LEFT JOIN shopee_order_sync sync
  ON sync.shop_id = escrow.shop_id AND sync.ordersn = escrow.ordersn AND sync.deleted_at IS NULL`
