import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { CONNECTOR_SHARED_MODULE } from "../../src/modules/connectors/shared"
import type { JobDefinition } from "../../src/modules/connectors/shared/jobs/job-definition"
import { runJob } from "../../src/modules/connectors/shared/jobs/run-job"
import type ConnectorExceptionService from "../../src/modules/connectors/shared/service"
import { TokenCipher } from "../../src/modules/connectors/shopee/auth/token-cipher"
import { RECONCILE_JOB } from "../../src/modules/connectors/shopee/types/job-names"
import { drainInbox } from "../../src/modules/connectors/shopee/inbox/drain"
import { watchAuthorizations } from "../../src/modules/connectors/shopee/watch/watch-authorizations"
import { watchPushes } from "../../src/modules/connectors/shopee/watch/watch-pushes"
import { exchangeAuthorizationCode } from "../../src/modules/connectors/shopee/client/exchange-authorization-code"
import { requireShopeeConfig } from "../../src/modules/connectors/shopee/config"
import { OperationsListener } from "../../src/operations/operations-listener"
import { orderPush, send, sendSigned } from "../support/send-push"
import { eventually } from "../support/eventually"
import { CALLBACK_URL, connectorOf, NOWHERE, SHOP_ID, stockCards } from "../support/shopee-shop"
import { shopSuite } from "../support/shop-suite"

const SHOP = String(SHOP_ID)
const DRAKE = "EMB-014-NM"
const HOUR_MS = 60 * 60_000
const NEW_KEY = Buffer.alloc(32, "new key").toString("base64")

