import { cpus } from "node:os"
import type { SandboxOrder } from "../../sandbox/control-client"
import { isRedisInstalled, RedisProcess } from "../faults/support/redis-process"
import { bothSides } from "../support/compare-orders"
import { eventually } from "../support/eventually"
import { logFileOf, type PlatformProcess } from "../support/platform-process"
import { whileWatchingProcessors } from "../support/processor-load"
import { orderPush, sendSigned } from "../support/send-push"
import { ShopAdmin } from "../support/shop-admin"
import {
  authorizeShop,
  exceptionsOf,
  inboxIsEmpty,
  openShop,
  type ShopWorld,
  startShopPlatform,
} from "../support/shop-world"

/** Several cards, as in a shop: one SKU would make every order wait for one lock. */
const SKUS = Array.from({ length: 10 }, (_, index) => `EMB-${String(index + 14).padStart(3, "0")}-NM`)
/** `SCALE_OUT_ORDERS=300` measures what docs/scale-out.md says; the suite is content with a few claims for each worker. */
const ORDERS = Number(process.env.SCALE_OUT_ORDERS ?? 60)
/** For each worker. */
const WARM_UP_ORDERS = Math.ceil(ORDERS / 3)
const SHOPEE_LATENCY_MS = 200
const PUSHES_AT_ONCE = 20
/** A worker that was killed held up to 50 orders for the rest of its lease. */
const DRAIN_MS = 240_000

// In CI it has to be there: a check that doesn't run would look like one that passed.
const isRun = isRedisInstalled() || process.env.CI !== undefined
if (!isRun) {
  console.warn("The suite of several workers is skipped: redis-server is not installed on this machine.")
}

