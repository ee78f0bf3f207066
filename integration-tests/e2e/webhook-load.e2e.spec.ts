import { setTimeout as sleep } from "node:timers/promises"
import type { SandboxOrder } from "../../sandbox/control-client"
import { bothSides } from "../support/compare-orders"
import { createPlatformDatabase, type PlatformDatabase } from "../support/platform-database"
import { logFileOf, type PlatformProcess, randomSecrets, startPlatform } from "../support/platform-process"
import { bodyOnlyDigest, officialDigest, orderPush, type PushAnswer, send, sendSigned } from "../support/send-push"
import { PARTNER_KEY } from "../support/shopee-shop"
import { whileWatchingProcessors } from "../support/processor-load"
import { ShopAdmin } from "../support/shop-admin"
import {
  authorizeShop,
  inboxIsEmpty,
  openShop,
  type ShopWorld,
  startShopPlatform,
  troublesOf,
} from "../support/shop-world"

const PUSHES_A_SECOND = 50
const SECONDS = 10
/** Issue 2: the slowest of a hundred answers at this rate. */
const P99_LIMIT_MS = 100
/** Other suites may hold both cores for a moment: a platform that is too slow is too slow each time. */
const ROUNDS = 3
/**
 * Platform, Postgres, sandbox and sender together keep two cores busy to 60 %. Above this share somebody else wants them as well, the
 * platform gets what is left (a third of a core was seen), and all that can be demanded of the round is Shopee's own limit: after 3 s it
 * takes a push for not delivered.
 */
const BUSY_MACHINE_SHARE = 0.85
const P99_LIMIT_ON_BUSY_MACHINE_MS = 3_000

const DRAKE = "EMB-014-NM"
const PROBE = '{"code":0,"data":{"verify_info":"Please answer."}}'
const SN = "261123LOADTEST"

/** The value that this share of the values doesn't exceed. */
function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

const inMs = (values: number[], ...shares: number[]): string =>
  shares.map((share) => `p${share * 100} ${Math.round(quantile(values, share))} ms`).join(", ")

describe("the webhook of the built platform", () => {
  let world: ShopWorld
  let platform: PlatformProcess
  let admin: ShopAdmin

  beforeAll(async () => {
    world = await openShop("webhook-load")
    ;[platform] = await Promise.all([startShopPlatform(world), authorizeShop(world)])
    admin = await ShopAdmin.login(platform.url)
    await admin.stockCards({ [DRAKE]: 100_000 })
  }, 300_000)

  afterAll(async () => {
    await platform?.stop()
    await world?.close()
  })

  const place = (count: number): Promise<SandboxOrder[]> =>
    world.sandbox.control.createOrders(
      Array.from({ length: count }, () => ({
        lines: [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }],
        status: "READY_TO_SHIP",
        push: false,
      }))
    )

  /** Sends a push for each order at a constant rate, whether or not the earlier ones were answered. */
  async function pushAtConstantRate(orders: SandboxOrder[]): Promise<PushAnswer[]> {
    const startedAt = performance.now()
    return await Promise.all(
      orders.map(async ({ order_sn }, index) => {
        const dueAt = startedAt + (index * 1_000) / PUSHES_A_SECOND
        await sleep(dueAt - performance.now())
        return await sendSigned(platform.url, orderPush(order_sn))
      })
    )
  }

  /** How long the orders' pushes lay before their orders were finished. */
  async function pushToOrderMs(orders: SandboxOrder[]): Promise<number[]> {
    const rows = await world.database.query<{ ms: string }>(
      "SELECT 1000 * extract(epoch FROM processed_at - created_at) AS ms FROM shopee_raw_event WHERE ordersn = ANY($1)",
      [orders.map(({ order_sn }) => order_sn)]
    )
    return rows.map(({ ms }) => Number(ms))
  }

  it("a second's worth of pushes, the first since its start, arrives as orders", async () => {
    const orders = await place(PUSHES_A_SECOND)
    const answers = await pushAtConstantRate(orders)
    expect(answers.map(({ status }) => status)).toEqual(Array(PUSHES_A_SECOND).fill(200))
    await inboxIsEmpty(world)
    expect(await admin.orders()).toHaveLength(PUSHES_A_SECOND)
  })

  it("answers 50 pushes a second with 200 and an empty body in time, and every order arrives", async () => {
    const p99sToLimit: number[] = []
    do {
      const orders = await place(PUSHES_A_SECOND * SECONDS)
      const { result: answers, busyShare } = await whileWatchingProcessors(() => pushAtConstantRate(orders))
      expect(answers.filter(({ status, body }) => status !== 200 || body !== "")).toEqual([])
      await inboxIsEmpty(world, 240_000)

      const answered = answers.map(({ ms }) => ms)
      const limit = busyShare > BUSY_MACHINE_SHARE ? P99_LIMIT_ON_BUSY_MACHINE_MS : P99_LIMIT_MS
      p99sToLimit.push(quantile(answered, 0.99) / limit)
      console.log(
        `50 pushes/s for 10 s: answered ${inMs(answered, 0.5, 0.99)} (limit ${limit} ms, processors ` +
          `${Math.round(100 * busyShare)} % busy); push to order ${inMs(await pushToOrderMs(orders), 0.5, 0.95)}`
      )
    } while (Math.min(...p99sToLimit) >= 1 && p99sToLimit.length < ROUNDS)

    const { expected, actual } = bothSides(await world.sandbox.control.orders(), await admin.orders())
    expect(actual).toEqual(expected)
    expect(await admin.stockOf(DRAKE)).toMatchObject({ reserved: expected.length })
    expect(await troublesOf(world)).toEqual([])
    expect(Math.min(...p99sToLimit)).toBeLessThan(1)
  }, 600_000)

  it("lives on after everything that is no push of Shopee's, and answers each as it was promised", async () => {
    const genuine = orderPush(SN)
    const tampered = genuine.replace("READY_TO_SHIP", "CANCELLED")
    const notUtf8 = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])
    const rejected: [string, Record<string, string>][] = [
      [tampered, { authorization: officialDigest(genuine) }],
      [genuine, {}],
      [genuine, { authorization: officialDigest(genuine, PARTNER_KEY) }],
      [genuine, { authorization: "Bearer abc" }],
    ]
    for (const [body, headers] of rejected) {
      expect(await send(platform.url, body, headers)).toMatchObject({ status: 200, body: "" })
    }
    for (const body of ["{{{", "null", notUtf8]) {
      expect(await sendSigned(platform.url, body)).toMatchObject({ status: 200, body: "" })
    }
    const large = await send(platform.url, Buffer.alloc(2 * 1024 * 1024, "x")).catch(
      (error: NodeJS.ErrnoException) => error.code
    )
    // The server may close the connection while the rest is still being sent.
    expect(typeof large === "object" ? String(large.status) : large).toMatch(/^(413|EPIPE|ECONNRESET)$/)

    expect((await fetch(`${platform.url}/health`)).status).toBe(200)
    const [order] = await place(1)
    await sendSigned(platform.url, orderPush(order?.order_sn ?? ""))
    await inboxIsEmpty(world)
    expect(await admin.ordersOf(order?.order_sn ?? "")).toHaveLength(1)
    expect(await admin.ordersOf(SN)).toEqual([])
    const open = (await troublesOf(world)).map(({ error_class }) => error_class)
    expect(open.filter((errorClass) => errorClass === "signature_mismatch")).toHaveLength(1)
    expect(open.filter((errorClass) => errorClass === "normalization_failed")).toHaveLength(3)
    expect(await world.database.query("SELECT id FROM shopee_raw_event WHERE length(raw_body) > 1000000")).toEqual([])
  })
})

