import type { Order, OrderPackage } from "./order"

/** Which of an order's times a list is ordered by. */
export type TimeField = "createTime" | "updateTime"

interface SortedView {
  version: number
  orders: Order[]
}

/** All orders, found by number in one step and listed by time from a sorted copy that is rebuilt only after a change. */
export class OrderBook {
  private readonly bySn = new Map<string, Order>()
  private readonly byPackage = new Map<string, Order>()
  private readonly views = new Map<string, SortedView>()
  private version = 0

  get size(): number {
    return this.bySn.size
  }

  find(orderSn: string): Order | undefined {
    return this.bySn.get(orderSn)
  }

  add(order: Order): void {
    this.bySn.set(order.orderSn, order)
    this.touched(order)
  }

  /** To be called after an order's times or packages changed. */
  touched(order: Order): void {
    for (const parcel of order.packages) this.byPackage.set(parcel.packageNumber, order)
    this.version++
  }

  findPackage(packageNumber: string): { order: Order; parcel: OrderPackage } | undefined {
    const order = this.byPackage.get(packageNumber)
    const parcel = order?.packages.find((candidate) => candidate.packageNumber === packageNumber)
    return order && parcel && { order, parcel }
  }

  all(): Order[] {
    return [...this.bySn.values()]
  }

  /** The shop's orders with a time in [from, to] (epoch seconds), newest first. */
  between(shopId: number, field: TimeField, from: number, to: number): Order[] {
    const orders = this.sorted(shopId, field)
    return orders.slice(firstNotAfter(orders, field, to), firstNotAfter(orders, field, from - 1))
  }

  clear(): void {
    this.bySn.clear()
    this.byPackage.clear()
    this.views.clear()
    this.version++
  }

  private sorted(shopId: number, field: TimeField): Order[] {
    const key = `${shopId}/${field}`
    const view = this.views.get(key)
    if (view?.version === this.version) return view.orders
    const orders = this.all().filter((order) => order.shopId === shopId)
    orders.sort((a, b) => b[field] - a[field] || b.sequence - a.sequence)
    this.views.set(key, { version: this.version, orders })
    return orders
  }
}

/** The index of the first order, newest first, whose time is at most `moment`. */
function firstNotAfter(orders: Order[], field: TimeField, moment: number): number {
  let low = 0
  let high = orders.length
  while (low < high) {
    const middle = (low + high) >> 1
    const order = orders[middle]
    if (order && order[field] > moment) low = middle + 1
    else high = middle
  }
  return low
}
