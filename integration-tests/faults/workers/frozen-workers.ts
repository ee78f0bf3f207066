import { setTimeout as sleep } from "node:timers/promises"
import type { SandboxOrder } from "../../../sandbox/control-client"
import type { FailPoint } from "../../../src/config/fail-points"
import { eventually } from "../../support/eventually"
import type { LaunchedPlatform, PlatformProcess } from "../../support/platform-process"
import { inboxIsEmpty } from "../../support/shop-world"
import { fault } from "../support/fault"
import type { FaultWorld } from "../support/fault-world"

/** Long enough for a worker that goes on to come to the end of what it was in. */
const SETTLED_MS = 8_000
const BOOT_MS = 120_000
const STORY_MS = 400_000

/** Where a worker stands still, and what Shopee makes of the order that it is at. */
const TURNS = [
  { point: "payments-refunded", from: "SHIPPED", to: "CANCELLED" },
  { point: "parcels-unpacked", from: "PROCESSED", to: "CANCELLED" },
  { point: "parcels-recorded", from: "READY_TO_SHIP", to: "PROCESSED" },
  { point: "payments-captured", from: "UNPAID", to: "READY_TO_SHIP" },
] as const satisfies { point: FailPoint; from: string; to: string }[]

/** Of an order: its payments, and what its account knows of captures and refunds. */
interface Money {
  payments: string
  captures: string
  refunds: string
}

/**
 * Workers that stand still for longer than their lease between two writes of one step, and go on when another worker has finished the
 * order: what they were about to do is done.
 */
export function frozenWorkerFaults(
  world: () => FaultWorld,
  server: () => PlatformProcess,
  workers: () => PlatformProcess[]
): void {
  const orders = new Map<string, SandboxOrder>()
  let played: Promise<void> | null = null

  async function freezeAt(point: FailPoint, order: SandboxOrder): Promise<LaunchedPlatform> {
    await world().tellAll(server(), [order])
    const frozen = await world().launch(`stands-still-at-${point}`, {
      mode: "worker",
      failPoints: `${point}=SIGSTOP`,
    })
    await eventually("the worker to stop", async () => (await frozen.log()).includes(`[fail-point] ${point}:`), {
      withinMs: BOOT_MS,
    })
    return frozen
  }

  /** Its fail points would stop it again. */
  async function end(frozen: LaunchedPlatform[]): Promise<void> {
    await Promise.all(frozen.map((worker) => worker.kill("SIGKILL")))
  }

  /** All of them stand still at the same time: most of it is waiting for leases to end. */
  async function play(): Promise<void> {
    for (const { point, from } of TURNS) {
      const [order] = await world().place(1, { status: from })
      orders.set(point, order as SandboxOrder)
    }
    await world().tellAll(server(), [...orders.values()])
    await inboxIsEmpty(world().shop)
    workers().forEach((worker) => worker.signal("SIGSTOP"))
    const frozen: LaunchedPlatform[] = []
    for (const { point, to } of TURNS) {
      const order = await world().control.moveOrder(orders.get(point)?.order_sn ?? "", to, { push: false })
      frozen.push(await freezeAt(point, order))
    }
    workers().forEach((worker) => worker.signal("SIGCONT"))
    await inboxIsEmpty(world().shop, 120_000)
    frozen.forEach((worker) => worker.signal("SIGCONT"))
    await sleep(SETTLED_MS)
    await end(frozen)
    await inboxIsEmpty(world().shop, 120_000)
  }

  async function moneyOf({ order_sn }: SandboxOrder): Promise<Money> {
    const [money] = await world().shop.database.query<Money>(
      `SELECT (SELECT count(*) FROM payment p JOIN order_payment_collection l USING (payment_collection_id)
                WHERE l.order_id = o.id AND p.canceled_at IS NULL AND p.deleted_at IS NULL) AS payments,
              (SELECT count(*) FROM order_transaction t
                WHERE t.order_id = o.id AND t.reference = 'capture' AND t.deleted_at IS NULL) AS captures,
              (SELECT count(*) FROM order_transaction t
                WHERE t.order_id = o.id AND t.reference = 'refund' AND t.deleted_at IS NULL) AS refunds
         FROM "order" o WHERE o.custom_display_id = $1`,
      [`SHP-${order_sn}`]
    )
    if (!money) {
      throw new Error(`Medusa has no order ${order_sn}.`)
    }
    return money
  }

  /** @param expected what the order's account holds in the end */
  async function finished(point: FailPoint, expected: Money): Promise<void> {
    played ??= play()
    await played
    const order = orders.get(point) as SandboxOrder
    await world().until(order)
    expect(await moneyOf(order)).toEqual(expected)
    await world().expectPromisesKept()
  }

  fault(
    "frozen-packing",
    async () => {
      await finished("parcels-recorded", { payments: "1", captures: "1", refunds: "0" })
      return "packed by another worker, stock taken once"
    },
    STORY_MS
  )
  fault("frozen-unpacking", async () => {
    await finished("parcels-unpacked", { payments: "1", captures: "1", refunds: "1" })
    return "unpacked, cancelled and refunded by another worker, stock back once"
  })
  fault("frozen-capturing", async () => {
    await finished("payments-captured", { payments: "1", captures: "1", refunds: "0" })
    return "one payment, one transaction"
  })
  fault("frozen-refunding", async () => {
    await finished("payments-refunded", { payments: "1", captures: "1", refunds: "1" })
    return "one refund, one transaction"
  })
}
