import type { SandboxClock } from "../clock"
import type { ReturnMove, ReturnSpec } from "../control/return-spec"
import type { Identifiers } from "../identifiers"
import { toCents } from "../money"
import type { Order, OrderReturn } from "../orders/order"
import type { OrderBook } from "../orders/order-book"
import { type Announce, OrderDesk, OrderRefusal } from "../orders/order-desk"
import { closeReturn, isOpenReturn, newReturn } from "./return-request"
import { openedAt, returnUpdate, type UpdatedValue } from "./return-update"

interface DeskParts {
  clock: SandboxClock
  ids: Identifiers
  book: OrderBook
  desk: OrderDesk
  announce: Announce
}

/** A return and the order that it is of. */
export interface FoundReturn {
  order: Order
  request: OrderReturn
}

/** Everything that happens to returns: they are asked for, sent back, paid, refused. The order follows. */
export class ReturnDesk {
  constructor(private readonly parts: DeskParts) {}

  /** @throws OrderRefusal for an order whose goods never left; RangeError for pieces it doesn't have (unless `force`) */
  open(orderSn: string, spec: ReturnSpec): FoundReturn {
    const { clock, ids, desk, announce } = this.parts
    const order = desk.find(orderSn)
    if (!order.shipped && !spec.force) throw new OrderRefusal(`order ${orderSn} was not shipped`)
    const at = spec.at ?? Math.max(clock.nowSeconds(), order.updateTime)
    const request = newReturn(order, spec, at, ids)
    const push = spec.push !== false
    this.followOpening(order, at, push)
    if (push) announce(order, 29, returnUpdate(order, request, [openedAt(at)]))
    return { order, request }
  }

  /** @throws OrderRefusal for an unknown return, or a status for one that has ended */
  move(returnSn: string, change: ReturnMove): FoundReturn {
    const { clock, desk, announce } = this.parts
    const { order, request } = this.find(returnSn)
    if (change.status !== undefined && !isOpenReturn(request)) {
      throw new OrderRefusal(`return ${returnSn} has ended as ${request.status}`)
    }
    const at = change.at ?? Math.max(clock.nowSeconds(), request.updateTime)
    const push = change.push !== false
    const updated = applyMove(order, request, change, at)
    desk.change(order.orderSn, { update_time: Math.max(at, order.updateTime) })
    if (push) announce(order, 29, returnUpdate(order, request, updated))
    if (order.status === "TO_RETURN" && !order.returns.some(isOpenReturn)) {
      desk.move(order.orderSn, "COMPLETED", { push, at })
    }
    return { order, request }
  }

  /** @throws OrderRefusal for an unknown return */
  find(returnSn: string): FoundReturn {
    const found = this.all().find(({ request }) => request.returnSn === returnSn)
    if (!found) throw new OrderRefusal(`no return ${returnSn}`)
    return found
  }

  /** The shop's returns that changed in [from, to] (epoch seconds), newest first. */
  between(shopId: number, from: number, to: number): FoundReturn[] {
    return this.all()
      .filter(({ order, request }) => order.shopId === shopId && request.updateTime >= from && request.updateTime <= to)
      .sort((a, b) => b.request.updateTime - a.request.updateTime || (a.request.returnSn < b.request.returnSn ? -1 : 1))
  }

  private all(): FoundReturn[] {
    return this.parts.book.all().flatMap((order) => order.returns.map((request) => ({ order, request })))
  }

  /** An order that is under way waits for its return; one that is completed stays so, and says that it was returned afterwards. */
  private followOpening(order: Order, at: number, push: boolean): void {
    const { desk } = this.parts
    if (order.status === "SHIPPED" || order.status === "TO_CONFIRM_RECEIVE") {
      desk.move(order.orderSn, "TO_RETURN", { push, at })
      return
    }
    if (order.status === "COMPLETED") order.completedScenario = "RRAOC"
    desk.change(order.orderSn, { push, update_time: at })
  }
}

function applyMove(order: Order, request: OrderReturn, change: ReturnMove, at: number): UpdatedValue[] {
  const updated: UpdatedValue[] = []
  const note = (update_field: string, old_value: string, new_value: string) =>
    updated.push({ update_field, old_value, new_value, update_time: at })
  if (change.refund_amount !== undefined) request.refund = toCents(change.refund_amount)
  if (change.tracking_number !== undefined) request.trackingNumber = change.tracking_number
  if (change.seller_proof_status !== undefined) {
    note("seller_proof_status", request.sellerProofStatus, change.seller_proof_status)
    request.sellerProofStatus = change.seller_proof_status
  }
  if (change.logistics_status !== undefined) {
    note("logistics_status", request.logisticsStatus, change.logistics_status)
    request.logisticsStatus = change.logistics_status
  }
  if (change.status !== undefined) {
    note("return_status", request.status, change.status)
    closeOrMove(order, request, change.status, at)
  }
  request.updateTime = at
  return updated
}

function closeOrMove(order: Order, request: OrderReturn, status: string, at: number): void {
  if (isOpenReturn({ ...request, status })) {
    request.status = status
    return
  }
  closeReturn(request, status, at)
  if (status === "REFUND_PAID" && order.release) {
    // What was paid out already is taken from a later payout.
    order.adjustments.push({ amount: -request.refund, date: at, reason: "Return Refund After Order Completed" })
    request.isAdjusted = true
  }
}
