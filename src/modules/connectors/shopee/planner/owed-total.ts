import { MathBN } from "@medusajs/framework/utils"
import type { NormalizedLineItem, NormalizedOrder } from "../types/normalized-order"
import type { LineTarget, MedusaOrderView } from "../types/plan"
import { isPartlyCancelled } from "./line-targets"
import { hasReturns } from "./plan-returns"
import { priceOrder } from "./price-order"

/**
 * What the pieces that leave the Medusa order had cost: their part of their line after its discount, rounded half up to the minor unit,
 * of an order that costs what Medusa says.
 */
function costOfLeavers(
  order: NormalizedOrder,
  current: MedusaOrderView,
  lines: readonly LineTarget[],
  decimalDigits: number
): string {
  const had = new Map(current.lines.map(({ key, quantity }) => [key, quantity]))
  const stays = new Map(lines.map(({ key, quantity }) => [key, quantity]))
  const quantityOf = ({ key }: NormalizedLineItem) => had.get(key) ?? 0
  const before = priceOrder(
    {
      ordersn: order.ordersn,
      lines: order.line_items.map((line) => ({ ...line, quantity: quantityOf(line) })),
      estimated_shipping_fee: order.estimated_shipping_fee,
      total_amount: current.total,
      paid: true,
    },
    decimalDigits
  )
  return before.lines
    .filter(({ quantity }) => quantity > 0)
    .reduce((sum, { key, quantity, total, adjustment }) => {
      const leaving = quantity - (stays.get(key) ?? quantity)
      const part = MathBN.div(MathBN.mult(MathBN.sub(total, adjustment), leaving), quantity)
      return MathBN.add(sum, part.decimalPlaces(decimalDigits, 4))
    }, MathBN.convert(0))
    .toFixed()
}

/**
 * What the buyer owes, as a total to price the order with; null when Shopee does not know it yet.
 *
 * Shopee's `total_amount`, whatever was cancelled, except for an order that was captured and lost pieces since. Whether Shopee lowers its
 * total then is not documented. What was captured tells: a total below it was lowered, and counts; a total that stayed speaks of all
 * pieces, and what the buyer owes is less by what the cancelled ones had cost (docs/decisions/0022-partial-cancellation.md).
 *
 * @param lines what `lineTargets` answers
 */
export function owedTotal(
  order: NormalizedOrder,
  current: MedusaOrderView | null,
  lines: readonly LineTarget[],
  decimalDigits: number
): number | string | null {
  const { total_amount: told } = order
  if (!current || told === null || !isPartlyCancelled(order) || MathBN.lte(current.payment.capturedAmount, 0)) {
    return told
  }
  // What came back lessens Medusa's total as well, which then says nothing of what was cancelled before.
  if (hasReturns(current)) {
    return told
  }
  const leaving = lines.some(({ key, quantity }) =>
    current.lines.some((line) => line.key === key && line.quantity > quantity)
  )
  if (leaving && MathBN.gte(told, current.payment.capturedAmount)) {
    return MathBN.sub(current.total, costOfLeavers(order, current, lines, decimalDigits)).toFixed()
  }
  return MathBN.lt(told, current.total) ? told : current.total
}
