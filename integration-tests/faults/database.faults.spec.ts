import { setTimeout as sleep } from "node:timers/promises"
import type { SandboxOrder } from "../../sandbox/control-client"
import type { PlatformProcess } from "../support/platform-process"
import type { PushAnswer } from "../support/send-push"
import { eventually } from "../support/eventually"
import { openGate, type TcpGate } from "../support/tcp-gate"
import { fault } from "./support/fault"
import { seconds } from "./support/fault-result"
import { FaultWorld } from "./support/fault-world"
import { OwnPostgres } from "./support/own-postgres"

/** Shopee's patience; a push that can't be stored is refused before it ends. */
const ANSWER_MS = 3_000
/** What a machine that runs other suites beside may add to an answer. */
const BUSY_MACHINE_MS = 2_000
const RECOVERY_MS = 90_000

/** Everything the connector promises rests on Postgres: what happens while it is not what it should be. */
describe("the built platform when its database fails", () => {
  let postgres: OwnPostgres
  let gate: TcpGate
  let world: FaultWorld
  let platform: PlatformProcess

  beforeAll(async () => {
    postgres = await OwnPostgres.start()
    world = await FaultWorld.open("faults-database", async ({ database }) => {
      // The cluster is made for speed; an answered push has to survive a crash of it as it would in production.
      await database.query("ALTER DATABASE e2e_faults_database SET synchronous_commit = on")
      gate = await openGate(database.url)
      const url = new URL(database.url)
      url.host = new URL(gate.url).host
      return { DATABASE_URL: url.href }
    })
    ;[platform] = await Promise.all([world.start("platform"), world.authorize()])
    await world.stockCards()
  }, 600_000)

  afterAll(async () => {
    await world?.close()
    await gate?.shut()
    await postgres?.stop()
  })

  /** Tells of orders whatever the answers, then again of those that were not taken, as Shopee does. */
  async function tellUntilTaken(orders: SandboxOrder[], during: () => Promise<void>): Promise<PushAnswer[]> {
    const first = Promise.all(orders.map((order) => world.tell(platform, order)))
    await during()
    const answers = await first
    for (const [index, order] of orders.entries()) {
      if (answers[index]?.status !== 200) {
        await eventually("the push to be taken", async () => (await world.tell(platform, order)).status === 200, {
          withinMs: RECOVERY_MS,
        })
      }
    }
    return answers
  }

  const summary = (answers: PushAnswer[]) => {
    const refused = answers.filter(({ status }) => status !== 200)
    return `${answers.length - refused.length} pushes answered 200, ${refused.length} refused`
  }

  /** Breaks something for a while under pushes that come all along. */
  async function during(forMs: number, breakIt: () => Promise<void>, mendIt: () => Promise<void>): Promise<string> {
    const working = await world.place(10)
    await world.tellAll(platform, working)
    await breakIt()
    const orders = await world.place(4)
    const answers = await tellUntilTaken(orders, async () => {
      await sleep(forMs)
      await mendIt()
    })
    const mendedAt = Date.now()
    const slowest = Math.max(...answers.map(({ ms }) => ms))
    expect(slowest).toBeLessThan(ANSWER_MS + BUSY_MACHINE_MS)
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([])
    await world.expectPromisesKept(RECOVERY_MS)
    return `${summary(answers)}, the slowest answer after ${seconds(slowest)} s; Medusa equal ${seconds(Date.now() - mendedAt)} s after it was over`
  }

  const sql = (text: string) => world.shop.database.query(text)
  const cutOff = () =>
    sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

  fault("postgres-restarts", async () => {
    const orders = await world.place(24)
    const answers = await tellUntilTaken(orders, async () => {
      await postgres.crash()
      await postgres.recover()
    })
    const took = await world.expectPromisesKept(RECOVERY_MS)
    return `${summary(answers)}; Medusa equal ${took} s later`
  })

  fault("postgres-gone", () =>
    during(
      8_000,
      () => postgres.crash(),
      () => postgres.recover()
    )
  )
  fault("postgres-line-cut", () =>
    during(
      3_000,
      () => gate.shut(),
      () => gate.open()
    )
  )
  fault("postgres-line-stalls", () =>
    during(
      6_000,
      async () => gate.freeze(),
      async () => gate.thaw()
    )
  )
  fault("postgres-half-open", () =>
    during(
      0,
      async () => gate.forget(),
      async () => undefined
    )
  )
  fault("postgres-cuts-off", () =>
    during(
      0,
      async () => void (await cutOff()),
      async () => undefined
    )
  )

  fault("postgres-read-only", () =>
    during(
      4_000,
      async () => {
        await sql("ALTER DATABASE e2e_faults_database SET default_transaction_read_only = on")
        await cutOff()
      },
      async () => {
        await sql(
          "SET default_transaction_read_only = off; ALTER DATABASE e2e_faults_database RESET default_transaction_read_only"
        )
        await cutOff()
      }
    )
  )

  fault("postgres-locked", async () => {
    let lock: Promise<unknown> = Promise.resolve()
    return await during(
      6_000,
      async () => {
        lock = sql(
          "BEGIN; LOCK TABLE shopee_order_sync, shopee_raw_event IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(6); COMMIT"
        )
      },
      async () => void (await lock)
    )
  })

  fault("postgres-disk-full", () =>
    during(4_000, () => refuseWrites("disk_full", "could not extend file: No space left on device"), allowWrites)
  )
  fault("postgres-deadlocks", () =>
    during(4_000, () => refuseWrites("deadlock_detected", "deadlock detected"), allowWrites)
  )

  /** Makes Postgres answer inserts as it does then: a client can't tell the difference, and no machine has to be filled up for it. */
  async function refuseWrites(condition: string, message: string): Promise<void> {
    await sql(`CREATE OR REPLACE FUNCTION refuse_write() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '${message}' USING ERRCODE = '${condition}'; END $$`)
    for (const table of TABLES) {
      await sql(`CREATE TRIGGER refuse_write BEFORE INSERT ON ${table} EXECUTE FUNCTION refuse_write()`)
    }
  }

  async function allowWrites(): Promise<void> {
    for (const table of TABLES) {
      await sql(`DROP TRIGGER refuse_write ON ${table}`)
    }
  }

  fault("postgres-away-at-start", async () => {
    await postgres.crash()
    const early = await world.launch("starts-without-postgres", { mode: "worker" })
    const code = await Promise.race([early.exited, sleep(20_000, null)])
    await postgres.recover()
    const said =
      code === null ? "waits and comes up" : `ends with exit code ${code}, for the supervisor to start it again`
    if (code === null) {
      await early.untilUp()
      await early.stop()
    } else {
      expect(code).not.toBe(0)
    }
    await world.expectPromisesKept(RECOVERY_MS)
    return said
  })
})

const TABLES = ["shopee_raw_event", '"order"', "connector_exception"]
