import type { ReturnSpec } from "../control/return-spec"
import type { Identifiers } from "../identifiers"
import { toCents, type Cents } from "../money"
import { activeQuantity, totalAmount, type Order, type OrderLine, type OrderReturn } from "../orders/order"

/** Statuses that end a return. */
const ENDS: ReadonlySet<string> = new Set(["REFUND_PAID", "CLOSED", "CANCELLED"])

export const isOpenReturn = ({ status }: OrderReturn): boolean => !ENDS.has(status)

/** Pieces of a line that are in no return, but for those that came to nothing. */
function returnable(order: Order, line: OrderLine): number {
  const inReturns = order.returns
    .filter((request) => isOpenReturn(request) || request.status === "REFUND_PAID")
    .flatMap(({ contents }) => contents)
    .reduce((sum, content) => sum + (content.line === line ? content.quantity : 0), 0)
  return activeQuantity(line) - inReturns
}

/**
 * Enters a return request of an order.
 * @throws RangeError for a line the order doesn't have, or more pieces than are left of it (unless `force`)
 */
export function newReturn(order: Order, spec: ReturnSpec, at: number, ids: Identifiers): OrderReturn {
  const contents = readContents(order, spec)
  const refundOnly = spec.refund_only ?? false
  const request: OrderReturn = {
    returnSn: ids.returnSn(at * 1000),
    status: spec.status ?? "REQUESTED",
    reason: spec.reason ?? "CHANGE_MIND",
    createTime: at,
    updateTime: at,
    contents,
    refund: spec.refund_amount === undefined ? refundOf(order, contents) : toCents(spec.refund_amount),
    refundOnly,
    needsLogistics: spec.needs_logistics ?? !refundOnly,
    requestType: spec.request_type ?? 0,
    afterCompletion: order.status === "COMPLETED",
    validationType: spec.validation_type ?? "seller_validation",
    logisticsStatus: "LOGISTICS_NOT_STARTED",
    trackingNumber: "",
    sellerProofStatus: "NOT_NEEDED",
    isAdjusted: false,
  }
  for (const { line, quantity } of contents) line.returnRequestedQuantity += quantity
  order.returns.push(request)
  return request
}

/** Ends a return; `at` in epoch seconds. Pieces whose refund was paid count as returned, unless the buyer keeps them. */
export function closeReturn(request: OrderReturn, status: string, at: number): void {
  for (const { line, quantity } of request.contents) {
    line.returnRequestedQuantity = Math.max(0, line.returnRequestedQuantity - quantity)
    if (status === "REFUND_PAID" && !request.refundOnly) line.returnedQuantity += quantity
  }
  request.status = status
  request.updateTime = at
}

function readContents(order: Order, spec: ReturnSpec): OrderReturn["contents"] {
  if (!spec.lines) {
    return order.lines
      .map((line) => ({ line, quantity: returnable(order, line) }))
      .filter(({ quantity }) => quantity > 0)
  }
  return spec.lines.map(({ index, quantity }) => {
    const line = order.lines[index]
    if (!line) throw new RangeError(`order ${order.orderSn} has no line ${index}`)
    if (!spec.force && (quantity < 1 || quantity > returnable(order, line))) {
      throw new RangeError(`line ${index} of ${order.orderSn} has ${returnable(order, line)} pieces left to return`)
    }
    return { line, quantity }
  })
}

function refundOf(order: Order, contents: OrderReturn["contents"]): Cents {
  const pieces = contents.reduce((sum, { quantity }) => sum + quantity, 0)
  const all = order.lines.reduce((sum, line) => sum + activeQuantity(line), 0)
  return pieces === all
    ? totalAmount(order)
    : contents.reduce((sum, { line, quantity }) => sum + line.price * quantity, 0)
}
