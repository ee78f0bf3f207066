import type { SandboxOrder } from "../../sandbox/control-client"
import { bothSides } from "../support/compare-orders"
import { eventually } from "../support/eventually"
import { type PlatformProcess, randomSecrets, runNpmScript } from "../support/platform-process"
import { orderPush, sendSigned } from "../support/send-push"
import { SHOP_ID } from "../support/shopee-shop"
import { ShopAdmin } from "../support/shop-admin"
import {
  authorizeShop,
  inboxIsEmpty,
  openShop,
  type ShopWorld,
  startShopPlatform,
  troublesOf,
} from "../support/shop-world"
import { openGate, type TcpGate } from "../support/tcp-gate"

const DRAKE = "EMB-014-NM"
const ORDERS = 30

describe("the built platform when something dies under it", () => {
  let world: ShopWorld
  let gate: TcpGate
  let platform: PlatformProcess
  let admin: ShopAdmin

  beforeAll(async () => {
    const shop = await openShop("restart")
    gate = await openGate(shop.sandbox.url)
    world = { ...shop, settings: { ...shop.settings, SHOPEE_API_BASE_URL: `${gate.url}/api/v2` } }
    ;[platform] = await Promise.all([startShopPlatform(world), authorizeShop(world)])
    admin = await ShopAdmin.login(platform.url)
    await admin.stockCards({ [DRAKE]: 1_000 })
  }, 300_000)

  afterAll(async () => {
    await platform?.stop()
    await gate?.shut()
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

  /** Sends a push for each order; every one of them must be answered as delivered. */
  async function push(orders: SandboxOrder[]): Promise<void> {
    const answers = await Promise.all(orders.map(({ order_sn }) => sendSigned(platform.url, orderPush(order_sn))))
    expect(answers.map(({ status }) => status)).toEqual(Array(orders.length).fill(200))
  }

  async function expectEveryOrderOnce(): Promise<void> {
    const { expected, actual } = bothSides(await world.sandbox.control.orders(), await admin.orders())
    expect(actual).toEqual(expected)
    const { reserved } = await admin.stockOf(DRAKE)
    expect(reserved).toBe(expected.length)
    expect((await admin.reservations()).length).toBe(expected.length)
  }

  it("pushes that were answered are not lost when the platform is killed: after the restart every order arrives once", async () => {
    await push(await place(ORDERS))
    await platform.kill("SIGKILL")
    const [left] = await world.database.query<{ events: number; unfinished: number }>(
      `SELECT count(*)::int AS events, (count(*) FILTER (WHERE NOT processed))::int AS unfinished FROM shopee_raw_event`
    )
    expect(left?.events).toBe(ORDERS)
    // It was killed with work in its hands, or this test shows nothing.
    expect(left?.unfinished).toBeGreaterThan(0)

    platform = await startShopPlatform(world, { name: "platform-after-kill", port: platform.port })
    await inboxIsEmpty(world)
    await expectEveryOrderOnce()
  })

  it("it is killed in the middle of its imports, again and again, and every order still arrives once", async () => {
    for (let death = 1; death <= 2; death++) {
      const orders = await place(ORDERS)
      const before = (await admin.orders()).length
      await push(orders)
      await eventually(
        "the first order of the batch",
        async () => {
          const [row] = await world.database.query<{ made: number }>('SELECT count(*)::int AS made FROM "order"')
          return (row?.made ?? 0) > before
        },
        { everyMs: 5 }
      )
      await platform.kill("SIGKILL")
      platform = await startShopPlatform(world, { name: `platform-after-death-${death}`, port: platform.port })
    }
    await inboxIsEmpty(world, 90_000)
    await expectEveryOrderOnce()
  }, 300_000)

  it("Shopee's being down is one exception and one alert, and its orders come in by themselves when it is back", async () => {
    const earlier = (await troublesOf(world)).length
    await gate.shut()
    await push(await place(5))
    await eventually("the alert", async () =>
      world.alerts.received.some((alert) => alert.error_class === "sdk_transient")
    )
    await push(await place(5))
    const during = (await troublesOf(world)).slice(earlier)
    expect(during).toMatchObject([{ error_class: "sdk_transient", status: "open", ordersn: null }])

    await gate.open()
    await inboxIsEmpty(world)
    await expectEveryOrderOnce()
    const after = (await troublesOf(world)).slice(earlier)
    expect(after).toMatchObject([{ error_class: "sdk_transient", status: "resolved", resolved_by: "system" }])
    const levels = () =>
      world.alerts.received.filter((alert) => alert.error_class === "sdk_transient").map(({ level }) => level)
    await eventually("the all-clear", async () => levels().length > 1)
    expect(levels()).toEqual(["warning", "resolved"])
  })

  it("a start in production without its secrets stops with one line for each that is missing, and exit code 1", async () => {
    const { DATABASE_URL, SHOPEE_PARTNER_ID, SHOPEE_PARTNER_KEY } = world.settings
    const settings = { DATABASE_URL, SHOPEE_PARTNER_ID, SHOPEE_PARTNER_KEY, SHOPEE_SHOP_ID: String(SHOP_ID) }
    const [bare, noDatabase, shortKey] = await Promise.all([
      runNpmScript("start", [], settings),
      runNpmScript("start", [], randomSecrets()),
      runNpmScript("start", [], { ...settings, ...randomSecrets(), SHOPEE_TOKEN_ENCRYPTION_KEY: "c2hvcnQ=" }),
    ])
    const lineFor = (name: string, state: string) => `${name} is ${state}: put [^\\n]+\\n`
    const missing = ["JWT_SECRET", "COOKIE_SECRET", "SHOPEE_TOKEN_ENCRYPTION_KEY"].map((name) =>
      lineFor(name, "not set")
    )
    expect(bare).toMatchObject({ code: 1, stdout: "", stderr: onlyLines(missing) })
    expect(noDatabase).toMatchObject({ code: 1, stdout: "", stderr: onlyLines([lineFor("DATABASE_URL", "not set")]) })
    expect(shortKey).toMatchObject({
      code: 1,
      stdout: "",
      stderr: onlyLines([lineFor("SHOPEE_TOKEN_ENCRYPTION_KEY", "not valid")]),
    })
  })
})

/** Matches a text that consists of these lines and nothing else. */
const onlyLines = (lines: string[]): unknown => expect.stringMatching(new RegExp(`^${lines.join("")}$`))
