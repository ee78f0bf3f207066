/**
 * Days after its completion in which an order's payout should be in Shopee's list. Shopee names no limit: it releases an escrow within
 * days of the completion, and a weekend and a holiday fit in this.
 */
export const PAYOUT_LATE_AFTER_DAYS = 10
