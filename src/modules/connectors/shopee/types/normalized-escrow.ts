/**
 * A row of `shopee_escrow` but for its `shop_id`, which Shopee's answer doesn't name. Amounts are Shopee's JSON numbers in major
 * units of `currency`.
 */
export interface NormalizedEscrow {
  ordersn: string
  escrow_amount: number
  original_price: number
  seller_discount: number
  shopee_discount: number
  voucher_from_seller: number
  voucher_from_shopee: number
  commission_fee: number
  service_fee: number
  seller_transaction_fee: number
  actual_shipping_fee: number
  seller_lost_compensation: number
  buyer_total_amount: number
  currency: string
  /** Always null: only the escrow list knows when the money is released. */
  escrow_release_time: null
  /** The whole response as it was handed in. */
  raw_escrow_payload: Record<string, unknown>
  fetched_at: Date
}
