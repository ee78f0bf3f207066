import { defaultCurrencies } from "@medusajs/framework/utils"
import { contactOf } from "../mappers/order-import"
import { NormalizationError } from "../normalizers/normalization-error"
import { identifyLines, isPartlyCancelled, lineTargets } from "../planner/line-targets"
import { paymentTarget } from "../planner/order-target"
import { owedTotal } from "../planner/owed-total"
import { packageTargets } from "../planner/package-targets"
import { inPieces } from "../planner/packs"
import { plan } from "../planner/plan"
import { priceOrder } from "../planner/price-order"
import { returnTargets } from "../planner/return-targets"
import { ShopeeOrderStatus } from "../types/enums"
import type { NormalizedOrder } from "../types/normalized-order"
import type { MedusaOrderView } from "../types/plan"
import type { OrderRead, OrderWork } from "./order-work"

/** @throws NormalizationError for a currency that Medusa does not have. */
function decimalDigitsOf(order: NormalizedOrder): number {
  const digits = defaultCurrencies[order.currency_code.toUpperCase()]?.decimal_digits
  if (digits === undefined) {
    throw new NormalizationError(
      order.ordersn,
      "currency",
      "is none that Medusa knows",
      "Check the order's currency in Shopee's Seller Centre, then retry the order."
    )
  }
  return digits
}

/** Pieces in a unit of each line, by its key, as Medusa's lines were imported. */
const importedPieces = (current: MedusaOrderView): Map<string, number> =>
  new Map(current.lines.flatMap(({ key, piecesPerUnit }) => (key === null ? [] : [[key, piecesPerUnit]])))

/**
 * What is left to do for an order, given what Medusa has.
 *
 * @param pieces in a unit of each line that is imported; an order that Medusa has keeps those of its import
 * @throws UnpriceableOrderError, NormalizationError
 */
export function planOrder(
  read: OrderRead,
  view: MedusaOrderView | null,
  pieces: ReadonlyMap<string, number> = new Map()
): OrderWork {
  const current = view && identifyLines(view, read.order.line_items)
  const order = inPieces(read.order, current ? importedPieces(current) : pieces)
  const { trackingNumbers, returns = [] } = read
  const packages = packageTargets(order, trackingNumbers)
  const payment = paymentTarget(order, packages.length > 0)
  const lines = lineTargets(order, current, packages)
  const digits = decimalDigitsOf(order)
  const quantities = new Map(lines.map(({ key, quantity }) => [key, quantity]))
  const price = priceOrder(
    {
      ordersn: order.ordersn,
      lines: order.line_items.map((line) => ({ ...line, quantity: quantities.get(line.key) ?? line.quantity })),
      estimated_shipping_fee: order.estimated_shipping_fee,
      total_amount: owedTotal(order, current, lines, digits),
      // A cancelled order that had left was paid for; with nothing, when Shopee says so.
      paid: payment.priced || (payment.captured && order.total_amount === 0),
    },
    digits
  )
  const target = {
    ...payment,
    total: price.total,
    lines,
    partlyCancelled: isPartlyCancelled(order),
    packages,
    contact: contactOf(order),
    completed: order.shopee_status === ShopeeOrderStatus.COMPLETED,
    returns: returnTargets(order, returns),
  }
  return { ...read, order, price, target, current, steps: plan(current, target) }
}
