import { setTimeout as sleep } from "node:timers/promises"
import type { AdminApi } from "./admin-api"
import { readImportedOrders } from "./medusa-orders"

/** How often Medusa is asked, in milliseconds; what is measured with it is late by up to this much. */
export const WATCH_INTERVAL_MS = 250

/** An order is stamped before its transaction ends: one that is stamped a little earlier than the newest may show up after it. */
const OVERLAP_MS = 3_000

/** Looks for new orders in Medusa and tells of each once, as soon as it can be read. */
export class OrderWatch {
  private readonly seen = new Set<string>()
  private newest: Date | null = null
  private stopped = false
  private readonly loop: Promise<void>

  private constructor(
    private readonly admin: AdminApi,
    private readonly onOrder: (ordersn: string) => void
  ) {
    this.loop = this.look()
  }

  /** Starts looking. A failed look is not the end: the platform may be busy; whoever waits for an order sees that it is missing. */
  static start(admin: AdminApi, onOrder: (ordersn: string) => void): OrderWatch {
    return new OrderWatch(admin, onOrder)
  }

  /** Ends looking; nothing is asked of Medusa once this resolves. */
  async stop(): Promise<void> {
    this.stopped = true
    await this.loop
  }

  private async look(): Promise<void> {
    while (!this.stopped) {
      const from = this.newest && new Date(this.newest.getTime() - OVERLAP_MS)
      const orders = await readImportedOrders(this.admin, from).catch(() => [])
      for (const { ordersn, createdAt } of orders.filter((order) => !this.seen.has(order.ordersn))) {
        this.seen.add(ordersn)
        this.newest = this.newest && this.newest > createdAt ? this.newest : createdAt
        this.onOrder(ordersn)
      }
      await sleep(WATCH_INTERVAL_MS)
    }
  }
}
