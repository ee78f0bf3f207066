import type { SandboxClock } from "../clock"
import type { MoveOptions, OrderChange, OrderSpec } from "../control/order-spec"
import { escrowAmounts } from "../escrow/escrow-amounts"
import type { ReleaseLedger } from "../escrow/release-ledger"
import type { Identifiers } from "../identifiers"
import { toCents } from "../money"
import { applyStatus } from "./apply-status"
import { buildOrder } from "./build-order"
import type { Catalogue } from "./catalogue"
import { changeOrder } from "./change-order"
import type { Order, OrderPackage } from "./order"
import type { OrderBook } from "./order-book"
import { openedAt, returnUpdate } from "../returns/return-update"
import { isLegalTransition, stepsBetween } from "./transitions"

/** What was asked can't happen to this order; the message says why. */
export class OrderRefusal extends Error {
  constructor(message: string) {
    super(message)
    this.name = "OrderRefusal"
  }
}

/** Announces something about an order. */
export type Announce = (order: Order, code: number, fields: Record<string, unknown>) => void

interface DeskParts {
  clock: SandboxClock
  ids: Identifiers
  catalogue: Catalogue
  book: OrderBook
  releases: ReleaseLedger
  announce: Announce
  defaultShopId: number
  /** Seconds from completion to payout. */
  escrowReleaseDelay: () => number
}

/** Everything that happens to orders: they are placed, moved through their life, changed, paid out. */
export class OrderDesk {
  private sequence = 0

  constructor(private readonly parts: DeskParts) {}

  /** @throws OrderRefusal for a number that exists, an order without lines, or a line without pieces */
  create(spec: OrderSpec): Order {
    const { ids, book } = this.parts
    if (spec.ordersn !== undefined && book.find(spec.ordersn)) throw new OrderRefusal(`order ${spec.ordersn} exists`)
    if (spec.lines.length === 0) throw new OrderRefusal("an order needs at least one line")
    if (spec.lines.some((line) => !Number.isInteger(line.quantity) || line.quantity < 1)) {
      throw new OrderRefusal("a line's quantity must be a whole number from 1")
    }
    const order = this.uniquelyNumbered(spec)
    const target = spec.status ?? order.status
    const moves = { ...(spec.packages === undefined ? {} : { packages: spec.packages }) }
    const first = order.status
    applyStatus(order, first, moves, order.createTime, ids)
    for (const status of stepsBetween(first, target)) {
      applyStatus(order, status, {}, order.createTime, ids)
      if (status === "COMPLETED") this.scheduleRelease(order, order.createTime)
    }
    book.add(order)
    if (spec.push !== false) this.announceStatus(order)
    return order
  }

  /** @throws OrderRefusal for an unknown order or a transition Shopee doesn't know (unless `force`) */
  move(orderSn: string, status: string, options: MoveOptions): Order {
    const { clock, ids, book } = this.parts
    const order = this.find(orderSn)
    if (!options.force && !isLegalTransition(order.status, status)) {
      throw new OrderRefusal(`an order can't go from ${order.status} to ${status}`)
    }
    const at = options.at ?? Math.max(clock.nowSeconds(), order.updateTime)
    const previous = order.status
    const effects = applyStatus(order, status, options, at, ids)
    book.touched(order)
    if (status === "COMPLETED") this.scheduleRelease(order, at)
    if (options.push === false) return order
    // Shopee announces a payment only once the order is ready to ship.
    if (!(previous === "UNPAID" && status === "PENDING")) this.announceStatus(order)
    this.announceTracking(order, effects.trackedPackages)
    if (options.document_push) this.announceDocuments(order)
    if (effects.openedReturn) this.parts.announce(order, 29, returnUpdate(order, effects.openedReturn, [openedAt(at)]))
    return order
  }

  /** @throws OrderRefusal for an unknown order, line or package */
  change(orderSn: string, change: OrderChange): Order {
    const { clock, book } = this.parts
    const order = this.find(orderSn)
    order.updateTime = change.update_time ?? Math.max(clock.nowSeconds(), order.updateTime)
    const newlyTracked = changeOrder(order, change)
    book.touched(order)
    this.announceTracking(order, newlyTracked)
    if (change.push) this.announceStatus(order)
    return order
  }

  /** Adds a settlement adjustment; `amount` in major units, negative when the seller pays. */
  adjust(orderSn: string, amount: number, reason: string): Order {
    const order = this.find(orderSn)
    order.adjustments.push({ amount: toCents(amount), date: this.parts.clock.nowSeconds(), reason })
    return order
  }

  /** @throws OrderRefusal for an unknown order */
  find(orderSn: string): Order {
    const order = this.parts.book.find(orderSn)
    if (!order) throw new OrderRefusal(`no order ${orderSn}`)
    return order
  }

  private uniquelyNumbered(spec: OrderSpec): Order {
    const { clock, ids, book, catalogue, defaultShopId } = this.parts
    for (;;) {
      const order = buildOrder(spec, { nowMs: clock.now(), defaultShopId, sequence: this.sequence, ids, catalogue })
      if (book.find(order.orderSn)) continue
      this.sequence++
      return order
    }
  }

  private scheduleRelease(order: Order, completedAt: number): void {
    if (order.release) return
    const { clock, releases, book } = this.parts
    clock.schedule((completedAt + this.parts.escrowReleaseDelay()) * 1000, (dueAtMs) => {
      if (order.release || order.status !== "COMPLETED" || book.find(order.orderSn) !== order) return
      order.release = { time: Math.floor(dueAtMs / 1000), payout: escrowAmounts(order).afterAdjustment }
      releases.add(order, order.release.time)
    })
  }

  private announceStatus(order: Order): void {
    this.parts.announce(order, 3, {
      ordersn: order.orderSn,
      status: order.status,
      completed_scenario: order.completedScenario,
      update_time: order.updateTime,
      items: [],
    })
  }

  private announceTracking(order: Order, packages: OrderPackage[]): void {
    for (const parcel of packages) {
      this.parts.announce(order, 4, {
        ordersn: order.orderSn,
        forder_id: parcel.forderId,
        package_number: parcel.packageNumber,
        tracking_no: parcel.trackingNumber,
      })
    }
  }

  private announceDocuments(order: Order): void {
    for (const parcel of order.packages) {
      this.parts.announce(order, 15, {
        ordersn: order.orderSn,
        package_number: parcel.packageNumber,
        status: "READY",
      })
    }
  }
}