shopSuite({ authorized: false }, (shop) => {
  beforeEach(async () => {
    await shop.sandbox.control.setPushConfig({ callbackUrl: CALLBACK_URL })
    await authorize()
  })

  /** The seller's click, for as many days, and the operator's script. */
  async function authorize(days = 365): Promise<void> {
    const code = await shop.sandbox.control.authorize(SHOP_ID, { days, push: false })
    await exchangeAuthorizationCode(requireShopeeConfig(), connectorOf(shop.container), code)
  }

  const run = (job: JobDefinition, scope = "") => runJob(shop.container, job, { scope, request: true })
  const lookAfterShop = () => run(watchAuthorizations, SHOP)
  const calls = async (endpoint: string) => {
    return (await shop.sandbox.control.calls()).by_endpoint[endpoint] ?? 0
  }
  const tokenOf = async () => {
    const [token] = await connectorOf(shop.container).listShopeeAuthTokens({ shop_id: SHOP })
    if (!token) {
      throw new Error("The shop has no token.")
    }
    return token
  }
  const changeToken = async (changes: Record<string, unknown>) =>
    await connectorOf(shop.container).updateShopeeAuthTokens({ id: (await tokenOf()).id, ...changes })

  it("/ready and /metrics tell what the platform is at", async () => {
    const listener = new OperationsListener({
      container: shop.container,
      host: "127.0.0.1",
      port: 0,
      logger: { info: () => undefined, warn: () => undefined },
    })
    const operations = `http://127.0.0.1:${await listener.open()}`
    try {
      const ready = await fetch(`${operations}/ready`)
      expect(ready.status).toBe(200)
      expect(await ready.json()).toEqual({
        status: "ready",
        reason: null,
        shopee: { configured: true, missing: [] },
      })

      await stockCards(shop.container, { [DRAKE]: 10 })
      const lines = [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }]
      const order = await shop.sandbox.control.createOrder({ lines, status: "READY_TO_SHIP", push: false })
      await sendSigned(shop.url, orderPush(order.order_sn))
      await sendSigned(shop.url, orderPush(order.order_sn))
      await send(shop.url, orderPush("FORGED1"), { authorization: "00" })
      await sendSigned(shop.url, orderPush("261125NOSUCH01"))
      await drainInbox(shop.container)
      await lookAfterShop()
      const page = await (await fetch(`${operations}/metrics`)).text()

      for (const line of [
        /^shopee_pushes_total\{result="stored"\} [2-9]/m,
        /^shopee_pushes_total\{result="duplicate"\} 1$/m,
        /^shopee_pushes_total\{result="rejected"\} 1$/m,
        /^shopee_order_latency_seconds_count 1$/m,
        /^shopee_call_duration_seconds_count\{endpoint="order\/get_order_detail",result="ok"\} [1-9]/m,
        /^shopee_inbox_orders\{state="backing_off"\} 1$/m,
        /^shopee_inbox_oldest_due_seconds 0$/m,
        /^shopee_access_token_expiry_seconds\{shop_id="700321"\} 1\d{4}/m,
        /^shopee_authorization_expiry_seconds\{shop_id="700321"\} 31\d{6}/m,
        /^connector_exceptions_open\{connector="shopee",error_class="signature_mismatch"\} 1$/m,
        /^connector_exceptions_open\{connector="shopee",error_class="oversold"\} 0$/m,
        /^connector_job_last_success_timestamp_seconds\{connector="shopee",job="shopee-watch-authorizations",scope="700321"\} 1\d{9}/m,
        /^tcg_database_up 1$/m,
      ]) {
        expect(page).toMatch(line)
      }
      expect(page).not.toContain(order.order_sn)
    } finally {
      await listener.close()
    }
  })

  it("the end of a forged flood is counted although nothing is rejected after it", async () => {
    for (let number = 0; number < 25; number += 1) {
      await send(shop.url, orderPush("FORGED1"), { authorization: "00" })
    }
    await eventually("the whole flood in the counter", async () => {
      const [forged] = await shop.exceptions({ error_class: "signature_mismatch" })
      return forged?.retry_count === 24
    })
  }, 60_000)

  it("a token is refreshed ahead of its end although nobody calls, once, also when two workers look at it", async () => {
    const before = await tokenOf()
    await lookAfterShop()
    expect((await tokenOf()).version).toBe(before.version)

    await changeToken({ expired_at: String(Date.now() + 5 * 60_000) })
    const client = await connectorOf(shop.container).clientFor(SHOP)
    await Promise.all([lookAfterShop(), client.refreshAhead(), client.refreshAhead()])
    expect((await tokenOf()).version).toBe(before.version + 1)
    expect(await calls("/auth/access_token/get")).toBe(1)
  })

  it("a stored token is encrypted anew once the key is rotated, and then needs the old key no more", async () => {
    const old = String(process.env.SHOPEE_TOKEN_ENCRYPTION_KEY)
    const before = await tokenOf()
    try {
      process.env.SHOPEE_TOKEN_ENCRYPTION_KEY = `${NEW_KEY},${old}`
      await lookAfterShop()
      const after = await tokenOf()
      expect(after.version).toBe(before.version)
      expect(after.refresh_token).not.toBe(before.refresh_token)
      const open = (key: string) =>
        new TokenCipher([Buffer.from(key, "base64")]).open(after.refresh_token, "refresh_token", SHOP)
      expect(open(NEW_KEY)).toMatch(/.{10}/)
      expect(() => open(old)).toThrow(/another key/)

      process.env.SHOPEE_TOKEN_ENCRYPTION_KEY = NEW_KEY
      const client = await connectorOf(shop.container).clientFor(SHOP)
      expect((await client.getShopInfo()).authorizationEndsAt).toBeInstanceOf(Date)
    } finally {
      process.env.SHOPEE_TOKEN_ENCRYPTION_KEY = old
    }
  })

  it("an authorisation that ends in 6 days is one warning, one day before it one more, and a new one settles all", async () => {
    const { control } = shop.sandbox
    await control.setPushConfig({ deliveryUrl: `${shop.url}/connectors/shopee/webhook` })
    await authorize(6) // Shopee announces an end that is less than a week ahead at once.
    await eventually(
      "the announcement",
      async () => (await connectorOf(shop.container).listShopeeRawEvents({ event_type: 12 })).length === 1
    )
    await control.setPushConfig({ deliveryUrl: NOWHERE })
    await drainInbox(shop.container)
    await lookAfterShop()
    await lookAfterShop()
    const open = () => shop.exceptions({ error_class: "token_expired", status: "open" })
    expect((await open()).map(({ level, retry_count }) => [level, retry_count]).sort()).toEqual([
      ["error", 0],
      ["warning", 0],
    ])
    expect(await calls("/shop/get_shop_info")).toBe(1)

    await changeToken({ authorization_ends_at: new Date(Date.now() + 23 * HOUR_MS) })
    await lookAfterShop()
    expect((await open()).map(({ level }) => level).sort()).toEqual(["error", "error", "warning"])
    expect(await shop.exceptions({ error_class: "token_expired", status: "resolved" })).toEqual([])

    await authorize()
    await lookAfterShop()
    expect(await open()).toEqual([])
  })

  it("a refused authorisation is one alert without any order, orders wait, and go through by themselves after a new one", async () => {
    await stockCards(shop.container, { [DRAKE]: 10 })
    const lines = [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }]
    const order = await shop.sandbox.control.createOrder({ lines, status: "READY_TO_SHIP", push: false })
    await shop.sandbox.control.deauthorize(SHOP_ID, { push: false })
    await changeToken({ expired_at: String(Date.now() - 1_000) })
    await lookAfterShop()
    await lookAfterShop()
    expect(await shop.exceptions({ status: "open" })).toMatchObject([{ error_class: "token_expired", shop_id: SHOP }])

    await sendSigned(shop.url, orderPush(order.order_sn))
    await drainInbox(shop.container)
    const sync = async () => (await connectorOf(shop.container).listShopeeOrderSyncs({ ordersn: order.order_sn }))[0]
    expect(await sync()).toMatchObject({ medusa_order_id: null, attempts: 0 })

    await authorize()
    await lookAfterShop()
    await drainInbox(shop.container)
    expect(await sync()).toMatchObject({ status: "created" })
    expect(await shop.exceptions({ status: "open" })).toEqual([])
  })

  it("an order that fails for 72 h is held with one more alert; flipping its event by SQL begins anew, and success settles all", async () => {
    await stockCards(shop.container, { [DRAKE]: 10 })
    const late = "261125LATEORDER"
    await sendSigned(shop.url, orderPush(late))
    const service = connectorOf(shop.container)
    const sync = async () => (await service.listShopeeOrderSyncs({ ordersn: late }))[0]
    const classes = async () => (await shop.exceptions({ status: "open" })).map(({ error_class }) => error_class).sort()

    await shop.sandbox.control.addFault({ endpoint: "get_order_detail", kind: "rate-limited", times: 1 })
    await drainInbox(shop.container)
    expect(await sync()).toMatchObject({ attempts: 0, status: "pending", first_failed_at: null })
    expect(await classes()).toEqual([])
    await changeToken({ paused_until: null })

    await drainInbox(shop.container)
    expect(await sync()).toMatchObject({ attempts: 1, status: "pending" })
    expect(await classes()).toEqual(["unknown"])
    const threeDaysAgo = new Date(Date.now() - 72 * HOUR_MS)
    await service.updateShopeeOrderSyncs({
      id: (await sync())?.id ?? "",
      first_failed_at: threeDaysAgo,
      due_at: new Date(Date.now() - 1_000),
    })
    await drainInbox(shop.container)
    expect(await sync()).toMatchObject({ status: "failed", due_at: null })
    expect(await classes()).toEqual(["retry_exhausted", "unknown"])

    const lines = [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }]
    await shop.sandbox.control.createOrder({ ordersn: late, lines, status: "READY_TO_SHIP", push: false })
    await drainInbox(shop.container)
    expect(await sync()).toMatchObject({ status: "failed" })
    // As an operator types it; through the service an unchanged column would not be written.
    await shop.container
      .resolve(ContainerRegistrationKeys.PG_CONNECTION)
      .raw("UPDATE shopee_raw_event SET processed = false WHERE ordersn = ?", [late])
    expect(await sync()).toMatchObject({ status: "pending", attempts: 0, first_failed_at: null })
    await drainInbox(shop.container)
    expect(await sync()).toMatchObject({ status: "created" })
    expect(await classes()).toEqual([])
  })

  /** Whoever comes to a request first answers it: here that may be the worker in this process. */
  async function isComparisonAskedFor(): Promise<boolean> {
    const shared = shop.container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
    const jobs = await shared.listConnectorJobs({ name: RECONCILE_JOB, scope: SHOP })
    return jobs.some(({ requested_at, last_started_at }) => requested_at !== null || last_started_at !== null)
  }

  it("a callback URL that is not ours is one alert and has orders compared; both end when it is right again", async () => {
    await run(watchPushes)
    expect(await shop.exceptions()).toEqual([])
    expect(await isComparisonAskedFor()).toBe(false)

    await shop.sandbox.control.setPushConfig({ callbackUrl: "https://elsewhere.test/hook" })
    await run(watchPushes)
    await run(watchPushes)
    expect(await shop.exceptions()).toMatchObject([
      {
        error_class: "push_unhealthy",
        status: "open",
        retry_count: 0,
        details: { found: "https://elsewhere.test/hook", expected: CALLBACK_URL },
      },
    ])
    expect(await isComparisonAskedFor()).toBe(true)

    await shop.sandbox.control.setPushConfig({ callbackUrl: CALLBACK_URL })
    await run(watchPushes)
    expect(await shop.exceptions()).toMatchObject([{ status: "resolved", resolved_by: "system" }])
  })

  it("a subscription that Shopee warns of and then suspends is two alerts, has orders compared, and ends with both", async () => {
    const levels = async (status: string) =>
      (await shop.exceptions({ error_class: "push_unhealthy", status })).map(({ level }) => level).sort()
    const client = await connectorOf(shop.container).clientFor(SHOP)
    const config = await client.getAppPushConfig()
    // Until the next one: the worker in this process may look by itself in between, and must not hear anything else.
    const told = jest.spyOn(client, "getAppPushConfig")
    const watchWhile = async (livePushStatus: string) => {
      told.mockClear().mockResolvedValue({ ...config, livePushStatus })
      await run(watchPushes)
      expect(told).toHaveBeenCalledTimes(1)
    }
    await watchWhile("Warning")
    expect(await levels("open")).toEqual(["warning"])

    await watchWhile("Suspended")
    await watchWhile("Suspended")
    expect(await levels("open")).toEqual(["error", "warning"])
    expect(await levels("resolved")).toEqual([])
    expect(await isComparisonAskedFor()).toBe(true)

    await watchWhile("Normal")
    expect(await levels("open")).toEqual([])
    expect(await levels("resolved")).toEqual(["error", "warning"])
    told.mockRestore()
  })

  it("silence is an alert when Shopee has an order that no push told of, and none when Shopee is quiet as well", async () => {
    await changeToken({ authorized_at: new Date(Date.now() - 3 * HOUR_MS) })
    await run(watchPushes)
    expect(await shop.exceptions()).toEqual([])

    const lines = [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }]
    const anHourAgo = Math.floor(Date.now() / 1000) - 3_600
    await shop.sandbox.control.createOrder({ lines, status: "UNPAID", create_time: anHourAgo, push: false })
    await run(watchPushes)
    expect(await shop.exceptions({ status: "open" })).toMatchObject([
      { error_class: "push_silent", details: { missing: 1 } },
    ])

    await sendSigned(shop.url, orderPush("261125ANYORDER"))
    await run(watchPushes)
    expect(await shop.exceptions({ error_class: "push_silent" })).toMatchObject([{ status: "resolved" }])
  })
})
