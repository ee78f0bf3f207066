import { rm } from "node:fs/promises"
import { dirname } from "node:path"
import { AdminApi } from "../../../demo/admin-api"
import { compareOrders, type ComparedOrder } from "../../../demo/compare"
import { compareStock, type StockDifference } from "../../../demo/compare-stock"
import { readMedusaOrders, readStock } from "../../../demo/medusa-orders"
import type { OrderSpec, SandboxControl, SandboxOrder } from "../../../sandbox/control-client"
import { answers } from "../../support/child-program"
import { eventually } from "../../support/eventually"
import { OPERATOR } from "../../support/platform-database"
import {
  type LaunchedPlatform,
  launchPlatform,
  logFileOf,
  type PlatformProcess,
  runNpmScript,
} from "../../support/platform-process"
import { orderPush, type PushAnswer, sendSigned } from "../../support/send-push"
import { SHOP_ID } from "../../support/shopee-shop"
import { ShopAdmin } from "../../support/shop-admin"
import { type ExceptionRow, exceptionsOf, openShop, type ShopWorld } from "../../support/shop-world"
import { seconds } from "./fault-result"
import { findLeaks } from "./find-leaks"
import { forgottenPushes } from "./forgotten-pushes"

export const DRAKE = "EMB-014-NM"
const STOCK = 10_000
/** How long everything that a fault delayed may take, unless a fault says less. */
const BOUND_MS = 60_000
/** Nobody else is called that: a log line that holds it holds a buyer's name. */
const BUYER = "Zephyrine Ong"

/** What a process of the shop's platform is started with beside the shop's settings. */
export interface ProcessOptions {
  mode?: "shared" | "server" | "worker"
  /** Fail points to arm, as `FAIL_POINTS` names them. */
  failPoints?: string
  settings?: NodeJS.ProcessEnv
  port?: number
}

/** What is not as it should be. */
interface Differences {
  orders: ComparedOrder[]
  stock: StockDifference[]
  accounts: object[]
}

/** A shop on which faults are let loose, and the promises that have to hold after each of them. */
export class FaultWorld {
  private readonly platforms: LaunchedPlatform[] = []
  private readonly answered = new Set<string>()
  private readonly held = new Set<string>()
  private readonly codes: string[] = []
  private sent = 0
  private adminUrl = ""
  private readonly admins = new Map<string, AdminApi>()

  private constructor(
    readonly shop: ShopWorld,
    private readonly settings: NodeJS.ProcessEnv
  ) {}

  /** @param suite names the database and the logs. `settings` are given to every process besides the shop's own. */
  static async open(suite: string, adjust: (shop: ShopWorld) => Promise<NodeJS.ProcessEnv> = async () => ({})) {
    // Logs of an earlier run would be searched as well, for other buyers' names.
    await rm(dirname(logFileOf(suite, "platform")), { recursive: true, force: true })
    const shop = await openShop(suite)
    return new FaultWorld(shop, { ...shop.settings, ...(await adjust(shop)) })
  }

  get control(): SandboxControl {
    return this.shop.sandbox.control
  }

  /** Ends every process and drops the database. */
  async close(): Promise<void> {
    await Promise.all(this.platforms.map((platform) => platform.kill("SIGKILL")))
    await this.shop.close()
  }

  /** Starts a process of the platform and waits until it serves; the first one also answers for what Admin shows. */
  async start(name: string, options: ProcessOptions = {}): Promise<PlatformProcess> {
    const platform = await this.launch(name, options)
    await platform.untilUp()
    if (options.mode !== "worker") {
      this.adminUrl = platform.url
    }
    return platform
  }

  /** Starts a process of the platform and waits for nothing. */
  async launch(name: string, { mode = "shared", failPoints, settings, port }: ProcessOptions = {}) {
    const platform = await launchPlatform({
      settings: {
        ...this.settings,
        MEDUSA_WORKER_MODE: mode,
        ...(failPoints === undefined ? {} : { FAIL_POINTS: failPoints }),
        ...settings,
      },
      logFile: logFileOf(this.shop.suite, name),
      port,
    })
    this.platforms.push(platform)
    // One that was killed is not asked for its health any more.
    platform.exited.then(
      () => this.platforms.splice(this.platforms.indexOf(platform), 1),
      () => undefined
    )
    return platform
  }

