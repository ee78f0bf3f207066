import type { NormalizedLineItem } from "../types/normalized-order"
import type { ShopeeOrderItem } from "../types/shopee-order"
import { isBlank } from "../types/tolerant-fields"

const BUNDLE = "bundle_deal"

/** Promotions whose line has a price of its own, and may be a real gift at 0. */
const ADD_ON = /^add_on_/

/**
 * The lines of a Shopee order. Every line gets a `key` that doesn't depend on the order in which Shopee lists them, since two
 * readings of one order needn't agree on it.
 */
export const normalizeLineItems = (items: readonly ShopeeOrderItem[]): NormalizedLineItem[] => {
  const itemKeys = toItemKeys(items)
  const lineItemIds = items.map((item) => idText(item.line_item_id))
  return items.map((item, index) => {
    const itemKey = itemKeys[index] ?? ""
    const lineItemId = lineItemIds[index] ?? null
    // An id above 2^53 is rounded by JSON.parse and can then repeat: such an id names no line.
    const isUnique = lineItemId !== null && lineItemIds.filter((id) => id === lineItemId).length === 1
    return toLineItem(item, itemKey, isUnique ? lineItemId : itemKey)
  })
}

const toLineItem = (item: ShopeeOrderItem, itemKey: string, key: string): NormalizedLineItem => {
  const inBundle = isInBundle(item)
  const quantity = item.model_quantity_purchased
  const cancelled = Math.min(item.cancelled_qty ?? 0, quantity)
  // `active_qty` is what is "still expected to be fulfilled": whether what was delivered or returned counts is not said, so that what
  // was cancelled decides where Shopee tells it.
  const active = item.cancelled_qty === null ? (item.active_qty ?? quantity) : quantity - cancelled
  return {
    key,
    item_key: itemKey,
    item_id: String(item.item_id),
    model_id: idText(item.model_id) ?? "0",
    order_item_id: idText(item.order_item_id),
    sku: lookupSku(item),
    quantity,
    pieces_per_unit: 1,
    active_quantity: Math.min(active, quantity),
    cancel_requested_quantity: item.cancel_requested_qty ?? 0,
    cancelled_quantity: cancelled,
    return_requested_quantity: item.return_requested_qty ?? 0,
    returned_quantity: item.returned_qty ?? 0,
    unit_price: unitPrice(item, inBundle),
    discounted_price: item.model_discounted_price,
    original_price: item.model_original_price,
    in_bundle: inBundle,
    title: item.item_name ?? `Shopee item ${item.item_id}`,
    model_name: item.model_name,
    metadata: {
      shopee_item_id: item.item_id,
      shopee_model_id: item.model_id ?? 0,
      shopee_item_sku: item.item_sku ?? "",
      shopee_model_name: item.model_name ?? "",
      shopee_original_price: item.model_original_price,
    },
  }
}

const idText = (id: number | string | null): string | null => (id === null ? null : String(id))

/**
 * `model_sku`; the item's own SKU only when the item has no variations (model 0, or a model without a name), since with several
 * variations it names none of them and would take stock from the wrong one. Exact: not trimmed.
 */
const lookupSku = (item: ShopeeOrderItem): string | null => {
  const hasVariation = idText(item.model_id ?? 0) !== "0" && !isBlank(item.model_name ?? "")
  return item.model_sku ?? (hasVariation ? null : item.item_sku)
}

/**
 * Whether a line is part of a bundle deal, whose lines Shopee prices at 0. Shopee says so in `promotion_type` or `promotion_list`. Where
 * both are silent, its rule for `order_item_id` decides: the item's id outside of bundles, a small shared number inside. An add-on
 * line is none: a gift at 0 is free and stays free.
 */
export const isInBundle = (item: ShopeeOrderItem): boolean => {
  const promotions = [item.promotion_type, ...item.promotion_list.map((promotion) => promotion.promotion_type)]
    .filter((promotion) => promotion !== null)
    .map((promotion) => promotion.trim().toLowerCase())
  if (promotions.includes(BUNDLE)) {
    return true
  }
  if (item.add_on_deal || promotions.some((promotion) => ADD_ON.test(promotion))) {
    return false
  }
  const orderItemId = idText(item.order_item_id)
  return orderItemId !== null && orderItemId !== "0" && orderItemId !== String(item.item_id)
}

/**
 * Product §6.2. A price that is absent or negative doesn't hold an order: the buyer's total decides, and what the lines don't
 * explain is named there.
 */
const unitPrice = (item: ShopeeOrderItem, inBundle: boolean): number => {
  const original = Math.max(item.model_original_price ?? 0, 0)
  const discounted = item.model_discounted_price === null ? original : Math.max(item.model_discounted_price, 0)
  return inBundle && discounted === 0 ? original : discounted
}

/**
 * `order_item_id:item_id:model_id:ordinal`. The same item can stand in an order twice (some pieces at a promotion's price, some
 * not), so the ordinal counts by price and quantity, which later readings don't change.
 */
const toItemKeys = (items: readonly ShopeeOrderItem[]): string[] => {
  const groups = new Map<string, number[]>()
  items.forEach((item, index) => {
    const group = [idText(item.order_item_id) ?? "", idText(item.item_id), idText(item.model_id) ?? "0"].join(":")
    groups.set(group, [...(groups.get(group) ?? []), index])
  })
  const keys = new Array<string>(items.length)
  for (const [group, indexes] of groups) {
    const ranked = [...indexes].sort((a, b) => compareLines(items[a], items[b]) || a - b)
    ranked.forEach((index, ordinal) => {
      keys[index] = `${group}:${ordinal}`
    })
  }
  return keys
}

const compareLines = (a: ShopeeOrderItem | undefined, b: ShopeeOrderItem | undefined): number => {
  const rankOf = (item: ShopeeOrderItem | undefined) => [
    item?.model_discounted_price ?? -1,
    item?.model_original_price ?? -1,
    item?.model_quantity_purchased ?? -1,
  ]
  const other = rankOf(b)
  return rankOf(a).reduce((order, rank, position) => order || rank - (other[position] ?? -1), 0)
}
