import type { NormalizedAddress, NormalizedCancellation, NormalizedOrder } from "../types/normalized-order"
import { ORDERSN_PATTERN } from "../types/push"
import { type ShopeeOrder, ShopeeOrderSchema } from "../types/shopee-order"
import { trimKeys } from "../types/tolerant-fields"
import { normalizeShopeeAddress, toCountryCode } from "./address"
import { normalizeLineItems } from "./line-items"
import { NormalizationError } from "./normalization-error"
import { normalizePackages } from "./packages"

/**
 * One order of `get_order_detail` in our terms (product §2). Tolerates Shopee's drift of types, names and placeholders; unknown
 * fields and unknown statuses are no error. `raw` is the value handed in, untouched.
 *
 * @throws NormalizationError when the order lacks what an import can't do without: order_sn, order_status, currency, update_time, and
 * at least one line with an item_id and a quantity
 */
export const normalizeShopeeOrder = (o: unknown): NormalizedOrder => {
  const parsed = ShopeeOrderSchema.safeParse(o)
  if (!parsed.success) {
    throw toNormalizationError(o, parsed.error.issues[0]?.path ?? [])
  }
  const order = parsed.data
  const lines = normalizeLineItems(order.item_list)
  return {
    ordersn: order.order_sn,
    shop_id: toShopId(order.shop_id),
    shopee_status: order.order_status.trim(),
    currency_code: order.currency.toLowerCase(),
    region: order.region,
    cod: order.cod,
    total_amount: order.total_amount,
    estimated_shipping_fee: order.estimated_shipping_fee,
    payment_method: textAsSent(order.payment_method),
    message_to_seller: textAsSent(order.message_to_seller),
    // Only shown, so an order isn't held for it.
    created_at: order.create_time ?? order.update_time,
    updated_at: order.update_time,
    paid_at: order.pay_time,
    cancellation: toCancellation(order),
    buyer: { user_id: toBuyerId(order.buyer_user_id), username: order.buyer_username },
    shipping_address: toShippingAddress(order),
    line_items: lines,
    packages: normalizePackages(order.package_list, lines),
    raw: o,
  }
}

const textAsSent = (value: unknown): string | null => (typeof value === "string" ? value : null)

const toShopId = (shopId: number | string | null): number => {
  const number = Number(shopId ?? 0)
  return Number.isSafeInteger(number) ? number : 0
}

/** 0 stands for a hidden buyer; taken as an id it would merge all of them. */
const toBuyerId = (userId: number | string | null): number | string | null =>
  userId === null || Number(userId) === 0 ? null : userId

const toCancellation = (order: ShopeeOrder): NormalizedCancellation | null => {
  const { cancel_by, cancel_reason, buyer_cancel_reason } = order
  if (cancel_by === null && cancel_reason === null && buyer_cancel_reason === null) {
    return null
  }
  return {
    cancelled_by: cancel_by?.trim().toLowerCase() ?? null,
    reason: cancel_reason,
    buyer_reason: buyer_cancel_reason,
  }
}

/** The order's region decides the country: the address's own may be masked. */
const toShippingAddress = (order: ShopeeOrder): NormalizedAddress | null => {
  if (order.recipient_address === null) {
    return null
  }
  const address = normalizeShopeeAddress(order.recipient_address)
  return { ...address, country_code: toCountryCode(order.region) ?? address.country_code }
}

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ["item_list", "Check the order's items in Shopee Seller Centre, then retry the order."],
  ["currency", "Check the order's currency in Shopee Seller Centre, then retry the order."],
])

const DEFAULT_ACTION = "Retry the order; if this stays, Shopee's answer has changed and the connector must follow."

const toNormalizationError = (o: unknown, path: readonly PropertyKey[]): NormalizationError => {
  const field = path.length === 0 ? "order" : path.map(String).join(".")
  const action = ACTIONS.get(String(path[0])) ?? DEFAULT_ACTION
  return new NormalizationError(readOrdersn(o), field, "is missing or can't be read", action)
}

const readOrdersn = (o: unknown): string | null => {
  const order = trimKeys(o)
  const ordersn = typeof order === "object" && order !== null && "order_sn" in order ? order.order_sn : null
  return typeof ordersn === "string" && ORDERSN_PATTERN.test(ordersn.trim()) ? ordersn.trim() : null
}
