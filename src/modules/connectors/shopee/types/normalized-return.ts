/** Money in major units as decimal text. */
type DecimalText = string

/**
 * Where the goods of a return are:
 *
 * - `none`: nothing comes back, only money goes
 * - `awaited`: with the buyer, or on their way
 * - `returned`: with the seller
 * - `at_warehouse`: with Shopee, which checks them; Shopee does not tell when they go on
 * - `lost`: on their way
 */
export type ReturnGoods = "none" | "awaited" | "returned" | "at_warehouse" | "lost"

/** Pieces of one item of a return. A return names no line of the order: those are found by both ids. */
export interface NormalizedReturnItem {
  /** Null when Shopee names none. */
  item_id: string | null
  /** "0" = the item has no variations. */
  model_id: string
  /** Null when Shopee names none. */
  quantity: number | null
  sku: string | null
}

/** A return of a Shopee order in our terms. Holds nothing of the buyer: no name, address, text or picture. */
export interface NormalizedReturn {
  return_sn: string
  ordersn: string
  /** As sent; a value outside `ShopeeReturnStatus` is possible. */
  status: string
  reason: string | null
  /** What the buyer gets back; null when Shopee names no amount, or a negative one. */
  refund_amount: DecimalText | null
  /** Upper case, ISO 4217. */
  currency: string | null
  goods: ReturnGoods
  /** True when it was raised after the order was completed. */
  after_completion: boolean
  /** Shopee decides between buyer and seller, or waits for the seller's evidence. */
  disputed: boolean
  /** By when the seller has to act; null when Shopee names no time. */
  due_at: Date | null
  logistics_status: string | null
  tracking_number: string | null
  items: NormalizedReturnItem[]
  requested_at: Date | null
  updated_at: Date
}

/** A return as it is kept. */
export interface KnownReturn extends NormalizedReturn {
  /** When we first saw that Shopee had paid the buyer; it stays, whatever Shopee says later. */
  refund_paid_at: Date | null
  fetched_at: Date
  /** Nothing about it can change any more, so that it is not read again. */
  final: boolean
}
