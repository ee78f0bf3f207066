import { resolve } from "node:path"
import type { SandboxOrder } from "../../../sandbox/control-client"
import type { FailPoint } from "../../../src/config/fail-points"
import { eventually } from "../../support/eventually"
import { inboxIsEmpty } from "../../support/shop-world"
import type { FaultWorld } from "../support/fault-world"
import { CrashStory } from "./story"

const RUN_JOB = resolve(__dirname, "../support/run-job.js")

/** What orders are when the story begins, and what Shopee makes of them before a worker dies on the way there. Several move in one run. */
const TURNS = [
  { point: "refunds-noted", from: "READY_TO_SHIP", to: "CANCELLED", count: 1 },
  { point: "payments-refunded", from: "SHIPPED", to: "CANCELLED", count: 1 },
  { point: "parcels-unpacked", from: "PROCESSED", to: "CANCELLED", count: 1 },
  { point: "shipments-recorded", from: "PROCESSED", to: "SHIPPED", count: 3 },
  { point: "parcels-recorded", from: "READY_TO_SHIP", to: "PROCESSED", count: 3 },
  { point: "payments-captured", from: "UNPAID", to: "READY_TO_SHIP", count: 1 },
] as const satisfies { point: FailPoint; from: string; to: string; count: number }[]

/** Processes that die on the way from one status to the next. */
export class LifeCrashes extends CrashStory {
  private readonly orders = new Map<string, SandboxOrder[]>()

  constructor() {
    super("faults-crash-life")
  }

  /** The orders that a worker died with. */
  ordersOf(name: string): SandboxOrder[] {
    const orders = this.orders.get(name)
    if (!orders) {
      throw new Error(`The story has no order for ${name}.`)
    }
    return orders
  }

  protected async tell(world: FaultWorld): Promise<void> {
    const [server] = await Promise.all([world.start("server", { mode: "server" }), world.authorize()])
    await world.stockCards()
    for (const { point, from, count } of TURNS) {
      this.orders.set(point, await world.place(count, { status: from }))
    }
    this.orders.set("escrows-read", await world.place(1, { status: "COMPLETED" }))
    await world.tellAll(server, [...this.orders.values()].flat())
    const first = await world.start("worker-1", { mode: "worker" })
    await inboxIsEmpty(world.shop)
    await first.stop()

    await this.dieWithAnEscrow(world)
    // In this sequence: an order that is taken up again meanwhile passes no point that still kills.
    for (const { point, to } of TURNS) {
      const moved: SandboxOrder[] = []
      for (const { order_sn } of this.ordersOf(point)) {
        moved.push(await world.control.moveOrder(order_sn, to, { push: false }))
      }
      await this.dieAt(point, server, moved)
    }
    await world.start("worker-2", { mode: "worker" })
  }

  /** The minutely job, run at once. @returns whether the escrow is stored */
  async fetchEscrow(): Promise<boolean> {
    await this.world.exec(RUN_JOB, ["shopee-fetch-escrow"])
    return await this.isEscrowStored()
  }

  async isEscrowStored(): Promise<boolean> {
    const rows = await this.world.shop.database.query("SELECT 1 FROM shopee_escrow WHERE ordersn = ANY($1)", [
      this.ordersOf("escrows-read").map(({ order_sn }) => order_sn),
    ])
    return rows.length === 1
  }

  async untilEscrowIsStored(): Promise<void> {
    await eventually("the escrow", () => this.fetchEscrow(), { withinMs: 90_000, everyMs: 1_000 })
  }

  private async dieWithAnEscrow(world: FaultWorld): Promise<void> {
    const victim = await world.exec(RUN_JOB, ["shopee-fetch-escrow"], { FAIL_POINTS: "escrows-read" })
    if (
      !victim.stderr.includes("[fail-point] escrows-read:") &&
      !victim.stdout.includes("[fail-point] escrows-read:")
    ) {
      throw new Error(`The job should have died at escrows-read:\n${(victim.stdout + victim.stderr).slice(-3_000)}`)
    }
    this.noteDeath("escrows-read")
  }
}
