import { Modules } from "@medusajs/framework/utils"
import { CONNECTOR_SHARED_MODULE } from "../../../src/modules/connectors/shared"
import { jobSubject, orderSubject } from "../../../src/modules/connectors/shared/exception-subject"
import type ConnectorExceptionService from "../../../src/modules/connectors/shared/service"
import { ConnectorName, ErrorClass } from "../../../src/modules/connectors/shared/types/enums"
import fetchShopeeEscrow from "../../../src/jobs/shopee-fetch-escrow"
import { drainInbox } from "../../../src/modules/connectors/shopee/inbox/drain"
import type {
  EscrowListAnswer,
  ExceptionListAnswer,
  RawEventAnswer,
  RetryAnswer,
  ShopeeOrderAnswer,
  ShopeeOrderListAnswer,
  ShopeeStatusAnswer,
  SkuMappingAnswer,
  SyncOrderAnswer,
  TestConnectionAnswer,
} from "../../../src/modules/connectors/shopee/types/desk"
import { ADMIN_ROUTES } from "../../support/admin-routes"
import { DESK, type DeskCall } from "../../support/desk-call"
import type { LoggedInUser } from "../../support/log-in"
import { officialDigest, orderPush, sendSigned } from "../../support/send-push"
import { connectorOf, PARTNER_KEY, PUSH_KEY, SHOP_ID, stockCards } from "../../support/shopee-shop"
import { shopPart } from "../../support/shop-suite"

const DRAKE = "EMB-014-NM"
const SHOP = String(SHOP_ID)