describe("the webhook of a platform that was not told everything", () => {
  let database: PlatformDatabase
  let unconfigured: PlatformProcess
  let withoutCallbackUrl: PlatformProcess

  beforeAll(async () => {
    database = await createPlatformDatabase("unconfigured")
    const settings = { ...randomSecrets(), DATABASE_URL: database.url }
    const identity = { SHOPEE_PARTNER_ID: "2000321", SHOPEE_PARTNER_KEY: PARTNER_KEY, SHOPEE_SHOP_ID: "700321" }
    ;[unconfigured, withoutCallbackUrl] = await Promise.all([
      startPlatform({ settings, logFile: logFileOf("webhook-load", "unconfigured") }),
      startPlatform({
        // Port 9 refuses: nothing of this platform's may reach the real Shopee.
        settings: { ...settings, ...identity, SHOPEE_API_BASE_URL: "http://127.0.0.1:9/api/v2" },
        logFile: logFileOf("webhook-load", "without-callback-url"),
      }),
    ])
  }, 300_000)

  afterAll(async () => {
    await Promise.all([unconfigured?.stop(), withoutCallbackUrl?.stop()])
    await database?.drop()
  })

  it("answers 503 to pushes while Shopee is not configured, 200 to Shopee's check of the URL, and is healthy", async () => {
    expect(await sendSigned(unconfigured.url, orderPush(SN))).toMatchObject({ status: 503, body: "" })
    expect(await send(unconfigured.url, PROBE)).toMatchObject({ status: 200, body: "" })
    expect((await fetch(`${unconfigured.url}/health`)).status).toBe(200)
    expect(await database.query("SELECT id FROM shopee_raw_event")).toEqual([])
  })

  it("answers 503 to a bare digest while the callback URL is not set, and 200 to the form that needs none", async () => {
    const body = orderPush(SN)
    expect(await sendSigned(withoutCallbackUrl.url, body)).toMatchObject({ status: 503, body: "" })
    expect(await database.query("SELECT id FROM shopee_raw_event")).toEqual([])
    const authorization = `SHA256 ${bodyOnlyDigest(body, PARTNER_KEY)}`
    expect(await send(withoutCallbackUrl.url, body, { authorization })).toMatchObject({ status: 200, body: "" })
    expect(await database.query("SELECT signature_ok FROM shopee_raw_event")).toEqual([{ signature_ok: true }])
  })
})
