import { ChangeActionType, MathBN } from "@medusajs/framework/utils"
import {
  adjustmentsOf,
  BUYER_FEE_LINE_KEY,
  buyerFeeLine,
  discountsOf,
} from "../../modules/connectors/shopee/mappers/order-import"
import type { OrderPrice } from "../../modules/connectors/shopee/types/order-price"
import { toAdjustments, toLineItem } from "./line-item"

/** A line of the Medusa order, as far as an amendment looks at it. */
export interface AmendableLine {
  id: string
  /** Key of the Shopee line, or of the fee line. */
  key: string | null
  quantity: number
  /** Pieces that the line has to have. */
  wanted: number
  /** Pieces that are packed. */
  fulfilled: number
  unitPrice: string
}

type ChangeAction = { action: ChangeActionType; details: Record<string, unknown> }

/**
 * The line of buyer fees: its amount, and, when all that the buyer gets is packed already, that it is too. It goes with the first parcel
 * that is packed after it; no parcel would take it any more, and Medusa shows an order as fulfilled in part as long as a line is not.
 */
function feeActions(fee: AmendableLine, lines: AmendableLine[], price: OrderPrice): ChangeAction[] {
  const goods = lines.filter(({ key, wanted }) => key !== BUYER_FEE_LINE_KEY && wanted > 0)
  const isTooLate = goods.length > 0 && goods.every(({ fulfilled, wanted }) => fulfilled >= wanted)
  const details = { reference_id: fee.id, quantity: 1 }
  const actions: ChangeAction[] = []
  if (!MathBN.eq(fee.unitPrice, price.buyer_fee)) {
    actions.push({ action: ChangeActionType.ITEM_UPDATE, details: { ...details, unit_price: price.buyer_fee } })
  }
  if (isTooLate && fee.fulfilled === 0) {
    actions.push({ action: ChangeActionType.FULFILL_ITEM, details })
  }
  return actions
}

/**
 * The actions of an order change that bring an order's lines to what Shopee knows since it was paid, or since some of its pieces were
 * cancelled: quantities, prices, discounts, and the line of buyer fees. Medusa drops a line that comes down to no piece from the order.
 *
 * @param lines also the line of fees that this amendment adds
 */
export function toChangeActions(
  lines: AmendableLine[],
  price: OrderPrice,
  shippingMethodId: string | null
): ChangeAction[] {
  const prices = new Map(price.lines.map((line) => [line.key, line]))
  const actions: ChangeAction[] = []
  for (const line of lines) {
    const wanted = line.key === null ? undefined : prices.get(line.key)
    if (!wanted) {
      continue
    }
    if (line.wanted !== line.quantity || !MathBN.eq(line.unitPrice, wanted.unit_price)) {
      actions.push({
        action: ChangeActionType.ITEM_UPDATE,
        details: { reference_id: line.id, quantity: line.wanted, unit_price: wanted.unit_price },
      })
    }
    actions.push({
      action: ChangeActionType.ITEM_ADJUSTMENTS_REPLACE,
      details: { reference_id: line.id, adjustments: toAdjustments(adjustmentsOf(wanted)) },
    })
  }
  if (shippingMethodId !== null) {
    actions.push({
      action: ChangeActionType.SHIPPING_ADJUSTMENTS_REPLACE,
      details: { reference_id: shippingMethodId, adjustments: toAdjustments(discountsOf(price.shipping_adjustment)) },
    })
  }
  const fee = lines.find(({ key }) => key === BUYER_FEE_LINE_KEY)
  return fee ? [...actions, ...feeActions(fee, lines, price)] : actions
}

/** A line of buyer fees that this amendment has added. */
export const addedFeeLine = (id: string, { buyer_fee: unitPrice }: OrderPrice): AmendableLine => ({
  ...{ id, key: BUYER_FEE_LINE_KEY, unitPrice, quantity: 1, wanted: 1, fulfilled: 0 },
})

/** The line of buyer fees that an amendment adds; null when there are none, or the order has the line. */
export function feeLineToAdd(lines: AmendableLine[], price: OrderPrice) {
  const fee = buyerFeeLine(price.buyer_fee)
  return fee === null || lines.some(({ key }) => key === BUYER_FEE_LINE_KEY) ? null : toLineItem(fee)
}
