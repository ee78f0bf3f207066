import type { Amount, Page, Timestamp } from "./desk-values"

/** `provisional` until Shopee lists the escrow as released. */
export type EscrowState = "provisional" | "released"

/**
 * Why the payout is not the escrow: `adjustment` = Shopee's adjustments account for it, `unexplained` = they don't, `components` = the
 * payout is right, but the escrow's own parts don't add up.
 */
export type DifferenceCause = "adjustment" | "components" | "unexplained"

/** What Shopee settles for an order, as lists show it. */
export interface EscrowRow {
  ordersn: string
  shop_id: string
  currency: string
  state: EscrowState
  /** What Shopee owes the seller for the order. */
  escrow_amount: Amount
  /** What it paid out; null until it is released. */
  payout_amount: Amount | null
  /** What came on top of it or off it later. */
  adjustment_amount: Amount
  /** `payout_amount` less `escrow_amount`; what the components lack while it is provisional. */
  difference: Amount
  /** Null when there is no difference. */
  cause: DifferenceCause | null
  /** Completed longer ago than `PAYOUT_LATE_AFTER_DAYS`, and not released yet. */
  late: boolean
  buyer_total_amount: Amount
  commission_fee: Amount
  service_fee: Amount
  seller_transaction_fee: Amount
  /** When it was first fetched; `fetched_at` is the last time. */
  created_at: Timestamp
  fetched_at: Timestamp
  released_at: Timestamp | null
  medusa_order_id: string | null
}

/** An escrow with what it is made of. */
export interface EscrowView extends EscrowRow {
  /** By Shopee's names, negative where they lessen it; those that are 0 are left out. */
  components: { name: string; amount: Amount }[]
  /** `escrow_amount` less the sum of the components: "0" when they add up. */
  unexplained: Amount
}

/** Sums over every escrow that the filters let through, in one currency. */
export interface EscrowTotals {
  currency: string
  count: number
  escrow_amount: Amount
  released: { count: number; escrow_amount: Amount; payout_amount: Amount }
  provisional: { count: number; escrow_amount: Amount }
  late: { count: number; escrow_amount: Amount }
  /** Payouts less escrows, of those that were released. */
  difference: Amount
}

/** `GET /admin/connectors/shopee/escrows` */
export interface EscrowListAnswer extends Page {
  escrows: EscrowRow[]
  totals: EscrowTotals[]
}

/** Payouts of one week and currency. */
export interface EscrowWeek {
  /** Monday of the week in Singapore, YYYY-MM-DD. */
  week: string
  currency: string
  count: number
  escrow_amount: Amount
  payout_amount: Amount
}

/** `GET /admin/connectors/shopee/escrows/weeks`: released escrows by the week of their release, oldest first. */
export interface EscrowWeeksAnswer {
  weeks: EscrowWeek[]
}
