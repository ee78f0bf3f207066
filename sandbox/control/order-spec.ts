/** An id as a whole number, or as its digits when it is above 2^53. */
export type ShopeeId = number | string

/** What a buyer buys. Money is in major units and per piece. */
export interface LineSpec {
  /** The variation's SKU (`model_sku`); with `no_variation` it becomes the item's. */
  sku?: string
  item_sku?: string
  name: string
  /** What the buyer pays for one piece, also inside a bundle. */
  price: number
  /** Default: `price`. */
  original_price?: number
  quantity: number
  /** Default: one id for each sku (or name), the same in every order. */
  item_id?: ShopeeId
  model_id?: ShopeeId
  model_name?: string
  /** Part of a bundle deal: Shopee then reports a discounted price of 0. */
  bundle?: boolean
  /** Bought as an add-on; the order's first line that is no add-on becomes its main item. */
  add_on?: boolean
  wholesale?: boolean
  /** The item has no variations: model_id 0, blank model_name and model_sku. */
  no_variation?: boolean
}

export interface RecipientSpec {
  name?: string
  phone?: string
  town?: string
  district?: string
  city?: string
  state?: string
  region?: string
  zipcode?: string
  full_address?: string
}

/** `true`: every field reads `****`, as in Singapore; `"partial"`: name, phone and address keep an end, places stay clear. */
export type Masking = boolean | "partial"

/** An order to create. Money in major units, times in epoch seconds. */
export interface OrderSpec {
  /** Default: the sandbox's shop. */
  shop_id?: number
  buyer?: { user_id?: number; username?: string }
  lines: LineSpec[]
  shipping_fee?: number
  seller_voucher?: number
  shopee_voucher?: number
  coins?: number
  buyer_fee?: number
  /** What Shopee pays of `shipping_fee`: free shipping shows the fee all the same, and the buyer's total without it. */
  shipping_discount?: number
  /** Deposit for bottles and cans (Singapore's return scheme): the buyer pays it on top, the seller gets it. */
  bottle_deposit?: number
  cod?: boolean
  /** Default UNPAID, or READY_TO_SHIP for cash on delivery. The steps in between are taken silently. */
  status?: string
  recipient?: RecipientSpec
  masked?: Masking
  message?: string
  /** Default SGD. */
  currency?: string
  /** Default SG. */
  region?: string
  /** Whether a push is sent. Default true. */
  push?: boolean
  /** None of the items has variations. */
  no_variation?: boolean
  ordersn?: string
  create_time?: number
  /** How many packages the order is split into, once it is arranged. Default 1. */
  packages?: number
  /** Fields that replace those of get_order_detail as they are, to make an order that Shopee should never send. */
  detail_overrides?: Record<string, unknown>
}

/** How a move goes. Times in epoch seconds. */
export interface MoveOptions {
  /** Split into this many packages (from READY_TO_SHIP on). */
  packages?: number
  /** Tracking numbers in package order. Default: generated when the order is PROCESSED; `false`: none yet. */
  tracking?: string | string[] | false
  cancel_by?: string
  cancel_reason?: string
  buyer_cancel_reason?: string
  /** Default `NORMAL` for COMPLETED, else empty. `RRAOC` is a return after completion. */
  completed_scenario?: string
  /** Whether pushes are sent. Default true. */
  push?: boolean
  /** Also send push 15 (shipping document ready) for every package. Default false. */
  document_push?: boolean
  /** Skip the check that Shopee allows this transition; any text is then a status. */
  force?: boolean
  /** When it happened. Default: the sandbox's now. */
  at?: number
}

/** A change of an order's line, found by its place in the order. */
export interface LineChange {
  index: number
  cancelled_qty?: number
  cancel_requested_qty?: number
  return_requested_qty?: number
  returned_qty?: number
}

/** A change of one package, found by its place in the order. */
export interface PackageChange {
  index: number
  logistics_status?: string
  /** A new number is announced by push 4. */
  tracking_number?: string
}

/** What changes about an order without moving it. */
export interface OrderChange {
  recipient?: RecipientSpec
  masked?: Masking
  message?: string
  note?: string
  shipping_fee?: number
  seller_voucher?: number
  shopee_voucher?: number
  coins?: number
  buyer_fee?: number
  /** What Shopee pays of `shipping_fee`: free shipping shows the fee all the same, and the buyer's total without it. */
  shipping_discount?: number
  /** Deposit for bottles and cans (Singapore's return scheme): the buyer pays it on top, the seller gets it. */
  bottle_deposit?: number
  lines?: LineChange[]
  packages?: PackageChange[]
  detail_overrides?: Record<string, unknown>
  /** Send push 3 with the unchanged status. Default false. */
  push?: boolean
  /** Default: the sandbox's now. */
  update_time?: number
}
