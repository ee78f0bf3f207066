import { ShopeeOrderStatus } from "../types/enums"
import type { NormalizedLineItem, NormalizedOrder } from "../types/normalized-order"
import type { LineTarget, MedusaOrderView, OrderLineView, PackageTarget } from "../types/plan"

/**
 * Whether Shopee cancelled some pieces and not the order. All pieces cancelled while the order is not is a reading on its way to
 * CANCELLED: it is left to that status to say so.
 */
export function isPartlyCancelled({ shopee_status, line_items }: NormalizedOrder): boolean {
  return (
    shopee_status !== ShopeeOrderStatus.CANCELLED &&
    line_items.some(({ active_quantity, quantity }) => active_quantity < quantity) &&
    line_items.some(({ active_quantity }) => active_quantity > 0)
  )
}

/** Pieces of each line, by its key, that the order is about: all that were bought, less those that were cancelled one by one. */
export function keptQuantities(order: NormalizedOrder): Map<string, number> {
  const isPartly = isPartlyCancelled(order)
  return new Map(
    order.line_items.map(({ key, quantity, active_quantity }) => [key, isPartly ? active_quantity : quantity])
  )
}

/**
 * Medusa's order with its lines named as the reading names them. A line that was imported before Shopee gave it a `line_item_id` is known
 * by its item key; no two lines of one side get the same of the other.
 */
export function identifyLines(current: MedusaOrderView, items: readonly NormalizedLineItem[]): MedusaOrderView {
  const named = new Set(current.lines.flatMap(({ key }) => key ?? []))
  const unnamed = new Map(items.filter(({ key }) => !named.has(key)).map(({ key, item_key }) => [item_key, key]))
  const keys = new Set(items.map(({ key }) => key))
  const lines = current.lines.map((line): OrderLineView => {
    const key = line.key !== null && keys.has(line.key) ? undefined : unnamed.get(line.itemKey ?? "")
    if (key === undefined) {
      return line
    }
    unnamed.delete(line.itemKey ?? "")
    return { ...line, key }
  })
  return { ...current, lines }
}

/** Pieces of a line that no plan can unpack: they have left, were packed by hand, or the status says nothing of parcels. */
function immovable(line: OrderLineView, { fulfillments }: MedusaOrderView, packages: readonly PackageTarget[]): number {
  const movable = fulfillments
    .filter(({ shipped, packageNumber }) => packages.length > 0 && !shipped && packageNumber !== null)
    .flatMap(({ items }) => items)
    .reduce((pieces, { lineId, quantity }) => (lineId === line.lineId ? pieces + quantity : pieces), 0)
  return Math.max(line.fulfilled - movable, line.shipped)
}

/**
 * How many pieces each line has to have. Of an order that Medusa has, lines only become fewer, and never fewer than what can't be taken
 * back any more.
 *
 * @param current as `identifyLines` names it; null when Medusa has no order yet
 */
export function lineTargets(
  order: NormalizedOrder,
  current: MedusaOrderView | null,
  packages: readonly PackageTarget[]
): LineTarget[] {
  return [...keptQuantities(order)].map(([key, kept]) => {
    const line = current?.lines.find((candidate) => candidate.key === key)
    if (!current || !line) {
      return { key, quantity: kept, outOfReach: 0 }
    }
    const stuck = immovable(line, current, packages)
    const isTold = packages.length > 0 || line.shipped > kept
    return {
      key,
      quantity: Math.min(line.quantity, Math.max(kept, stuck)),
      outOfReach: isTold ? Math.max(Math.min(line.quantity, stuck) - kept, 0) : 0,
    }
  })
}