/** Medusa's production set: Redis for the event bus, the workflow engine and the locks; one process serves HTTP and does no work. */
;(isRun ? describe : describe.skip)("one server and three workers with Redis", () => {
  let redis: RedisProcess
  let world: ShopWorld
  let server: PlatformProcess
  let admin: ShopAdmin
  const workers: PlatformProcess[] = []
  let started = 0

  const start = (mode: "server" | "worker", name: string) =>
    startShopPlatform({ ...world, settings: { ...world.settings, MEDUSA_WORKER_MODE: mode } }, { name })
  const addWorker = async () => {
    started += 1
    workers.push(await start("worker", `worker-${started}`))
    await deliverToServer()
  }
  const deliverToServer = () =>
    world.sandbox.control.setPushConfig({ deliveryUrl: `${server.url}/connectors/shopee/webhook` })

  beforeAll(async () => {
    const logFile = logFileOf("scale-out", "redis")
    const [shop, itsRedis] = await Promise.all([openShop("scale-out"), RedisProcess.start(logFile)])
    redis = itsRedis
    world = { ...shop, settings: { ...shop.settings, REDIS_URL: redis.url } }
    ;[server] = await Promise.all([start("server", "server"), authorizeShop(world)])
    await addWorker()
    admin = await ShopAdmin.login(server.url)
    await admin.stockCards(Object.fromEntries(SKUS.map((sku) => [sku, 100_000])))
    // What the shop's first order sets up (region, sales channel, location) belongs to no measurement.
    await releaseAtOnce(await receive(1))
    await inboxIsEmpty(world)
    await warmUp()
  }, 400_000)

  afterAll(async () => {
    await Promise.all([server, ...workers].map((platform) => platform?.stop()))
    await world?.close()
    await redis?.stop()
  })

  /** The shop's orders are held, so that a backlog comes together: as after an outage of Shopee. */
  async function receive(count: number): Promise<SandboxOrder[]> {
    await world.database.query("UPDATE shopee_auth_token SET paused_until = now() + interval '1 hour'")
    const orders = await world.sandbox.control.createOrders(
      Array.from({ length: count }, (_, index) => ({
        lines: [{ sku: SKUS[index % SKUS.length] ?? "", name: "Ember Drake", price: 12.5, quantity: 1 }],
        status: "READY_TO_SHIP",
        push: false,
      }))
    )
    for (let first = 0; first < orders.length; first += PUSHES_AT_ONCE) {
      const batch = orders.slice(first, first + PUSHES_AT_ONCE)
      const answers = await Promise.all(batch.map(({ order_sn }) => sendSigned(server.url, orderPush(order_sn))))
      expect(answers.map(({ status }) => status)).toEqual(batch.map(() => 200))
    }
    return orders
  }

  async function releaseAtOnce(orders: SandboxOrder[]): Promise<void> {
    const [due] = await world.database.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM shopee_order_sync WHERE due_at IS NOT NULL"
    )
    expect(due?.count).toBe(orders.length)
    await world.sandbox.control.resetCalls()
    await world.database.query("UPDATE shopee_auth_token SET paused_until = NULL")
  }

  /** How often Shopee was asked for each order since the release. */
  async function readingsOf(orders: SandboxOrder[]): Promise<number[]> {
    const { last } = await world.sandbox.control.calls({ last: 10_000 })
    const asked = last.filter(({ endpoint }) => endpoint.endsWith("get_order_detail")).flatMap((call) => call.order_sns)
    return orders.map(({ order_sn }) => asked.filter((sn) => sn === order_sn).length)
  }

  async function drain(latencyMs: number): Promise<number> {
    const orders = await receive(ORDERS)
    if (latencyMs > 0) {
      await world.sandbox.control.addFault({ kind: "slow", endpoint: "*", delay_ms: latencyMs })
    }
    await releaseAtOnce(orders)
    const started = Date.now()
    const { busyShare } = await whileWatchingProcessors(() => inboxIsEmpty(world, DRAIN_MS))
    const seconds = (Date.now() - started) / 1000
    await world.sandbox.control.clearFaults()
    expect(await readingsOf(orders)).toEqual(orders.map(() => 1))
    console.log(
      `${workers.length} worker(s), Shopee answers after ${latencyMs} ms: ${ORDERS} orders in ${seconds.toFixed(1)} s ` +
        `(${cpus().length} processors ${Math.round(busyShare * 100)} % busy)`
    )
    return seconds
  }

  /** A process that has just started compiles what it runs: its first orders take several times as long as later ones. */
  async function warmUp(): Promise<void> {
    await releaseAtOnce(await receive(WARM_UP_ORDERS * workers.length))
    await inboxIsEmpty(world, DRAIN_MS)
  }

  async function expectEveryOrderOnce(): Promise<void> {
    const [shopee, medusa] = await Promise.all([world.sandbox.control.orders(), admin.orders()])
    const { expected, actual } = bothSides(shopee, medusa)
    expect(actual).toEqual(expected)
    expect(await admin.reservations()).toHaveLength(expected.length)
    const stocks = await Promise.all(SKUS.map((sku) => admin.stockOf(sku)))
    expect(stocks.reduce((sum, { reserved }) => sum + reserved, 0)).toBe(expected.length)
    expect((await exceptionsOf(world)).filter(({ status }) => status === "open")).toEqual([])
  }

  it("a backlog is drained by one worker, and by three: each order is read once and imported once", async () => {
    const alone = { local: await drain(0), far: await drain(SHOPEE_LATENCY_MS) }
    await Promise.all([addWorker(), addWorker()])
    await warmUp()
    const together = { local: await drain(0), far: await drain(SHOPEE_LATENCY_MS) }
    const ratio = (kind: "local" | "far") => (together[kind] / alone[kind]).toFixed(2)
    console.log(`Three workers need ${ratio("local")} of one worker's time, with Shopee's latency ${ratio("far")}.`)
    await expectEveryOrderOnce()
  }, 900_000)

  it("a job that is due is run by one of them, once", async () => {
    const job = async () => {
      const [row] = await world.database.query<{ runs: number; is_idle: boolean }>(
        `SELECT runs, next_run_at > now() AND requested_at IS NULL AND claim_id IS NULL AS is_idle FROM connector_job
          WHERE name = 'shopee-reconcile-daily'`
      )
      return row
    }
    const idle = await eventually("the job's being idle", async () => {
      const row = await job()
      return row?.is_idle ? row : null
    })
    await world.sandbox.control.resetCalls()
    await world.database.query(
      "UPDATE connector_job SET next_run_at = now() - interval '1 second' WHERE name = 'shopee-reconcile-daily'"
    )
    const after = await eventually("the job's run", async () => {
      const row = await job()
      return row?.is_idle && row.runs > idle.runs ? row : null
    })
    expect(after.runs).toBe(idle.runs + 1)
    expect((await exceptionsOf(world)).filter(({ error_class }) => error_class.startsWith("job_"))).toEqual([])
  })

  it("a worker that is killed in the middle of its orders loses none: the others finish them, once", async () => {
    const before = (await admin.orders()).length
    await releaseAtOnce(await receive(ORDERS))
    await eventually(
      "the first orders of the backlog",
      async () => {
        const [row] = await world.database.query<{ made: number }>('SELECT count(*)::int AS made FROM "order"')
        return (row?.made ?? 0) > before
      },
      { everyMs: 5, withinMs: DRAIN_MS }
    )
    await workers.pop()?.kill("SIGKILL")
    await inboxIsEmpty(world, DRAIN_MS)
    await expectEveryOrderOnce()
  }, 400_000)
})
