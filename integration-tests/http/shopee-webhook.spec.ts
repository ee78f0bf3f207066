import { drainInbox } from "../../src/modules/connectors/shopee/inbox/drain"
import { reverifyRejectedPushes } from "../../src/modules/connectors/shopee/inbox/reverify-rejected"
import { eventually } from "../support/eventually"
import { bodyOnlyDigest, officialDigest, orderPush, send, sendSigned } from "../support/send-push"
import { connectorOf, PARTNER_KEY, PUSH_KEY, SHOP_ID } from "../support/shopee-shop"
import { shopSuite } from "../support/shop-suite"

const PROBE = '{"code":0,"data":{"verify_info":"Please answer."}}'
const SN = "261123WEBHOOK1"

shopSuite({ authorized: false }, (shop) => {
  const events = (filters: Record<string, unknown> = {}) => connectorOf(shop.container).listShopeeRawEvents(filters)

  it("a push signed as Shopee signs is answered 200 with an empty body and stored with its exact bytes", async () => {
    const body = orderPush(SN)
    expect(await sendSigned(shop.url, body)).toMatchObject({ status: 200, body: "" })
    const [event] = await events()
    expect(event).toMatchObject({
      event_type: 3,
      ordersn: SN,
      signature_ok: true,
      source: "webhook",
      shopee_event_id: "0f".repeat(16),
      signature: officialDigest(body),
    })
    expect(Buffer.from(event?.raw_body ?? "", "base64").toString()).toBe(body)
    expect(await connectorOf(shop.container).listShopeeOrderSyncs({ ordersn: SN })).toHaveLength(1)
  })

  it.each([
    ["the body-only form with its prefix", (body: string) => `SHA256 ${bodyOnlyDigest(body)}`],
    ["a prefix before the official digest", (body: string) => `SHA256 ${officialDigest(body)}`],
  ])("%s is accepted", async (_, authorization) => {
    const body = orderPush(SN)
    expect(await send(shop.url, body, { authorization: authorization(body) })).toMatchObject({ status: 200, body: "" })
    expect(await events({ signature_ok: true })).toHaveLength(1)
  })

  it.each([
    ["a tampered body", orderPush(SN), { authorization: officialDigest(orderPush("261123WEBHOOK2")) }],
    ["no Authorization header", orderPush(SN), {}],
    ["the wrong key", orderPush(SN), { authorization: officialDigest(orderPush(SN), PARTNER_KEY) }],
    [
      "another callback URL",
      orderPush(SN),
      { authorization: officialDigest(orderPush(SN), undefined, "https://x.test/") },
    ],
    ["a bare body-only digest", orderPush(SN), { authorization: bodyOnlyDigest(orderPush(SN)) }],
    ["garbage in the header", orderPush(SN), { authorization: "Bearer abc" }],
  ])("%s is answered 200, believed in nothing, and reported once", async (_, body, headers) => {
    expect(await send(shop.url, body, headers)).toMatchObject({ status: 200, body: "" })
    expect(await events()).toMatchObject([{ signature_ok: false, ordersn: null, identity: null, payload: {} }])
    expect(await connectorOf(shop.container).listShopeeOrderSyncs()).toEqual([])
    expect(await shop.exceptions({ error_class: "signature_mismatch" })).toMatchObject([{ status: "open" }])
  })

  it.each([
    ["garbage", Buffer.from("{{{")],
    ["null", Buffer.from("null")],
    ["a number", Buffer.from("7")],
    ["an empty body", Buffer.alloc(0)],
    ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ["deep nesting", Buffer.from("[".repeat(100_000))],
  ])("%s, authentic, is answered 200, kept, and becomes an exception", async (_, body) => {
    expect(await sendSigned(shop.url, body)).toMatchObject({ status: 200, body: "" })
    await drainInbox(shop.container)
    const [event] = await events()
    expect(event).toMatchObject({ event_type: -1, payload: {}, signature_ok: true, processed: true })
    expect(Buffer.from(event?.raw_body ?? "", "base64").equals(body)).toBe(true)
    expect(await shop.exceptions({ error_class: "normalization_failed" })).toMatchObject([{ raw_event_id: event?.id }])
    expect((await fetch(`${shop.url}/health`)).status).toBe(200)
  })

  it("text that jsonb can't hold is stored all the same, NUL and lone surrogates replaced", async () => {
    const body = orderPush(SN).replace('"items":[]', '"items":[],"note":"a\\u0000b\\ud800c"')
    expect(await sendSigned(shop.url, body)).toMatchObject({ status: 200 })
    expect((await events())[0]).toMatchObject({ ordersn: SN, payload: { data: { note: "a\ufffdb\ufffdc" } } })
  })

  it("an order push that does not say which order is kept and becomes an exception", async () => {
    const body = JSON.stringify({ code: 3, shop_id: 1, timestamp: 1_790_000_000, data: { status: "READY_TO_SHIP" } })
    expect(await sendSigned(shop.url, body)).toMatchObject({ status: 200 })
    await drainInbox(shop.container)
    expect(await events({ processed: true })).toHaveLength(1)
    expect(await shop.exceptions({ error_class: "normalization_failed" })).toHaveLength(1)
  })

  it("two mebibytes are answered 413 and nothing is stored; the server lives", async () => {
    const answer = await send(shop.url, Buffer.alloc(2 * 1024 * 1024, "x")).catch(
      (error: NodeJS.ErrnoException) => error
    )
    // The server may close the connection while the rest is still being sent.
    expect(answer instanceof Error ? answer.code : answer.status).toEqual(
      answer instanceof Error ? expect.stringMatching(/EPIPE|ECONNRESET/) : 413
    )
    expect(await events()).toEqual([])
    expect(await sendSigned(shop.url, orderPush(SN))).toMatchObject({ status: 200 })
  })

  it("Shopee's check of the URL is answered 200 without a signature and leaves nothing behind", async () => {
    expect(await send(shop.url, PROBE)).toMatchObject({ status: 200, body: "" })
    expect(await sendSigned(shop.url, PROBE)).toMatchObject({ status: 200, body: "" })
    expect(await events()).toEqual([])
    expect(await shop.exceptions({ error_class: ["signature_mismatch", "normalization_failed"] })).toEqual([])
  })

  it("fifty identical pushes at once are one event and one due order", async () => {
    const body = orderPush(SN)
    const answers = await Promise.all(Array.from({ length: 50 }, () => sendSigned(shop.url, body)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(await events()).toHaveLength(1)
    expect(await connectorOf(shop.container).listShopeeOrderSyncs()).toHaveLength(1)
  })

  it("a push that was rejected because the key was wrong is taken in once the key is right, and only once", async () => {
    const body = orderPush(SN)
    const authorization = officialDigest(body, "the-key-of-tomorrow")
    await send(shop.url, body, { authorization })
    expect(await reverifyRejectedPushes(shop.container)).toBe(0)

    process.env.SHOPEE_PUSH_PARTNER_KEY = `the-key-of-tomorrow,${PUSH_KEY}`
    try {
      expect(await reverifyRejectedPushes(shop.container)).toBe(1)
      expect(await reverifyRejectedPushes(shop.container)).toBe(0)
      expect(await send(shop.url, body, { authorization })).toMatchObject({ status: 200 })
    } finally {
      process.env.SHOPEE_PUSH_PARTNER_KEY = PUSH_KEY
    }
    expect(await events({ signature_ok: true })).toMatchObject([{ ordersn: SN }])
    expect(await connectorOf(shop.container).listShopeeOrderSyncs({ ordersn: SN })).toHaveLength(1)
  })

  it("a flood of forged pushes keeps at most twenty rows and one exception, and a genuine push gets through", async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => send(shop.url, orderPush(`F${index}`))))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect((await events({ signature_ok: false })).length).toBeLessThanOrEqual(20)
    expect(await shop.exceptions({ error_class: "signature_mismatch" })).toHaveLength(1)
    expect(await sendSigned(shop.url, orderPush(SN))).toMatchObject({ status: 200 })
    expect(await events({ signature_ok: true })).toHaveLength(1)
    await eventually("the whole flood in the counter", async () => {
      const [forged] = await shop.exceptions({ error_class: "signature_mismatch" })
      return forged?.retry_count === 199
    })
  }, 60_000)

  it("pushes about authorisation alert, whichever shop they name; unknown codes are only kept", async () => {
    for (const push of [
      {
        code: 12,
        timestamp: 1_790_000_000,
        data: { shop_expire_soon: [1, 2], expire_before: 1_790_600_000, page_no: 1, total_page: 1 },
      },
      { code: 2, timestamp: 1_790_000_001, partner_id: 1, data: { shop_id: 99, success: 1 } },
      { code: 4711, timestamp: 1_790_000_002, shop_id: 1, data: {} },
    ]) {
      expect(await sendSigned(shop.url, JSON.stringify(push))).toMatchObject({ status: 200 })
    }
    await drainInbox(shop.container)
    expect(await events({ processed: true })).toHaveLength(3)
    // The suite's own shop is not authorised, which a job may report at any time.
    const told = (await shop.exceptions()).filter(({ subject }) => subject !== `shop:${SHOP_ID}`)
    expect(told.map(({ error_class }) => error_class)).toEqual(["token_expired", "token_expired"])
  })

  it("an order of a shop that nobody authorised waits, with one exception for the shop", async () => {
    await sendSigned(shop.url, orderPush(SN))
    await sendSigned(shop.url, orderPush("261123WEBHOOK3"))
    await drainInbox(shop.container)
    expect(await shop.exceptions()).toMatchObject([{ error_class: "token_expired", ordersn: null }])
    expect(await connectorOf(shop.container).listShopeeOrderSyncs({ status: "pending" })).toHaveLength(2)
  })
})
