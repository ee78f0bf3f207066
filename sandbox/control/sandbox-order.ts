/** One line of get_order_detail. Prices are per piece, in major units. */
export interface DetailLine {
  item_id: number
  item_name: string
  item_sku: string
  model_id: number
  model_name: string
  model_sku: string
  model_quantity_purchased: number
  model_original_price: number
  model_discounted_price: number
  order_item_id: number
  line_item_id: number
  active_qty: number
  cancelled_qty: number
  [field: string]: unknown
}

/** The whole truth about an order: every field of get_order_detail, unmasked, and what only the sandbox knows. */
export interface SandboxOrder {
  order_sn: string
  shop_id: number
  order_status: string
  region: string
  currency: string
  cod: boolean
  create_time: number
  update_time: number
  pay_time: number | null
  buyer_user_id: number
  buyer_username: string
  message_to_seller: string
  cancel_by: string
  cancel_reason: string
  item_list: DetailLine[]
  recipient_address: Record<string, string>
  /** Absent until the order is paid (or is cash on delivery), as in Shopee's answer. */
  total_amount?: number
  /** Whether Shopee's answers mask the buyer. */
  masked: boolean | "partial"
  paid: boolean
  /** Whether the goods ever left (SHIPPED or later). */
  shipped: boolean
  completed_scenario: string
  /** In major units; `goods` is what the buyer pays for all pieces, bundles included. */
  amounts: {
    goods: number
    shipping_fee: number
    seller_voucher: number
    shopee_voucher: number
    coins: number
    buyer_fee: number
    shipping_discount: number
    bottle_deposit: number
    total: number
  }
  packages: {
    package_number: string
    tracking_number: string
    logistics_status: string
    items: { item_id: number; model_id: number; quantity: number }[]
  }[]
  escrow: {
    escrow_amount: number
    adjustments: number
    after_adjustment: number
    /** Epoch seconds; null until it is released. */
    release_time: number | null
    payout_amount: number | null
  }
  returns: SandboxReturn[]
  [field: string]: unknown
}

/** The truth about a return. */
export interface SandboxReturn {
  return_sn: string
  order_sn: string
  status: string
  refund_amount: number
  logistics_status: string
  /** Place of the line in the order, and pieces of it. */
  lines: { index: number; quantity: number }[]
  create_time: number
  update_time: number
}
