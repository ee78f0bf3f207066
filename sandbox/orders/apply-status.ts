import type { MoveOptions } from "../control/order-spec"
import type { Identifiers } from "../identifiers"
import { DAYS_TO_SHIP, type Order, type OrderPackage, type OrderReturn } from "./order"
import { closeReturn, isOpenReturn, newReturn } from "../returns/return-request"
import { logisticsStatusFor, splitIntoPackages } from "./packages"

/** What a change of status brought about, for the pushes that announce it. */
export interface StatusEffects {
  trackedPackages: OrderPackage[]
  openedReturn?: OrderReturn
}

/**
 * Gives an order a status and everything that comes with it: payment time, packages, tracking, reasons, returns.
 * `at` is in epoch seconds. Whether the transition is legal is the caller's question.
 */
export function applyStatus(
  order: Order,
  status: string,
  options: MoveOptions,
  at: number,
  ids: Identifiers
): StatusEffects {
  const previous = order.status
  if (options.packages !== undefined || order.packages.length === 0) {
    order.packages = splitIntoPackages(order.lines, options.packages ?? 1, ids)
  }
  if (status === "PENDING") order.statusBeforePending = previous
  const effects: StatusEffects = { trackedPackages: [] }
  const reverted = previous === "IN_CANCEL" && status !== "CANCELLED"
  if (reverted) clearCancellation(order)
  takePayment(order, status, at)
  if (status === "PROCESSED" || options.tracking) effects.trackedPackages = track(order, options.tracking, ids)
  if (status === "SHIPPED") {
    order.shipped = true
    order.pickupDoneTime = at
  }
  if (status === "IN_CANCEL" || status === "CANCELLED") recordCancellation(order, status, options)
  if (status === "TO_RETURN" && !order.returns.some(isOpenReturn)) {
    effects.openedReturn = newReturn(order, {}, at, ids)
  }
  if (status === "COMPLETED") {
    order.completedScenario = options.completed_scenario ?? "NORMAL"
    for (const request of order.returns.filter(isOpenReturn)) closeReturn(request, "CLOSED", at)
  }
  const logisticsStatus = logisticsStatusFor(order, status)
  if (logisticsStatus) for (const parcel of order.packages) parcel.logisticsStatus = logisticsStatus
  order.status = status
  order.updateTime = at
  return effects
}

/** Cash on delivery is paid when the goods arrive, everything else before they are shipped. */
function takePayment(order: Order, status: string, at: number): void {
  if (order.payTime !== null) return
  const paidStatuses = order.cod
    ? ["TO_CONFIRM_RECEIVE", "COMPLETED"]
    : ["PENDING", "READY_TO_SHIP", "PROCESSED", "SHIPPED", "COMPLETED"]
  if (!paidStatuses.includes(status)) return
  order.payTime = at
  if (!order.cod) order.shipByDate = at + DAYS_TO_SHIP * 86_400
}

function track(order: Order, tracking: MoveOptions["tracking"], ids: Identifiers): OrderPackage[] {
  if (tracking === false) return []
  const given = typeof tracking === "string" ? [tracking] : (tracking ?? [])
  return order.packages.filter((parcel, index) => {
    const trackingNumber = given[index] ?? (parcel.trackingNumber || ids.trackingNumber())
    const isNew = trackingNumber !== parcel.trackingNumber
    parcel.trackingNumber = trackingNumber
    return isNew
  })
}

function recordCancellation(order: Order, status: string, options: MoveOptions): void {
  const unpaid = order.payTime === null && !order.cod
  order.cancelBy = options.cancel_by ?? (order.cancelBy || (unpaid ? "system" : "buyer"))
  order.cancelReason = options.cancel_reason ?? (order.cancelReason || (unpaid ? "UNPAID_ORDER" : "CHANGE_OF_MIND"))
  order.buyerCancelReason =
    options.buyer_cancel_reason ?? (order.cancelBy === "buyer" ? order.cancelReason : order.buyerCancelReason)
  if (status !== "CANCELLED") return
  for (const request of order.returns.filter(isOpenReturn)) closeReturn(request, "REFUND_PAID", order.updateTime)
}

function clearCancellation(order: Order): void {
  order.cancelBy = ""
  order.cancelReason = ""
  order.buyerCancelReason = ""
}
