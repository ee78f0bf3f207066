import { resolve } from "node:path"
import { AdminApi } from "../../../demo/admin-api"
import type { SandboxOrder } from "../../../sandbox/control-client"
import type { FailPoint } from "../../../src/config/fail-points"
import { OPERATOR } from "../../support/platform-database"
import type { FaultWorld } from "../support/fault-world"
import { CrashStory } from "./story"

const RUN_JOB = resolve(__dirname, "../support/run-job.js")
const LOST_PUSHES = "shopee-lost-push-recovery"
const RECONCILE = "shopee-reconcile-daily"
/** Nobody listens there: every push is lost at once. */
const NOWHERE = "http://127.0.0.1:9"
const DAY_MS = 24 * 60 * 60_000

/** A comparison of ours with Shopee's list, as its row says it. */
export interface Proof {
  status: string
  missing_count: number | null
  error: string | null
}

/** Processes that die while they look for what pushes missed. Nobody tells of the orders. */
export class RecoveryCrashes extends CrashStory {
  private readonly orders = new Map<string, SandboxOrder[]>()
  /** Lost pushes that Shopee still had when the process had died, and when the next one was through. */
  readonly lostLeft: [afterDeath: number, atEnd: number] = [0, 0]

  constructor() {
    super("faults-crash-recovery")
  }

  ordersOf(name: string): SandboxOrder[] {
    return this.orders.get(name) ?? []
  }

  async proofs(): Promise<Proof[]> {
    return await this.world.shop.database.query<Proof>(
      "SELECT status, missing_count, error FROM shopee_reconcile_run ORDER BY started_at"
    )
  }

  async backfill(): Promise<{ status: string; injected_count: number; windows_done: number; windows_total: number }> {
    const [row] = await this.world.shop.database.query<Awaited<ReturnType<RecoveryCrashes["backfill"]>>>(
      "SELECT status, injected_count, windows_done, windows_total FROM shopee_backfill"
    )
    if (!row) {
      throw new Error("There is no backfill.")
    }
    return row
  }

  /** How often the inbox was told of an order. */
  async eventsOf({ order_sn }: SandboxOrder): Promise<number> {
    const rows = await this.world.shop.database.query("SELECT 1 FROM shopee_raw_event WHERE ordersn = $1", [order_sn])
    return rows.length
  }

  protected async tell(world: FaultWorld): Promise<void> {
    const [server] = await Promise.all([world.start("server", { mode: "server" }), world.authorize()])
    await world.stockCards()

    await world.control.setPushConfig({ deliveryUrl: NOWHERE, retries: 0 })
    this.orders.set("lost-pushes-stored", await world.place(3, { push: true }))
    await world.control.settlePushes()
    await this.dieInJob(LOST_PUSHES, "lost-pushes-stored")
    this.lostLeft[0] = (await world.control.lostPushes()).length
    await this.runJob(LOST_PUSHES)
    this.lostLeft[1] = (await world.control.lostPushes()).length

    this.orders.set("list-page-read", await world.place(2))
    await this.dieInJob(RECONCILE, "list-page-read")
    this.orders.set("findings-injected", await world.place(2))
    await this.dieInJob(RECONCILE, "findings-injected")
    await this.runJob(RECONCILE)

    this.orders.set("backfill-window-read", await world.place(2))
    const api = new AdminApi(server.url)
    await api.login(OPERATOR.email, OPERATOR.password)
    await api.post("/admin/connectors/shopee/backfill", { from: new Date(Date.now() - DAY_MS).toISOString() })
    const victim = await world.launch("dies-at-backfill-window-read", {
      mode: "worker",
      failPoints: "backfill-window-read",
    })
    await this.untilDead(victim, "backfill-window-read")
    await world.start("worker", { mode: "worker" })
  }

  private async runJob(job: string): Promise<void> {
    const { code, stdout, stderr } = await this.world.exec(RUN_JOB, [job])
    if (code !== 0) {
      throw new Error(`The job ${job} failed:\n${(stdout + stderr).slice(-3_000)}`)
    }
  }

  private async dieInJob(job: string, point: FailPoint): Promise<void> {
    const { stdout, stderr } = await this.world.exec(RUN_JOB, [job], { FAIL_POINTS: point })
    if (!(stdout + stderr).includes(`[fail-point] ${point}:`)) {
      throw new Error(`The job should have died at ${point}:\n${(stdout + stderr).slice(-3_000)}`)
    }
    this.noteDeath(point)
  }
}