/** What the operator's screens read and change (product §1 row 16). */
export const desk = shopPart({}, (shop) => {
  let user: LoggedInUser
  let call: DeskCall

  beforeEach(async () => {
    ;({ user, call } = await shop.logIn())
  })

  const exceptions = () => shop.container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const openExceptions = async () =>
    (await call<ExceptionListAnswer>("GET", "/exceptions?status=open&order=error_class")).answer

  const placeOrder = async () =>
    await shop.sandbox.control.createOrder({
      lines: [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 2 }],
      shipping_fee: 1.99,
      status: "READY_TO_SHIP",
      push: false,
    })

  const sync = async (ordersn: string) => {
    const { answer, status } = await call<SyncOrderAnswer>("POST", `/shopee/orders/${ordersn}/sync`, {})
    await drainInbox(shop.container)
    return { ...answer, status }
  }

  it("refuses everything without a login", async () => {
    for (const [method, path] of ADMIN_ROUTES) {
      const response = await fetch(`${shop.url}${DESK}${path}`, { method })
      expect([method, path, response.status]).toEqual([method, path, 401])
    }
  })

  it("an order that is held is shown, retried once its SKU is there, and its whole story told", async () => {
    const { order_sn: ordersn } = await placeOrder()
    expect(await sync(ordersn)).toMatchObject({ status: 202, ordersn, shop_id: SHOP })

    const held = (await call<ShopeeOrderListAnswer>("GET", "/shopee/orders?progress=held")).answer
    expect(held).toMatchObject({
      count: 1,
      orders: [
        { ordersn, progress: "held", waiting_skus: [DRAKE], open_exceptions: [{ error_class: "sku_not_found" }] },
      ],
    })
    const [exception] = (await openExceptions()).exceptions
    expect(exception).toMatchObject({ ordersn, error_class: "sku_not_found", retriable: true, occurrences: 1 })
    expect(exception?.action).toMatch(/Give a variant this SKU/)

    await stockCards(shop.container, { [DRAKE]: 10 })
    const retried = await call<RetryAnswer>("POST", `/exceptions/${exception?.id}/retry`)
    expect(retried).toMatchObject({ status: 202, answer: { orders: 1, escrows: 0, left_alone: 0 } })
    await drainInbox(shop.container)
    expect(await openExceptions()).toMatchObject({ count: 0, exceptions: [] })

    for (const status of ["PROCESSED", "SHIPPED", "COMPLETED"]) {
      await shop.sandbox.control.moveOrder(ordersn, status, { push: false })
    }
    await sync(ordersn)
    await fetchShopeeEscrow(shop.container)
    const { answer } = await call<ShopeeOrderAnswer>("GET", `/shopee/orders/${ordersn}`)
    expect(answer.order).toMatchObject({ shopee_status: "COMPLETED", progress: "done", sync_status: "created" })
    expect(answer.total).toEqual({ amount: "26.99", currency: "SGD" })
    expect(answer.parcels).toMatchObject([
      { state: "delivered", package_number: expect.any(String), carrier: expect.any(String) },
    ])
    expect(answer.escrow).toMatchObject({ state: "provisional", currency: "SGD", unexplained: "0" })
    expect(answer.exceptions).toMatchObject([{ status: "resolved", resolved_by: "system" }])
    expect(answer.timeline.map((entry) => (entry.kind === "done" ? entry.deed : entry.kind))).toEqual(
      expect.arrayContaining([
        "event",
        "exception_opened",
        "exception_settled",
        "imported",
        "captured",
        "packed",
        "shipped",
        "delivered",
        "escrow_fetched",
      ])
    )
    expect(answer.timeline).toContainEqual(expect.objectContaining({ kind: "event", finding: "retry" }))
    const done = (await call<ShopeeOrderListAnswer>("GET", "/shopee/orders?progress=done")).answer.orders
    expect(done).toMatchObject([{ ordersn, total: answer.total, open_exceptions: [] }])
    expect(answer.timeline.map(({ at }) => at)).toEqual(
      answer.timeline
        .map(({ at }) => at)
        .sort()
        .reverse()
    )

    const escrows = (await call<EscrowListAnswer>("GET", `/shopee/escrows?q=SHP-${ordersn.slice(0, 8)}`)).answer
    expect(escrows).toMatchObject({
      count: 1,
      escrows: [
        { ordersn, escrow_amount: answer.escrow?.escrow_amount, medusa_order_id: answer.order.medusa_order_id },
      ],
      totals: [{ currency: "SGD", count: 1, provisional: { count: 1 }, released: { count: 0 } }],
    })
    expect((await call("GET", "/shopee/orders/26112NOBODY")).status).toBe(404)
  })

  it("a listing is mapped to a variant that exists, and the order that waited for it goes through", async () => {
    await sync((await placeOrder()).order_sn)
    const listings = String((await openExceptions()).exceptions[0]?.details.listings)
    const [item_id, model_id] = listings.split(":")
    await stockCards(shop.container, { "EMB-014-LP": 10 })
    const [card] = await shop.container.resolve(Modules.PRODUCT).listProductVariants({ sku: "EMB-014-LP" })
    const map = async (change: object) => {
      const body = { shop_id: SHOP, item_id, model_id, variant_id: card?.id, ...change }
      const { status, answer } = await call<SkuMappingAnswer>("POST", "/shopee/sku-mappings", body)
      return { status, ...answer }
    }
    const refusal = { type: "invalid_data", message: expect.stringContaining("Medusa has no variant variant_none") }
    expect(await map({ variant_id: "variant_none" })).toMatchObject({ status: 400, ...refusal })
    expect(await map({ pieces_per_unit: 0 })).toMatchObject({ status: 400, type: "invalid_data" })

    expect(await map({ pieces_per_unit: 3 })).toMatchObject({ status: 200, released_orders: 1 })
    await drainInbox(shop.container)
    expect(await openExceptions()).toMatchObject({ count: 0 })
  })

  it("a person settles an exception once, under their name", async () => {
    const subject = orderSubject(SHOP, "A1")
    const [raised] = await exceptions().raiseExceptions([
      {
        connector: ConnectorName.SHOPEE,
        error_class: ErrorClass.OVERSOLD,
        subject,
        ordersn: "A1",
        shop_id: SHOP,
        error_message: "Too many were sold.",
      },
    ])
    const path = `/exceptions/${raised?.id}`
    const refusal = await call<{ message: string; type: string }>("POST", `${path}/retry`)
    expect(refusal).toMatchObject({
      status: 400,
      answer: { type: "not_allowed", message: expect.stringContaining("No retry can change") },
    })
    expect((await call("POST", `${path}/resolve`, { status: "open" })).status).toBe(400)

    const body = { status: "wont_fix", operator_note: "The buyer took another card." }
    expect(await call("POST", `${path}/resolve`, body)).toMatchObject({
      status: 200,
      answer: {
        exception: {
          status: "wont_fix",
          resolved_by: user.email,
          operator_note: body.operator_note,
          retriable: false,
        },
      },
    })
    expect((await call("POST", `${path}/resolve`, body)).status).toBe(409)
    expect((await call("POST", `${path}/retry`)).status).toBe(409)
    expect((await call("POST", "/exceptions/cex_nobody/resolve", body)).status).toBe(404)
  })

  it("retries a class, or everything: orders looked at, escrows fetched, jobs run, the rest left alone", async () => {
    const { order_sn: ordersn } = await placeOrder()
    await sync(ordersn)
    await exceptions().raiseExceptions([
      {
        connector: ConnectorName.SHOPEE,
        error_class: ErrorClass.JOB_FAILED,
        subject: jobSubject("shopee-reconcile", SHOP),
        error_message: "It failed.",
      },
      {
        connector: ConnectorName.SHOPEE,
        error_class: ErrorClass.OVERSOLD,
        subject: orderSubject(SHOP, "A2"),
        ordersn: "A2",
        shop_id: SHOP,
        error_message: "Too many were sold.",
      },
    ])
    const one = await call<RetryAnswer>("POST", "/exceptions/retry", { error_class: "sku_not_found" })
    expect(one).toMatchObject({ status: 202, answer: { orders: 1, jobs: 0, left_alone: 0 } })
    const all = await call<RetryAnswer>("POST", "/exceptions/retry", {})
    expect(all.answer).toMatchObject({ orders: 1, jobs: 1, left_alone: 1 })
    expect(all.answer.run_id).not.toBe(one.answer.run_id)
    expect(await connectorOf(shop.container).listShopeeRawEvents({ ordersn, source: "reconcile" })).toHaveLength(3)
    await drainInbox(shop.container)
  })

  it("answers bad input with what is wrong", async () => {
    for (const path of [
      "/exceptions?status=closed",
      "/shopee/orders?limit=1000",
      "/shopee/orders?order=payload",
      "/shopee/orders?q=%25",
      "/shopee/escrows?state=lost",
      "/shopee/activity?hours=169",
    ]) {
      const { status, answer } = await call<{ type: string; message: string }>("GET", path)
      expect([path, status, answer.type]).toEqual([path, 400, "invalid_data"])
    }
    expect((await call("POST", "/shopee/orders/%3Cscript%3E/sync", {})).status).toBe(400)
  })

  it("tells of no key, token or signature anywhere", async () => {
    const body = orderPush("261123SECRETS1")
    expect(await sendSigned(shop.url, body)).toMatchObject({ status: 200 })
    await drainInbox(shop.container)
    const [event] = await connectorOf(shop.container).listShopeeRawEvents({ ordersn: "261123SECRETS1" })
    const raw = await call<RawEventAnswer>("GET", `/shopee/raw-events/${event?.id}`)
    expect(raw.answer.raw_event).toMatchObject({ signed: true, signature_ok: true, payload: { code: 3 } })

    const status = await call<ShopeeStatusAnswer>("GET", "/shopee/status")
    expect(status.answer).toMatchObject({
      configuration: {
        configured: true,
        missing: [],
        partner_key: true,
        push_keys: 1,
        push_key_is_partner_key: false,
      },
      shops: [{ shop_id: SHOP, configured: true, token: "authorized", refused_at: null }],
      orders: { total: 1 },
      inbox: { escrows_due: 0 },
      push: { last_push_at: expect.any(String), problems: 0 },
    })
    const test = await call<TestConnectionAnswer>("POST", "/shopee/test-connection")
    expect(test.answer).toMatchObject({ ok: true, shop_id: SHOP, latency_ms: expect.any(Number) })

    const stored = await connectorOf(shop.container).readAuthToken(SHOP)
    const answers = [raw, status, test].map(({ text }) => text).join("\n")
    for (const secret of [
      PARTNER_KEY,
      PUSH_KEY,
      officialDigest(body),
      stored?.sealedAccessToken ?? "?",
      stored?.sealedRefreshToken ?? "?",
    ]) {
      expect(answers).not.toContain(secret)
    }
  })
})
