import type { LineChange, OrderChange } from "../control/order-spec"
import { toCents } from "../money"
import type { Order, OrderPackage } from "./order"

/**
 * Applies a change to an order's fields and answers the packages that got a new tracking number.
 * @throws RangeError for a line or package the order doesn't have, or more pieces than a line has
 */
export function changeOrder(order: Order, change: OrderChange): OrderPackage[] {
  if (change.recipient) order.recipient = { ...order.recipient, ...change.recipient }
  if (change.masked !== undefined) order.masked = change.masked
  if (change.message !== undefined) order.message = change.message
  if (change.note !== undefined) {
    order.note = change.note
    order.noteUpdateTime = order.updateTime
  }
  if (change.shipping_fee !== undefined) order.shippingFee = toCents(change.shipping_fee)
  if (change.seller_voucher !== undefined) order.sellerVoucher = toCents(change.seller_voucher)
  if (change.shopee_voucher !== undefined) order.shopeeVoucher = toCents(change.shopee_voucher)
  if (change.coins !== undefined) order.coins = toCents(change.coins)
  if (change.buyer_fee !== undefined) order.buyerFee = toCents(change.buyer_fee)
  if (change.shipping_discount !== undefined) order.shippingDiscount = toCents(change.shipping_discount)
  if (change.bottle_deposit !== undefined) order.bottleDeposit = toCents(change.bottle_deposit)
  if (change.detail_overrides) order.detailOverrides = { ...order.detailOverrides, ...change.detail_overrides }
  for (const lineChange of change.lines ?? []) changeLine(order, lineChange)
  return (change.packages ?? []).flatMap((packageChange) => {
    const parcel = order.packages[packageChange.index]
    if (!parcel) throw new RangeError(`order ${order.orderSn} has no package ${packageChange.index}`)
    parcel.logisticsStatus = packageChange.logistics_status ?? parcel.logisticsStatus
    const isNew = packageChange.tracking_number !== undefined && packageChange.tracking_number !== parcel.trackingNumber
    parcel.trackingNumber = packageChange.tracking_number ?? parcel.trackingNumber
    return isNew ? [parcel] : []
  })
}

function changeLine(order: Order, change: LineChange): void {
  const line = order.lines[change.index]
  if (!line) throw new RangeError(`order ${order.orderSn} has no line ${change.index}`)
  const quantities = [
    change.cancelled_qty,
    change.cancel_requested_qty,
    change.return_requested_qty,
    change.returned_qty,
  ]
  if (quantities.some((quantity) => quantity !== undefined && (quantity < 0 || quantity > line.quantity))) {
    throw new RangeError(`line ${change.index} of ${order.orderSn} has ${line.quantity} pieces`)
  }
  line.cancelledQuantity = change.cancelled_qty ?? line.cancelledQuantity
  line.cancelRequestedQuantity = change.cancel_requested_qty ?? line.cancelRequestedQuantity
  line.returnRequestedQuantity = change.return_requested_qty ?? line.returnRequestedQuantity
  line.returnedQuantity = change.returned_qty ?? line.returnedQuantity
  // A cancelled piece is not sent: it leaves the packages too.
  let packed = line.quantity - line.cancelledQuantity
  for (const parcel of order.packages) {
    for (const content of parcel.contents) {
      if (content.line !== line) continue
      content.quantity = Math.min(content.quantity, packed)
      packed -= content.quantity
    }
    parcel.contents = parcel.contents.filter((content) => content.quantity > 0)
  }
}
