import { ShopeeOrderStatus } from "../types/enums"
import type { NormalizedLineItem, NormalizedOrder, NormalizedPackage } from "../types/normalized-order"
import type { PackageStage, PackageTarget } from "../types/plan"
import { keptQuantities } from "./line-targets"

const STAGES: readonly PackageStage[] = ["open", "packed", "shipped", "delivered"]

/**
 * How far every parcel has got at least once the order has a status (product paper §6.1). Other statuses say nothing of parcels. An
 * order can be packed and then ready to ship again, when a cancellation is refused: `open` says so.
 */
const STAGE_OF_ORDER: ReadonlyMap<string, PackageStage> = new Map<string, PackageStage>([
  [ShopeeOrderStatus.UNPAID, "open"],
  [ShopeeOrderStatus.READY_TO_SHIP, "open"],
  [ShopeeOrderStatus.PROCESSED, "packed"],
  [ShopeeOrderStatus.RETRY_SHIP, "packed"],
  [ShopeeOrderStatus.SHIPPED, "shipped"],
  [ShopeeOrderStatus.TO_CONFIRM_RECEIVE, "shipped"],
  [ShopeeOrderStatus.TO_RETURN, "shipped"],
  [ShopeeOrderStatus.COMPLETED, "delivered"],
])

/** What a parcel's own logistics status adds: an order's status follows its slowest parcel. */
const STAGE_OF_LOGISTICS: ReadonlyMap<string, PackageStage> = new Map<string, PackageStage>([
  ["LOGISTICS_PICKUP_DONE", "shipped"],
  ["LOGISTICS_DELIVERY_FAILED", "shipped"],
  ["LOGISTICS_LOST", "shipped"],
  ["LOGISTICS_DELIVERY_DONE", "delivered"],
])

const later = (a: PackageStage, b: PackageStage): PackageStage => (STAGES.indexOf(a) >= STAGES.indexOf(b) ? a : b)

const isOf = (item: NormalizedPackage["items"][number], line: NormalizedLineItem): boolean =>
  item.item_id === line.item_id &&
  item.model_id === line.model_id &&
  (item.order_item_id === null || item.order_item_id === line.order_item_id)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Shares the order's lines out among its parcels. A parcel names items by ids that several lines may have, so each piece is given
 * away once; what no parcel names goes with the last one, since Shopee ships an order whole. A line that was cancelled is named
 * with 0 pieces, so that it goes with none. Parcels and lines are taken by their numbers and keys: readings that list them in another
 * sequence share out the same.
 */
function shareOut(order: NormalizedOrder, packages: readonly NormalizedPackage[]): Map<string, PackageTarget["items"]> {
  const kept = keptQuantities(order)
  const left = new Map(kept)
  const lines = [...order.line_items].sort((a, b) => compare(a.key, b.key))
  const shares = new Map<string, PackageTarget["items"]>()
  for (const parcel of [...packages].sort((a, b) => compare(a.package_number, b.package_number))) {
    const share: PackageTarget["items"] = []
    for (const item of parcel.items) {
      let wanted = item.quantity
      for (const line of lines.filter((candidate) => isOf(item, candidate))) {
        const quantity = Math.min(wanted, left.get(line.key) ?? 0)
        if (quantity > 0) {
          share.push({ key: line.key, quantity })
          left.set(line.key, (left.get(line.key) ?? 0) - quantity)
          wanted -= quantity
        }
      }
    }
    shares.set(parcel.package_number, share)
  }
  const last = [...shares.values()].at(-1)
  for (const [key, rest] of left) {
    if (rest > 0 || kept.get(key) === 0) {
      last?.push({ key, quantity: rest })
    }
  }
  return shares
}

/**
 * The parcels of an order and how far each has got. An order that lists no parcel is one parcel under the order's own
 * number. A cancelled order has parcels only if one of them has left all the same, by its own logistics status; the others are open.
 *
 * @param trackingNumbers by package number, as push 4 told them: the order's detail does not carry them
 */
export function packageTargets(order: NormalizedOrder, trackingNumbers: ReadonlyMap<string, string>): PackageTarget[] {
  const isCancelled = order.shopee_status === ShopeeOrderStatus.CANCELLED
  const floor = isCancelled ? "open" : STAGE_OF_ORDER.get(order.shopee_status)
  if (floor === undefined) {
    return []
  }
  const packages: NormalizedPackage[] =
    order.packages.length > 0
      ? order.packages
      : [{ package_number: order.ordersn, logistics_status: null, carrier: null, tracking_number: null, items: [] }]
  const shares = shareOut(order, packages)
  const targets = packages.map((parcel) => ({
    packageNumber: parcel.package_number,
    stage: later(floor, STAGE_OF_LOGISTICS.get(parcel.logistics_status ?? "") ?? floor),
    trackingNumber: trackingNumbers.get(parcel.package_number) ?? parcel.tracking_number,
    carrier: parcel.carrier,
    items: shares.get(parcel.package_number) ?? [],
  }))
  return isCancelled && targets.every(({ stage }) => stage === "open") ? [] : targets
}
