import type { SandboxOrder } from "../sandbox/control-client"
import type { StockLevel } from "./medusa-orders"

/** Statuses whose goods are set aside for the buyer and still in the shop. */
const RESERVING: ReadonlySet<string> = new Set(["UNPAID", "PENDING", "READY_TO_SHIP"])
/** Statuses whose goods are packed or gone. */
const CONSUMING: ReadonlySet<string> = new Set([
  "PROCESSED",
  "RETRY_SHIP",
  "SHIPPED",
  "TO_CONFIRM_RECEIVE",
  "COMPLETED",
])

/** A SKU whose stock in Medusa isn't what the orders say. */
export interface StockDifference {
  sku: string
  expected: Omit<StockLevel, "sku">
  found: Omit<StockLevel, "sku"> | null
}

/** The day in terms of stock. */
export interface ComparedStock {
  /** Pieces that open orders ask for, and that Medusa holds for them. */
  expectedReserved: number
  reserved: number
  /** SKUs of which more is reserved than there is. */
  oversold: string[]
  differences: StockDifference[]
}

/**
 * Compares Medusa's stock with what Shopee's orders ask for.
 *
 * @param initial pieces of each SKU before the day
 */
export function compareStock(
  orders: readonly SandboxOrder[],
  initial: ReadonlyMap<string, number>,
  levels: readonly StockLevel[]
): ComparedStock {
  const reserved = piecesBySku(orders, RESERVING)
  const consumed = piecesBySku(
    orders,
    CONSUMING,
    ({ order_status, shipped }) => order_status === "CANCELLED" && shipped
  )
  const found = new Map(levels.map((level) => [level.sku, level]))
  const differences: StockDifference[] = []
  for (const sku of new Set([...initial.keys(), ...reserved.keys(), ...consumed.keys(), ...found.keys()])) {
    const expected = {
      stocked: (initial.get(sku) ?? 0) - (consumed.get(sku) ?? 0),
      reserved: reserved.get(sku) ?? 0,
    }
    const level = found.get(sku)
    if (!level || level.stocked !== expected.stocked || level.reserved !== expected.reserved) {
      differences.push({ sku, expected, found: level ? { stocked: level.stocked, reserved: level.reserved } : null })
    }
  }
  return {
    expectedReserved: [...reserved.values()].reduce((sum, pieces) => sum + pieces, 0),
    reserved: levels.reduce((sum, level) => sum + level.reserved, 0),
    oversold: levels.filter((level) => level.reserved > level.stocked).map(({ sku }) => sku),
    differences,
  }
}

function piecesBySku(
  orders: readonly SandboxOrder[],
  statuses: ReadonlySet<string>,
  or: (order: SandboxOrder) => boolean = () => false
): Map<string, number> {
  const pieces = new Map<string, number>()
  for (const order of orders.filter((candidate) => statuses.has(candidate.order_status) || or(candidate))) {
    for (const line of order.item_list) {
      const sku = line.model_sku || line.item_sku
      // A cancelled order's lines count as cancelled to the last piece, whatever left.
      const cancelled = order.order_status === "CANCELLED" ? 0 : line.cancelled_qty
      pieces.set(sku, (pieces.get(sku) ?? 0) + line.model_quantity_purchased - cancelled)
    }
  }
  return pieces
}
