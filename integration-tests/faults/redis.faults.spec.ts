import { setTimeout as sleep } from "node:timers/promises"
import type { SandboxOrder } from "../../sandbox/control-client"
import { answers } from "../support/child-program"
import { eventually } from "../support/eventually"
import { logFileOf, type PlatformProcess } from "../support/platform-process"
import type { PushAnswer } from "../support/send-push"
import { openGate, type TcpGate } from "../support/tcp-gate"
import { fault } from "./support/fault"
import { seconds } from "./support/fault-result"
import { FaultWorld } from "./support/fault-world"
import { isRedisInstalled, RedisProcess } from "./support/redis-process"

const SUITE = "faults-redis"
/** Shopee's patience. */
const ANSWER_MS = 3_000
/** What a machine that runs other suites beside may add to an answer. */
const BUSY_MACHINE_MS = 2_000
/** From the end of the fault until everything is right: dead connections are given up, leases end, the poll comes by. */
const RECOVERY_MS = 90_000

const isRun = isRedisInstalled() || process.env.CI !== undefined

/** A server and a worker, as in production. What is lost with Redis are hints, timers and locks; never a push or an order. */
;(isRun ? describe : describe.skip)("the built platform when its Redis fails", () => {
  let redis: RedisProcess
  let gate: TcpGate
  let world: FaultWorld
  let server: PlatformProcess

  beforeAll(async () => {
    world = await FaultWorld.open(SUITE, async () => {
      redis = await RedisProcess.start(logFileOf(SUITE, "redis"))
      gate = await openGate(redis.url)
      return { REDIS_URL: gate.url.replace("http:", "redis:") }
    })
    ;[server] = await Promise.all([
      world.start("server", { mode: "server" }),
      world.start("worker", { mode: "worker" }),
      world.authorize(),
    ])
    await world.stockCards()
    await world.tellAll(server, await world.place(5))
    await world.expectPromisesKept()
  }, 600_000)

  afterAll(async () => {
    await world?.close()
    await gate?.shut()
    await redis?.stop()
  })

  const sql = <Row>(text: string, parameters?: unknown[]) => world.shop.database.query<Row>(text, parameters)

  /** Pushes of new orders, each of which has to be taken in time. */
  async function tellInTime(): Promise<{ orders: SandboxOrder[]; slowestMs: number }> {
    const orders = await world.place(4)
    const taken: PushAnswer[] = await Promise.all(orders.map((order) => world.tell(server, order)))
    expect(taken.map(({ status }) => status)).toEqual(orders.map(() => 200))
    const slowestMs = Math.max(...taken.map(({ ms }) => ms))
    expect(slowestMs).toBeLessThan(ANSWER_MS + BUSY_MACHINE_MS)
    expect(await answers(`${server.url}/health`)).toBe(true)
    return { orders, slowestMs }
  }

  /** What nobody hints at: an order that became due, and a job whose time has come. Timers have to find both. */
  async function expectTimersGoOn(): Promise<number> {
    const startedAt = Date.now()
    await sql("UPDATE shopee_order_sync SET due_at = now() WHERE id = (SELECT min(id) FROM shopee_order_sync)")
    const [before] = await sql<{ now: Date }>(
      "UPDATE connector_job SET next_run_at = now() WHERE name = 'shopee-lost-push-recovery' RETURNING now() AS now"
    )
    await eventually(
      "the order and the job to be found",
      async () => {
        const [left] = await sql<{ orders: string; jobs: string }>(
          `SELECT (SELECT count(*) FROM shopee_order_sync WHERE due_at IS NOT NULL) AS orders,
                  (SELECT count(*) FROM connector_job
                    WHERE name = 'shopee-lost-push-recovery' AND last_success_at >= $1) AS jobs`,
          [before?.now]
        )
        return left?.orders === "0" && left.jobs === "1"
      },
      { withinMs: RECOVERY_MS }
    )
    return seconds(Date.now() - startedAt)
  }

  /** Breaks Redis for a while. */
  async function during(forMs: number, breakIt: () => Promise<void>, mendIt: () => Promise<void>): Promise<string> {
    await breakIt()
    const { slowestMs } = await tellInTime()
    await sleep(forMs)
    await mendIt()
    const took = await world.expectPromisesKept(RECOVERY_MS)
    const timers = await expectTimersGoOn()
    return `4 pushes answered 200 within ${seconds(slowestMs)} s; Medusa equal ${took} s after it was over, a due order and a job found without a hint after ${timers} s`
  }

  fault("redis-killed", () =>
    during(
      8_000,
      () => redis.kill(),
      () => redis.start()
    )
  )

  fault("redis-flushed", () =>
    during(
      0,
      () => redis.flush(),
      async () => undefined
    )
  )

  fault("redis-half-open", () =>
    during(
      0,
      async () => gate.forget(),
      async () => undefined
    )
  )

  fault("redis-silent", () =>
    during(
      20_000,
      async () => gate.freeze(),
      async () => gate.thaw()
    )
  )

  fault("redis-away-at-start", async () => {
    await redis.kill()
    const early = await world.launch("starts-without-redis", { mode: "worker" })
    const code = await Promise.race([early.exited, sleep(12_000, null)])
    const { slowestMs } = await tellInTime()
    await redis.start()
    if (code === null) {
      await early.untilUp()
      await early.stop()
    } else {
      expect(code).not.toBe(0)
    }
    await world.expectPromisesKept(RECOVERY_MS)
    const said =
      code === null ? "waits and comes up" : `ends with exit code ${code}, for the supervisor to start it again`
    return `${said}; the server takes pushes within ${seconds(slowestMs)} s meanwhile`
  })
})
