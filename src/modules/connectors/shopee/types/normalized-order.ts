/** A Shopee id: the JSON number Shopee sent, or its digits when it came as text. Becomes text where it is stored. */
export type ShopeeId = number | string

/** A delivery address in Medusa's fields. Masked values (`****`) are kept as they came; see `normalizers/masked.ts`. */
export interface NormalizedAddress {
  /** The whole name: names are never split. */
  first_name: string
  last_name: string
  /** Shopee's `full_address`. */
  address_1: string
  address_2: null
  city: string
  postal_code: string
  /** Two lower-case letters; null when absent or masked. */
  country_code: string | null
  /** Shopee's `state`; null when empty. */
  province: string | null
  phone: string
}

/** What is kept of Shopee's line on the Medusa line. */
export interface NormalizedLineItemMetadata {
  shopee_item_id: ShopeeId
  /** 0 = the item has no variations. */
  shopee_model_id: ShopeeId
  shopee_item_sku: string
  shopee_model_name: string
  /** Per piece, in major units; null when absent. */
  shopee_original_price: number | null
}

/** One line of a Shopee order. Prices are per piece, in major units. */
export interface NormalizedLineItem {
  /** Names the line within its order, whatever the order in which lines are listed: `line_item_id`, else `item_key`. */
  key: string
  /** `order_item_id:item_id:model_id:ordinal`. Matches a line that was imported before Shopee gave it a `line_item_id`. */
  item_key: string
  item_id: string
  /** "0" = the item has no variations. */
  model_id: string
  order_item_id: string | null
  /** The SKU to look up: `model_sku`, or `item_sku` when there is no variation. null when Shopee has none. */
  sku: string | null
  /** Pieces bought: units as Shopee sells them, or what is in them once `inPieces` counted. */
  quantity: number
  /** Pieces in one unit of Shopee's; 1 unless a person said that the listing is a pack. */
  pieces_per_unit: number
  /** Pieces that were not cancelled: still to be delivered, delivered, or returned since. */
  active_quantity: number
  cancel_requested_quantity: number
  cancelled_quantity: number
  return_requested_quantity: number
  returned_quantity: number
  /** What the line costs by product §6.2: `discounted_price`, or `original_price` when that is 0 in a bundle. Never negative. */
  unit_price: number
  discounted_price: number | null
  original_price: number | null
  in_bundle: boolean
  title: string
  model_name: string | null
  metadata: NormalizedLineItemMetadata
}

/** One line's share of a package. Found among the order's lines by its three ids. */
export interface NormalizedPackageItem {
  item_id: string
  model_id: string
  order_item_id: string | null
  quantity: number
}

/** One parcel of an order. */
export interface NormalizedPackage {
  package_number: string
  /** `LOGISTICS_…`; null when absent. */
  logistics_status: string | null
  carrier: string | null
  tracking_number: string | null
  items: NormalizedPackageItem[]
}

/** Who cancelled and why; every text as Shopee sent it. */
export interface NormalizedCancellation {
  /** buyer, seller, system or ops, lower case. */
  cancelled_by: string | null
  reason: string | null
  buyer_reason: string | null
}

/** A Shopee order in our terms. Amounts are Shopee's JSON numbers in major units of `currency_code` (product §2, §6.6). */
export interface NormalizedOrder {
  ordersn: string
  /** 0 when absent: `get_order_detail` doesn't name the shop. */
  shop_id: number
  /** As sent; a value outside `ShopeeOrderStatus` is possible. */
  shopee_status: string
  /** Lower case, ISO 4217. */
  currency_code: string
  /** The order's country as Shopee writes it ("SG"); null when absent. */
  region: string | null
  cod: boolean
  /** What the buyer pays; null until the order is paid, and when Shopee sends no number. */
  total_amount: number | null
  estimated_shipping_fee: number | null
  payment_method: string | null
  message_to_seller: string | null
  created_at: Date
  updated_at: Date
  /** null until paid. A COD order is paid after its pick-up. */
  paid_at: Date | null
  /** null when nothing of a cancellation is known. */
  cancellation: NormalizedCancellation | null
  /** `user_id` null: Shopee hides who the buyer is; such orders must not share a customer. */
  buyer: { user_id: ShopeeId | null; username: string | null }
  /** null when Shopee gave none. */
  shipping_address: NormalizedAddress | null
  line_items: NormalizedLineItem[]
  packages: NormalizedPackage[]
  /** The order exactly as it was handed in. */
  raw: unknown
}