  /** The seller's click and the operator's script. */
  async authorize(): Promise<void> {
    const code = await this.control.authorize(SHOP_ID, { push: false })
    this.codes.push(code)
    const { code: exitCode, stdout, stderr } = await this.exec("./src/scripts/shopee-oauth-bootstrap.js", [code])
    if (exitCode !== 0) {
      throw new Error(`The shop could not be authorised:\n${stdout}${stderr}`)
    }
  }

  /** Runs a script as the operator does. */
  async exec(script: string, args: string[], settings: NodeJS.ProcessEnv = {}) {
    return await runNpmScript("medusa", ["exec", script, ...args], { ...this.settings, ...settings })
  }

  /** Puts cards into the shop. */
  async stockCards(): Promise<void> {
    await (await ShopAdmin.login(this.adminUrl)).stockCards({ [DRAKE]: STOCK })
  }

  /** Orders at Shopee of which nobody tells. */
  async place(count = 1, spec: Partial<OrderSpec> = {}): Promise<SandboxOrder[]> {
    return await this.control.createOrders(
      Array.from({ length: count }, () => ({
        lines: [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }],
        shipping_fee: 1.99,
        status: "READY_TO_SHIP",
        recipient: {
          name: `${BUYER} ${++this.sent}`,
          phone: `65${80_000_000 + this.sent}`,
          full_address: `${this.sent} Quillfeather Lane`,
        },
        buyer: { username: `quillfeather.${this.sent}` },
        message: `Quillfeather says ${this.sent}`,
        push: false,
        ...spec,
      }))
    )
  }

  /** Tells a platform of an order. What is answered as delivered has to be there from now on. */
  async tell(platform: { url: string }, order: { order_sn: string }, status?: string): Promise<PushAnswer> {
    return await this.push(platform, orderPush(order.order_sn, status, 1_790_000_000 + ++this.sent))
  }

  /** Sends a push; see `tell`. */
  async push(platform: { url: string }, body: Buffer | string): Promise<PushAnswer> {
    const answer = await sendSigned(platform.url, body)
    if (answer.status === 200) {
      this.answered.add(Buffer.from(body).toString("base64"))
    }
    return answer
  }

  /** Tells of orders at once, and again of those whose push was refused for the moment, as Shopee does. @throws Error when one stays refused */
  async tellAll(platform: { url: string }, orders: SandboxOrder[]): Promise<void> {
    await Promise.all(
      orders.map((order) =>
        eventually("the push to be taken", async () => (await this.tell(platform, order)).status === 200)
      )
    )
  }

  /** An order that no platform may import: it has to be absent from Medusa instead of equal. */
  hold({ order_sn }: { order_sn: string }): void {
    this.held.add(order_sn)
  }

  release({ order_sn }: { order_sn: string }): void {
    this.held.delete(order_sn)
  }

  async exceptions(): Promise<ExceptionRow[]> {
    return await exceptionsOf(this.shop)
  }

  /** Waits until an order of Shopee's is in Medusa as Shopee has it. @returns seconds */
  async until(order: { order_sn: string }, withinMs = BOUND_MS): Promise<number> {
    const startedAt = Date.now()
    let last: ComparedOrder | undefined
    await eventually(
      `order ${order.order_sn}`,
      async () => {
        last = (await this.compare()).find(({ ordersn }) => ordersn === order.order_sn)
        return last?.differences.length === 0
      },
      { withinMs, everyMs: 500 }
    ).catch((error: Error) => {
      throw new Error(`${error.message} ${JSON.stringify(last?.differences)}`)
    })
    return seconds(Date.now() - startedAt)
  }

  /**
   * What has to be true after every fault: within the bound Medusa has each Shopee order once and as Shopee has it, with its stock;
   * every answered push is stored; no log line of any process, and no alert, holds a secret or a buyer; whoever runs is healthy.
   *
   * @returns seconds until Medusa was equal
   */
  async expectPromisesKept(withinMs = BOUND_MS): Promise<number> {
    const startedAt = Date.now()
    let wrong: Differences = { orders: [], stock: [], accounts: [] }
    try {
      await eventually(
        "Medusa to equal Shopee",
        async () => {
          wrong = await this.differences()
          return wrong.orders.length + wrong.stock.length + wrong.accounts.length === 0
        },
        { withinMs, everyMs: 500 }
      )
    } catch (error) {
      throw new Error(
        [
          (error as Error).message,
          JSON.stringify(wrong, null, 1).slice(0, 3_000),
          JSON.stringify(await this.exceptions()).slice(-1_500),
          JSON.stringify(await this.waitingOrders()).slice(0, 1_500),
        ].join("\n")
      )
    }
    const took = seconds(Date.now() - startedAt)
    await this.expectNothingForgottenOrTold()
    return took
  }

  /** Orders that are not settled, as their rows say it. */
  private async waitingOrders(): Promise<object[]> {
    return await this.shop.database.query(
      `SELECT ordersn, status, due_at, attempts, claim_id, lease_until, now() AS now FROM shopee_order_sync
        WHERE due_at IS NOT NULL OR claim_id IS NOT NULL OR status <> 'created'`
    )
  }

  /** The promises that hold at any moment, also while orders still wait. */
  async expectNothingForgottenOrTold(): Promise<void> {
    expect(await forgottenPushes(this.shop, this.answered)).toEqual([])
    expect(await findLeaks(this.shop, this.settings, this.codes)).toEqual([])
    expect(await Promise.all(this.platforms.map(({ url }) => answers(`${url}/health`)))).not.toContain(false)
    const twice = await this.shop.database.query(
      `SELECT metadata->>'shopee_ordersn' AS ordersn FROM "order" WHERE deleted_at IS NULL GROUP BY 1 HAVING count(*) > 1`
    )
    expect(twice).toEqual([])
  }

  private async compare(): Promise<ComparedOrder[]> {
    const api = await this.admin()
    const [shopee, medusa] = await Promise.all([this.control.orders(), readMedusaOrders(api)])
    return compareOrders(
      shopee.filter(({ order_sn }) => !this.held.has(order_sn)),
      medusa
    )
  }

  /** Orders whose account differs from what their payments say was captured and refunded. */
  private async unevenAccounts(): Promise<object[]> {
    return await this.shop.database.query(
      `SELECT * FROM (
         SELECT o.custom_display_id,
                (SELECT coalesce(sum(coalesce(p.captured_amount, 0) - coalesce(p.refunded_amount, 0)), 0)
                   FROM payment_collection p JOIN order_payment_collection l ON l.payment_collection_id = p.id
                  WHERE l.order_id = o.id AND l.deleted_at IS NULL AND p.deleted_at IS NULL) AS moved,
                (SELECT coalesce(sum(t.amount), 0) FROM order_transaction t
                  WHERE t.order_id = o.id AND t.deleted_at IS NULL) AS booked
           FROM "order" o WHERE o.deleted_at IS NULL) accounts
        WHERE moved <> booked`
    )
  }

  private async differences(): Promise<Differences> {
    const orders = (await this.compare()).filter(({ differences }) => differences.length > 0)
    if (orders.length > 0) {
      return { orders, stock: [], accounts: [] }
    }
    const shopee = await this.control.orders()
    const stock = compareStock(
      shopee.filter(({ order_sn }) => !this.held.has(order_sn)),
      new Map([[DRAKE, STOCK]]),
      await readStock(await this.admin())
    )
    return { orders, stock: stock.differences, accounts: await this.unevenAccounts() }
  }

  /** Logged in once for each address: a login costs more than everything that is read with it. */
  private async admin(): Promise<AdminApi> {
    const known = this.admins.get(this.adminUrl)
    if (known) {
      return known
    }
    const api = new AdminApi(this.adminUrl)
    await api.login(OPERATOR.email, OPERATOR.password)
    this.admins.set(this.adminUrl, api)
    return api
  }
}
