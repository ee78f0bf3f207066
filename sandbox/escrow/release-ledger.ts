import type { Order } from "../orders/order"

interface Release {
  order: Order
  /** Epoch seconds. */
  time: number
}

/** Which orders were paid out and when: what get_escrow_list reads. */
export class ReleaseLedger {
  private readonly byShop = new Map<number, Release[]>()

  /** Enters a payout. Times mostly grow, so the right place is near the end. */
  add(order: Order, time: number): void {
    const releases = this.byShop.get(order.shopId) ?? []
    this.byShop.set(order.shopId, releases)
    let place = releases.length
    for (let before = releases[place - 1]; before && before.time > time; before = releases[place - 1]) place--
    releases.splice(place, 0, { order, time })
  }

  /** The shop's payouts in [from, to] (epoch seconds), newest first: a new one moves the pages, as at Shopee. */
  between(shopId: number, from: number, to: number): Order[] {
    const releases = this.byShop.get(shopId) ?? []
    return releases
      .filter((release) => release.time >= from && release.time <= to)
      .map((release) => release.order)
      .reverse()
  }

  clear(): void {
    this.byShop.clear()
  }
}
