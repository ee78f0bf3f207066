import { resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { SandboxOrder } from "../../sandbox/control-client"
import { eventually } from "../support/eventually"
import { logFileOf, type PlatformProcess } from "../support/platform-process"
import { inboxIsEmpty } from "../support/shop-world"
import { fault } from "./support/fault"
import { seconds } from "./support/fault-result"
import { FaultWorld } from "./support/fault-world"
import { isRedisInstalled, RedisProcess } from "./support/redis-process"
import { frozenWorkerFaults } from "./workers/frozen-workers"

const SUITE = "faults-workers"
const ORDERS = 200
const AT_ONCE = 25
/** Within the 5 minutes that Shopee tolerates. */
const CLOCK_OFF_MS = 4 * 60_000
const SETTLED_MS = 8_000
/** What two workers can share: waiting for Shopee. Two processors that a sandbox, a server and Postgres need as well, they can't. */
const SHOPEE_ANSWERS_AFTER_MS = 2_000
/** Other suites may hold both cores for a moment: one and two workers take turns, and two that are no faster are so in each turn. */
const MOST_ROUNDS = 3

const withClockOff = (ms: number): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--require ${resolve(__dirname, "support/clock-offset.js")}`,
  CLOCK_OFFSET_MS: String(ms),
})

// In CI it has to be there: a check that doesn't run would look like one that passed.
const isRun = isRedisInstalled() || process.env.CI !== undefined
if (!isRun) {
  console.warn("The faults of Redis and of several workers are skipped: redis-server is not installed on this machine.")
}

/** One process for HTTP and two workers, as in production; everything the workers agree on goes through Postgres and Redis. */
;(isRun ? describe : describe.skip)("several processes of the built platform", () => {
  let redis: RedisProcess
  let world: FaultWorld
  let server: PlatformProcess
  let workers: PlatformProcess[]

  beforeAll(async () => {
    world = await FaultWorld.open(SUITE, async () => {
      redis = await RedisProcess.start(logFileOf(SUITE, "redis"))
      return { REDIS_URL: redis.url }
    })
    const [first, fast] = await Promise.all([
      world.start("server", { mode: "server" }),
      world.start("worker-fast-clock", { mode: "worker", settings: withClockOff(CLOCK_OFF_MS) }),
      world.authorize(),
    ])
    server = first
    await world.stockCards()
    await drain(20) // Regions, the sales channel and connections come with the first orders.
    const slow = await world.start("worker-slow-clock", { mode: "worker", settings: withClockOff(-CLOCK_OFF_MS) })
    workers = [fast, slow]
  }, 400_000)

  afterAll(async () => {
    await world?.close()
    await redis?.stop()
  })

  const sql = (text: string) => world.shop.database.query(text)

  async function tellInTurns(orders: SandboxOrder[]): Promise<void> {
    for (let from = 0; from < orders.length; from += AT_ONCE) {
      await world.tellAll(server, orders.slice(from, from + AT_ONCE))
    }
  }

  /** Lets orders pile up and become workable at one moment. @returns milliseconds until all of them are done */
  async function drain(count: number): Promise<number> {
    await sql("UPDATE shopee_auth_token SET paused_until = now() + interval '1 hour'")
    await tellInTurns(await world.place(count))
    await world.control.resetCalls()
    await sql("UPDATE shopee_auth_token SET paused_until = NULL")
    const startedAt = Date.now()
    await inboxIsEmpty(world.shop, 180_000)
    return Date.now() - startedAt
  }

  fault(
    "workers-two-and-200-orders",
    async () => {
      const slowAnswers = await world.control.addFault({
        endpoint: "get_order_detail",
        kind: "slow",
        delay_ms: SHOPEE_ANSWERS_AFTER_MS,
      })
      let [oneMs, twoMs, rounds] = [0, 0, 0]
      while (rounds < MOST_ROUNDS && twoMs >= oneMs) {
        rounds += 1
        oneMs += await drainByOne()
        twoMs += await drainByTwo()
      }
      await world.control.clearFaults(slowAnswers)
      expect(twoMs).toBeLessThan(oneMs)
      await world.expectPromisesKept()
      return {
        seen: `two workers ${seconds(twoMs / rounds)} s, one worker ${seconds(oneMs / rounds)} s; each order read once, one refresh`,
        seconds: seconds(twoMs / rounds),
      }
    },
    300_000
  )

  async function drainByOne(): Promise<number> {
    workers[1]?.signal("SIGSTOP")
    try {
      return await drain(ORDERS)
    } finally {
      workers[1]?.signal("SIGCONT")
    }
  }

  async function drainByTwo(): Promise<number> {
    const [before] = await world.control.tokens()
    // Both find it expired in the same moment.
    await sql("UPDATE shopee_auth_token SET expired_at = '1000000000000'")
    const took = await drain(ORDERS)
    const [after] = await world.control.tokens()
    expect(after?.refreshes).toBe((before?.refreshes ?? 0) + 1)
    expect(after?.refused_refreshes).toBe(0)
    const { last } = await world.control.calls({ last: 1_000 })
    const read = last.flatMap(({ order_sns }) => order_sns)
    expect(read.length).toBe(ORDERS)
    expect(new Set(read).size).toBe(ORDERS)
    return took
  }

  fault("worker-frozen", async () => {
    const orders = await world.place(20)
    // Only the one that will stand still may take them.
    workers.forEach((worker) => worker.signal("SIGSTOP"))
    await tellInTurns(orders)
    const frozen = await world.launch("worker-that-stops", { mode: "worker", failPoints: "orders-created=SIGSTOP" })
    await eventually("the worker to stop", async () => (await frozen.log()).includes("[fail-point] orders-created:"), {
      withinMs: 120_000,
    })
    workers.forEach((worker) => worker.signal("SIGCONT"))
    await inboxIsEmpty(world.shop, 120_000)
    frozen.signal("SIGCONT")
    // Long enough for it to come to the end of the import that it was in.
    await sleep(SETTLED_MS)
    // It would stop again at the next import.
    await frozen.kill("SIGKILL")
    await world.expectPromisesKept()
    return `${orders.length} orders had just been created when it stopped; the others adopted them, nothing was taken back`
  })

  frozenWorkerFaults(
    () => world,
    () => server,
    () => workers
  )
})
