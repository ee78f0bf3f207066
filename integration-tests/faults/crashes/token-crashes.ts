import type { SandboxOrder, TokenReport } from "../../../sandbox/control-client"
import { eventually } from "../../support/eventually"
import type { FaultWorld } from "../support/fault-world"
import { CrashStory } from "./story"

/** Processes that die while they refresh the shop's tokens. */
export class TokenCrashes extends CrashStory {
  /** What Shopee counted when the second process had died. */
  refreshed: TokenReport | undefined
  /** The same once a third process tried the spent refresh token. */
  refused: TokenReport | undefined
  private waiting: SandboxOrder | null = null

  constructor() {
    super("faults-crash-tokens")
  }

  get order(): SandboxOrder {
    if (!this.waiting) {
      throw new Error("The story has no order.")
    }
    return this.waiting
  }

  protected async tell(world: FaultWorld): Promise<void> {
    const [server] = await Promise.all([world.start("server", { mode: "server" }), world.authorize()])
    await world.stockCards()
    await world.shop.database.query("UPDATE shopee_auth_token SET expired_at = '1000000000000'")
    const [order] = await world.place()
    this.waiting = order as SandboxOrder
    await this.dieAt("refresh-claimed", server, [this.order])

    const second = await world.launch("dies-at-token-issued", { mode: "worker", failPoints: "token-issued" })
    await this.untilDead(second, "token-issued")
    ;[this.refreshed] = await world.control.tokens()

    await world.start("worker", { mode: "worker" })
    await eventually("the alert", async () => this.alerts().length > 0, { withinMs: 150_000 })
    ;[this.refused] = await world.control.tokens()
  }

  /** What was said to the operator about the tokens. */
  alerts() {
    return this.world.shop.alerts.received.filter(({ error_class }) => error_class === "token_expired")
  }
}
