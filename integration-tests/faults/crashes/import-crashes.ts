import type { SandboxOrder } from "../../../sandbox/control-client"
import { eventually } from "../../support/eventually"
import { orderPush } from "../../support/send-push"
import type { PlatformProcess } from "../../support/platform-process"
import type { FaultWorld } from "../support/fault-world"
import { CrashStory } from "./story"

/** Processes that die on the way from a push to its order. */
export class ImportCrashes extends CrashStory {
  readonly orders: Record<string, SandboxOrder> = {}
  /** Epoch milliseconds at which Shopee was first asked again for the order of `orders-claimed`. */
  takenUpAt = 0
  /** What the sender of the push heard whose receiver died. */
  answerOfTheDead = ""

  private survivor: PlatformProcess | null = null

  constructor() {
    super("faults-crash-imports")
  }

  protected async tell(world: FaultWorld): Promise<void> {
    const [server] = await Promise.all([world.start("server-1", { mode: "server" }), world.authorize()])
    await world.stockCards()
    const [unmapped] = await world.place(1, {
      lines: [{ sku: "GAL-404-NM", name: "Gale #404", price: 3, quantity: 1 }],
    })
    await this.place("unmapped", unmapped)
    world.hold(this.order("unmapped"))

    // From the end of the way to its beginning: an order that is taken up again meanwhile passes no point that still kills.
    await this.dieAt("alert-delivered", server, [this.order("unmapped")])
    for (const point of ["outcomes-known", "orders-created", "orders-read"] as const) {
      await this.place(point, (await world.place())[0])
      await this.dieAt(point, server, [this.order(point)])
    }
    await this.dieWhileShopeeIsRead(world, server)
    await this.dieBeforeTheAnswer(world)
    await this.dieBesideAnotherWorker(world, server)

    await this.place("push-answered", (await world.place())[0])
    const worker = this.survivor
    worker?.signal("SIGSTOP")
    await world.tellAll(server, [this.order("push-answered")])
    await server.kill("SIGKILL")
    this.noteDeath("push-answered")
    worker?.signal("SIGCONT")
    const next = await world.start("server-2", { mode: "server", port: server.port })
    // The sender heard nothing of the first attempt, so it tries again.
    await world.push(next, this.unansweredPush)
  }

  /** The other worker stands still until the first one is dead, or it would take the order itself. */
  private async dieBesideAnotherWorker(world: FaultWorld, server: PlatformProcess): Promise<void> {
    await this.place("orders-claimed", (await world.place())[0])
    this.survivor = await world.start("worker", { mode: "worker" })
    await eventually(
      "the others' orders to be done",
      async () =>
        (await world.shop.database.query("SELECT 1 FROM shopee_order_sync WHERE due_at IS NOT NULL")).length === 0,
      { withinMs: 120_000 }
    )
    this.survivor.signal("SIGSTOP")
    await world.tellAll(server, [this.order("orders-claimed")])
    const victim = await world.launch("dies-at-orders-claimed", { mode: "worker", failPoints: "orders-claimed" })
    await this.untilDead(victim, "orders-claimed")
    this.survivor.signal("SIGCONT")
    this.takenUpAt = await this.untilReadAgain(world, "orders-claimed")
  }

  order(name: string): SandboxOrder {
    const order = this.orders[name]
    if (!order) {
      throw new Error(`The story has no order for ${name}.`)
    }
    return order
  }

  private async place(name: string, order: SandboxOrder | undefined): Promise<void> {
    if (order) {
      this.orders[name] = order
    }
  }

  get unansweredPush(): string {
    return orderPush(this.order("push-stored").order_sn)
  }

  private async dieWhileShopeeIsRead(world: FaultWorld, server: { url: string }): Promise<void> {
    await this.place("shopee-read", (await world.place())[0])
    const fault = await world.control.addFault({ endpoint: "get_order_detail", kind: "hang", times: 1 })
    await world.tellAll(server, [this.order("shopee-read")])
    const victim = await world.launch("dies-while-reading", { mode: "worker" })
    await eventually(
      "the call to Shopee",
      async () => (await world.control.faults()).some(({ id, applied }) => id === fault && applied > 0),
      { withinMs: 120_000, everyMs: 50 }
    )
    await victim.kill("SIGKILL")
    this.noteDeath("shopee-read")
    await world.control.clearFaults(fault)
  }

  private async dieBeforeTheAnswer(world: FaultWorld): Promise<void> {
    await this.place("push-stored", (await world.place())[0])
    const victim = await world.launch("dies-at-push-stored", { mode: "server", failPoints: "push-stored" })
    await victim.untilUp()
    this.answerOfTheDead = await world.push(victim, this.unansweredPush).then(
      ({ status }) => `HTTP ${status}`,
      (error: Error & { code?: string }) => error.code ?? error.message
    )
    await this.untilDead(victim, "push-stored")
  }

  /** When Shopee was asked for the order for the first time after its process died. */
  private async untilReadAgain(world: FaultWorld, name: string): Promise<number> {
    const { order_sn } = this.order(name)
    return await eventually(
      "the order to be read again",
      async () => {
        const { last } = await world.control.calls({ last: 1_000 })
        return last.find(({ time, order_sns }) => time > this.diedAt(name) && order_sns.includes(order_sn))?.time
      },
      { everyMs: 100 }
    )
  }
}
