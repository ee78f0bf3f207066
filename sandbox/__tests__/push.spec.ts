import { createHmac } from "node:crypto"
import { authorizedSdk, orderOf, PUSH_KEY, refusal, SHOP_ID, startWorld, type ReceivedPush, type World } from "./world"
import type { ShopeeSDK } from "@congminh1254/shopee-sdk" with { "resolution-mode": "import" }

describe("pushes", () => {
  let world: World
  let sdk: ShopeeSDK
  beforeAll(async () => {
    world = await startWorld()
    sdk = await authorizedSdk(world.sandbox)
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    const { receiver, sandbox } = world
    Object.assign(receiver.answer, { status: 200, body: "", afterMs: 0 })
    await sandbox.control.reset({ keepTokens: true })
    await sandbox.control.setPushConfig({ callbackUrl: receiver.url, retries: 3, timeoutMs: 3000 })
    receiver.received.length = 0
  })

  /** Computed here on purpose, from the reference and not with the sandbox's code. */
  const official = (push: ReceivedPush): string =>
    createHmac("sha256", PUSH_KEY).update(`${world.receiver.url}|${push.rawBody}`, "utf8").digest("hex")
  const create = async (): Promise<string> => {
    const { order_sn } = await world.sandbox.control.createOrder(orderOf({ status: "READY_TO_SHIP" }))
    await world.sandbox.control.settlePushes()
    return order_sn
  }

  it("are signed over the callback URL, a bar and the raw body, as bare lower-case hex", async () => {
    const orderSn = await create()
    const push = world.receiver.received[0]
    expect(push?.headers.authorization).toMatch(/^[0-9a-f]{64}$/)
    expect(push && push.headers.authorization === official(push)).toBe(true)
    expect(Object.keys(push?.body ?? {})).toEqual(["msg_id", "data", "shop_id", "code", "timestamp"])
    expect(push?.body).toMatchObject({
      msg_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      code: 3,
      shop_id: SHOP_ID,
      data: { ordersn: orderSn, status: "READY_TO_SHIP", completed_scenario: "", items: [] },
    })
  })

  it.each([
    ["a status of 500", { status: 500 }],
    ["a body that is not empty", { body: '{"ok":true}' }],
    ["no answer in time", { afterMs: 400 }],
  ])("count as failed for %s and are retried after 300, 1800 and 10800 s, the bytes unchanged", async (_, answer) => {
    const { receiver, sandbox } = world
    await sandbox.control.setPushConfig({ timeoutMs: 100 })
    Object.assign(receiver.answer, answer)
    const orderSn = await create()
    for (const [seconds, attempts] of [
      [290, 1],
      [15, 2],
      [1785, 2],
      [15, 3],
      [10_785, 3],
      [15, 4],
    ] as const) {
      await sandbox.control.advanceClock(seconds)
      expect(receiver.received).toHaveLength(attempts)
    }
    expect(new Set(receiver.received.map((push) => push.rawBody)).size).toBe(1)
    const { pushes, statistics } = await sandbox.control.pushes({ ordersn: orderSn })
    expect(pushes).toMatchObject([{ state: "lost", attempts: [{ ok: false }, {}, {}, { ok: false }] }])
    expect(statistics).toMatchObject({ published: 1, lost: 1, delivered: 0, attempts: 4, failed_attempts: 4 })
    expect(await sandbox.control.lostPushes()).toHaveLength(1)
  })

  it("fail at all their right moments when the clock is moved past them at once", async () => {
    world.receiver.answer.status = 500
    const orderSn = await create()
    await world.sandbox.control.advanceClock(86_400)
    const { pushes } = await world.sandbox.control.pushes({ ordersn: orderSn })
    const times = pushes[0]?.attempts.map((attempt) => attempt.time) ?? []
    const waits = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 10_000) * 10)
    expect(waits).toEqual([300, 1800, 10_800])
  })

  it("end as delivered when a retry is answered", async () => {
    world.receiver.answer.status = 503
    const orderSn = await create()
    world.receiver.answer.status = 204
    await world.sandbox.control.advanceClock(12_901)
    const { pushes } = await world.sandbox.control.pushes({ ordersn: orderSn })
    expect(pushes).toMatchObject([{ state: "delivered", attempts: [{ status: 503 }, { status: 204, ok: true }] }])
    expect(await world.sandbox.control.lostPushes()).toEqual([])
  })

  it("wait as lost pushes, doubly nested, 100 a page, until they are confirmed up to an id", async () => {
    const { sandbox, receiver } = world
    await sandbox.control.setPushConfig({ retries: 0 })
    receiver.answer.status = 500
    const orders = await sandbox.control.createOrders(Array.from({ length: 130 }, () => orderOf()))
    await sandbox.control.settlePushes()

    const first = await sdk.push.getLostPushMessage()
    expect(first.response.push_message_list).toHaveLength(100)
    expect(first.response.has_next_page).toBe(true)
    const message = first.response.push_message_list[0]
    expect(message).toMatchObject({ shop_id: SHOP_ID, code: 3 })
    const inner = JSON.parse(message?.data ?? "")
    expect(inner).toMatchObject({ code: 3, shop_id: SHOP_ID, data: { ordersn: expect.any(String) } })
    expect(receiver.received.map((push) => push.rawBody)).toContain(message?.data)

    expect((await sdk.push.getLostPushMessage()).response).toEqual(first.response)
    await sdk.push.confirmConsumedLostPushMessage({ last_message_id: first.response.last_message_id })
    const second = await sdk.push.getLostPushMessage()
    expect(second.response).toMatchObject({ has_next_page: false })
    const recovered = [...first.response.push_message_list, ...second.response.push_message_list].map(
      (lost) => JSON.parse(lost.data).data.ordersn
    )
    expect(recovered.sort()).toEqual(orders.map((order) => order.order_sn).sort())
    await sdk.push.confirmConsumedLostPushMessage({ last_message_id: second.response.last_message_id })
    expect((await sdk.push.getLostPushMessage()).response.push_message_list).toEqual([])
    expect(await refusal(sdk.push.confirmConsumedLostPushMessage({ last_message_id: 999_999 }))).toMatchObject({
      error: "error_param",
    })
  })

  it("are forgotten three days after they were lost", async () => {
    await world.sandbox.control.setPushConfig({ retries: 0 })
    world.receiver.answer.status = 500
    await create()
    await world.sandbox.control.advanceClock(3 * 86_400 - 5)
    expect((await sdk.push.getLostPushMessage()).response.push_message_list).toHaveLength(1)
    await world.sandbox.control.advanceClock(10)
    expect((await sdk.push.getLostPushMessage()).response.push_message_list).toEqual([])
  })

  it("stop for good, and are not kept as lost, once fewer than 30 % of over 600 succeed", async () => {
    const { sandbox, receiver } = world
    await sandbox.control.setPushConfig({ retries: 0 })
    receiver.answer.status = 500
    await sandbox.control.createOrders(Array.from({ length: 600 }, () => orderOf()))
    await sandbox.control.settlePushes()
    expect((await sdk.push.getAppPushConfig()).response).toMatchObject({ live_push_status: "Normal" })
    await create()
    const suspended = (await sdk.push.getAppPushConfig()).response
    expect(suspended).toMatchObject({ live_push_status: "Suspended", suspended_time: expect.any(Number) })
    receiver.answer.status = 200
    await create()
    expect(receiver.received).toHaveLength(601)
    expect(await sandbox.control.lostPushes()).toHaveLength(601)

    await sdk.push.setAppPushConfig({ callback_url: receiver.url })
    expect(receiver.received.at(-1)?.body).toMatchObject({ code: 0 })
    await create()
    expect(receiver.received.at(-1)?.body).toMatchObject({ code: 3 })
  })

  it("put the subscription on Warning under 70 % success", async () => {
    const { sandbox, receiver } = world
    await sandbox.control.setPushConfig({ retries: 0 })
    await sandbox.control.createOrders(Array.from({ length: 400 }, () => orderOf()))
    await sandbox.control.settlePushes()
    receiver.answer.status = 500
    await sandbox.control.createOrders(Array.from({ length: 201 }, () => orderOf()))
    await sandbox.control.settlePushes()
    expect((await sdk.push.getAppPushConfig()).response.live_push_status).toBe("Warning")
  })

  it("follow the subscription: codes can be switched off, shops blocked, and a URL must answer before it is saved", async () => {
    const { sandbox, receiver } = world
    await sdk.push.setAppPushConfig({ set_push_config_off: [3] })
    await create()
    await sdk.push.setAppPushConfig({ set_push_config_on: [3], blocked_shop_id_list: [SHOP_ID] })
    await create()
    await sdk.push.setAppPushConfig({ blocked_shop_id_list: [] })
    expect(receiver.received).toEqual([])
    await create()
    expect(receiver.received).toHaveLength(1)
    receiver.answer.status = 500
    expect(await refusal(sdk.push.setAppPushConfig({ callback_url: `${receiver.url}&new=1` }))).toMatchObject({
      error: "error_param",
    })
    expect((await sandbox.control.health()).callback_url).toBe(receiver.url)
  })

  it("never leave this machine", async () => {
    const { control } = world.sandbox
    await expect(control.setPushConfig({ callbackUrl: "https://shop.example.com/hook" })).rejects.toThrow(
      "this machine only"
    )
    expect(await refusal(sdk.push.setAppPushConfig({ callback_url: "http://192.0.2.1/hook" }))).toMatchObject({
      error: "error_param",
    })
  })

  it("are signed for the public callback URL while they are delivered locally", async () => {
    const callbackUrl = "https://shop.example.com/hook"
    await world.sandbox.control.setPushConfig({ callbackUrl, deliveryUrl: world.receiver.url })
    await create()
    await world.sandbox.control.setPushConfig({ callbackUrl: world.receiver.url, deliveryUrl: null })
    const push = world.receiver.received[0]
    const expected = createHmac("sha256", PUSH_KEY).update(`${callbackUrl}|${push?.rawBody}`).digest("hex")
    expect(push?.headers.authorization).toBe(expected)
  })

  it("made by hand carry the signature that was asked for and report what the receiver answered", async () => {
    const { sandbox, receiver } = world
    const body = '{"data": {"ordersn": "X"}, "code": 3, "shop_id": 1, "timestamp": 1795000000}'
    receiver.answer.body = "thanks"
    const answers = await sandbox.control.sendPush({ body, times: 3, concurrency: 3 })
    expect(answers).toMatchObject([{ status: 200, body: "thanks" }, {}, { status: 200, body: "thanks" }])
    expect(answers).toHaveLength(3)
    for (const signature of ["body-only", "body-only-bare", "official-prefixed", "wrong", "none"] as const) {
      await sandbox.control.sendPush({ body, signature })
    }
    await sandbox.control.sendPush({ code: 0, data: { verify_info: "?" } })
    const bodyOnly = createHmac("sha256", PUSH_KEY).update(body).digest("hex")
    const [first, ...others] = receiver.received.slice(2)
    const right = first && official(first)
    expect(first?.headers.authorization).toBe(right)
    expect(others.map((push) => push.headers.authorization)).toEqual([
      `SHA256 ${bodyOnly}`,
      bodyOnly,
      `SHA256 ${right}`,
      expect.not.stringContaining(right ?? ""),
      undefined,
      undefined,
    ])
    expect(receiver.received.at(-1)?.rawBody).toBe('{"code":0,"data":{"verify_info":"?"}}')
  })
})
