import type { NormalizedLineItem, NormalizedPackage, NormalizedPackageItem } from "../types/normalized-order"
import type { ShopeePackage } from "../types/shopee-order"

/**
 * The parcels of a Shopee order. Shopee numbers a parcel before it can be shipped, so one without a number is left out. Old answers
 * name a parcel's items without their quantity, or none at all: such an item goes with all its pieces, and a single parcel
 * without items carries the whole order.
 */
export const normalizePackages = (
  packages: readonly ShopeePackage[],
  lines: readonly NormalizedLineItem[]
): NormalizedPackage[] => {
  const numbered = packages.filter((parcel) => parcel.package_number !== null)
  return numbered.map((parcel) => {
    const items = parcel.item_list.flatMap((item) => toPackageItem(item, lines))
    return {
      package_number: parcel.package_number ?? "",
      logistics_status: parcel.logistics_status,
      carrier: parcel.shipping_carrier,
      tracking_number: parcel.tracking_number,
      items: items.length === 0 && numbered.length === 1 ? lines.flatMap(wholeLine) : items,
    }
  })
}

const toPackageItem = (
  item: ShopeePackage["item_list"][number],
  lines: readonly NormalizedLineItem[]
): NormalizedPackageItem[] => {
  if (item.item_id === null) {
    return []
  }
  const itemId = String(item.item_id)
  const modelId = String(item.model_id ?? 0)
  const orderItemId = item.order_item_id === null ? null : String(item.order_item_id)
  const ofItem = lines.filter(
    (line) =>
      line.item_id === itemId &&
      line.model_id === modelId &&
      (orderItemId === null || line.order_item_id === orderItemId)
  )
  const quantity = item.model_quantity ?? ofItem.reduce((sum, line) => sum + line.active_quantity, 0)
  return quantity > 0 ? [{ item_id: itemId, model_id: modelId, order_item_id: orderItemId, quantity }] : []
}

const wholeLine = ({
  item_id,
  model_id,
  order_item_id,
  active_quantity,
}: NormalizedLineItem): NormalizedPackageItem[] =>
  active_quantity > 0 ? [{ item_id, model_id, order_item_id, quantity: active_quantity }] : []
