import type { SandboxOrder } from "../sandbox/control-client"
import { eventually } from "../integration-tests/support/eventually"
import type { PlatformProcess } from "../integration-tests/support/platform-process"
import { orderPush } from "../integration-tests/support/send-push"
import { ShopAdmin } from "../integration-tests/support/shop-admin"
import {
  authorizeShop,
  exceptionsOf,
  inboxIsEmpty,
  openShop,
  type ShopWorld,
  startShopPlatform,
} from "../integration-tests/support/shop-world"
import { sendAsFast, signPush } from "./load/send-pushes"

/** Cards of the shop. Several, as in a shop: one SKU would make every order wait for one lock. */
export const SKUS = Array.from({ length: 20 }, (_, index) => `BENCH-${String(index + 1).padStart(3, "0")}`)
const STOCK = 10_000_000
const LINE_PRICE = 12.5

/** Orders that the sandbox is told to make with one call. */
const ORDERS_A_CALL = 500
const SENDERS = 16
const DRAIN_WAIT_MS = 900_000
/** Below the time that any drain takes, and far above what the question costs. */
const LOOK_EVERY_MS = 20

/** An order, and the update that a push tells of. Earlier than any reading: a push that is ahead of Shopee would be read again. */
const FIRST_UPDATE_S = 1_790_000_000

/** A shop of the benchmark: database, sandbox and built platform, with cards in stock and everything set up that the first order needs. */
export class BenchShop {
  private updates = 0

  private constructor(
    readonly world: ShopWorld,
    readonly platform: PlatformProcess
  ) {}

  static async open(name: string, extra: NodeJS.ProcessEnv = {}): Promise<BenchShop> {
    const opened = await openShop(name)
    const world = { ...opened, settings: { ...opened.settings, ...extra } }
    const [platform] = await Promise.all([startShopPlatform(world), authorizeShop(world)])
    const shop = new BenchShop(world, platform)
    const admin = await ShopAdmin.login(platform.url)
    await admin.stockCards(Object.fromEntries(SKUS.map((sku) => [sku, STOCK])))
    await shop.push(await shop.place(2))
    await shop.untilNothingIsDue()
    return shop
  }

  async close(): Promise<void> {
    await this.platform.stop()
    await this.world.close()
  }

  /** Orders at Shopee that nobody was told of. */
  async place(count: number): Promise<SandboxOrder[]> {
    const orders: SandboxOrder[] = []
    while (orders.length < count) {
      const size = Math.min(ORDERS_A_CALL, count - orders.length)
      orders.push(
        ...(await this.world.sandbox.control.createOrders(
          Array.from({ length: size }, (_, index) => ({
            lines: [0, 1].map((offset) => {
              const sku = SKUS[(orders.length + index + offset) % SKUS.length] ?? ""
              return { sku, name: `Card ${sku}`, price: LINE_PRICE, quantity: 1 }
            }),
            status: "READY_TO_SHIP",
            push: false,
          }))
        ))
      )
    }
    return orders
  }

  /** A push body about an order that differs from every other one. */
  pushBody({ order_sn }: Pick<SandboxOrder, "order_sn">, status = "READY_TO_SHIP"): string {
    this.updates += 1
    return orderPush(order_sn, status, FIRST_UPDATE_S + this.updates)
  }

  /** Sends so many pushes for each order, in the orders' sequence. @returns pushes a second */
  async push(orders: readonly SandboxOrder[], { each = 1, status = "READY_TO_SHIP" } = {}): Promise<number> {
    const pushes = Array.from({ length: each }, () =>
      orders.map((order) => signPush(this.pushBody(order, status)))
    ).flat()
    return await sendAsFast(this.platform.port, pushes, SENDERS)
  }

  /** Keeps the worker from the shop's orders, as an outage of Shopee does: what comes in meanwhile is a backlog. */
  async hold(): Promise<void> {
    await this.world.database.query("UPDATE shopee_auth_token SET paused_until = now() + interval '1 hour'")
  }

  async letGo(): Promise<void> {
    await this.world.database.query("UPDATE shopee_auth_token SET paused_until = NULL")
  }

  /**
   * Lets go of a backlog and waits for its end. The push about the last order comes after that: it wakes the worker, and no
   * poll is waited for.
   *
   * @returns seconds from that push to the empty inbox
   */
  async drain(orders: readonly SandboxOrder[], { each = 1, status = "READY_TO_SHIP" } = {}): Promise<number> {
    await this.hold()
    await this.push(orders.slice(0, -1), { each, status })
    await this.letGo()
    const startedAt = performance.now()
    await this.push(orders.slice(-1), { each, status })
    await this.untilNothingIsDue()
    const seconds = (performance.now() - startedAt) / 1000
    await inboxIsEmpty(this.world)
    return seconds
  }

  /** Moves orders on at Shopee, which tells nobody. */
  async moveAll(orders: readonly SandboxOrder[], status: string): Promise<void> {
    for (const { order_sn } of orders) {
      await this.world.sandbox.control.moveOrder(order_sn, status, { push: false })
    }
  }

  /** Medusa's ids of the orders, in any sequence. */
  async medusaIds(orders: readonly SandboxOrder[]): Promise<string[]> {
    const rows = await this.world.database.query<{ id: string }>(
      "SELECT medusa_order_id AS id FROM shopee_order_sync WHERE ordersn = ANY($1)",
      [orders.map(({ order_sn }) => order_sn)]
    )
    return rows.map(({ id }) => id)
  }

  /** @throws Error when an order has another status in Medusa */
  async expectStatus(orders: readonly SandboxOrder[], status: string): Promise<void> {
    const [row] = await this.world.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM "order" WHERE id = ANY($1) AND status = $2',
      [await this.medusaIds(orders), status]
    )
    if (row?.count !== orders.length) {
      throw new Error(`${orders.length} orders should be ${status} in Medusa, and ${row?.count} are.`)
    }
  }

  /** Takes events and work of made-up orders away. @param pattern of their order numbers, as LIKE has it */
  async forget(pattern: string): Promise<void> {
    await this.world.database.query("DELETE FROM shopee_raw_event WHERE ordersn LIKE $1", [pattern])
    await this.world.database.query("DELETE FROM shopee_order_sync WHERE ordersn LIKE $1", [pattern])
  }

  /** @throws Error when an order fails: it would be tried again and again, and the clock would run */
  async untilNothingIsDue(): Promise<void> {
    await eventually(
      "an end of the backlog",
      async () => {
        const [row] = await this.world.database.query<{ due: boolean; failed: boolean }>(
          `SELECT EXISTS (SELECT 1 FROM shopee_order_sync WHERE due_at IS NOT NULL AND deleted_at IS NULL) AS due,
                  EXISTS (SELECT 1 FROM shopee_order_sync WHERE due_at IS NOT NULL AND deleted_at IS NULL AND attempts > 0) AS failed`
        )
        if (row?.failed) {
          const [exception] = await exceptionsOf(this.world)
          throw new Error(`An order failed: ${exception?.error_class}: ${exception?.error_message}`)
        }
        return row?.due === false
      },
      { everyMs: LOOK_EVERY_MS, withinMs: DRAIN_WAIT_MS }
    )
  }

  /** Memory that the platform's process holds now, in MB. */
  async memoryMb(): Promise<number> {
    const page = await (await fetch(`${this.platform.operationsUrl}/metrics`)).text()
    const bytes = /^process_resident_memory_bytes (\S+)$/m.exec(page)?.[1]
    if (bytes === undefined) {
      throw new Error("The platform's metrics don't tell its memory.")
    }
    return Number(bytes) / 1024 / 1024
  }
}
