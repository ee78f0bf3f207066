import { createHmac } from "node:crypto"
import type { ApiFault } from "../control-client"
import { authorizedSdk, orderOf, PUSH_KEY, refusal, startWorld, type World } from "./world"
import type { ShopeeSDK } from "@congminh1254/shopee-sdk" with { "resolution-mode": "import" }

const ENDPOINT = "get_app_push_config"

describe("faults of the API", () => {
  let world: World
  let sdk: ShopeeSDK
  beforeAll(async () => {
    world = await startWorld()
    sdk = await authorizedSdk(world.sandbox)
  })
  afterAll(() => world.close())
  beforeEach(() => world.sandbox.control.reset({ keepTokens: true }))

  const call = () => sdk.push.getAppPushConfig()

  it.each<[string, ApiFault, object]>([
    ["rate limit", { endpoint: ENDPOINT, kind: "rate-limited" }, { status: 429, error: "error_rate_limit" }],
    ["server error", { endpoint: ENDPOINT, kind: "server-error", status: 503 }, { status: 503, error: "error_server" }],
    [
      "gateway page",
      { endpoint: ENDPOINT, kind: "html" },
      { name: "ShopeeSdkError", message: expect.stringContaining("<html>") },
    ],
    ["empty body", { endpoint: ENDPOINT, kind: "empty" }, { name: "ShopeeSdkError" }],
    ["malformed JSON", { endpoint: ENDPOINT, kind: "malformed-json" }, { name: "ShopeeSdkError" }],
    ["truncated answer", { endpoint: ENDPOINT, kind: "truncated" }, { name: "ShopeeSdkError" }],
    [
      "connection reset",
      { endpoint: ENDPOINT, kind: "reset" },
      { message: expect.stringMatching(/ECONNRESET|hang up/) },
    ],
    [
      "error in a 200",
      { endpoint: ENDPOINT, kind: "error", code: "error_kyc_auth" },
      { status: 200, error: "error_kyc_auth" },
    ],
    ["refused token", { endpoint: ENDPOINT, kind: "auth-error" }, { status: 403, error: "invalid_acceess_token" }],
    [
      "refused app",
      { endpoint: ENDPOINT, kind: "auth-error", form: "error_auth" },
      { status: 403, error: "error_auth" },
    ],
    [
      "clock skew",
      { endpoint: ENDPOINT, kind: "clock-skew" },
      { error: "error_param", message: expect.stringContaining("Timestamp is expired") },
    ],
  ])("%s: once, and then the call works again", async (_, fault, expected) => {
    await world.sandbox.control.addFault({ ...fault, times: 1 })
    expect(await refusal(call())).toMatchObject(expected)
    await expect(call()).resolves.toMatchObject({ error: "" })
    expect((await world.sandbox.control.calls()).last.map((entry) => entry.fault)).toEqual([fault.kind, undefined])
  })

  it("says when to come back", async () => {
    await world.sandbox.control.addFault({ endpoint: "*", kind: "rate-limited", retry_after_seconds: 7 })
    const answer = await fetch(`${world.sandbox.apiBaseUrl}/push/${ENDPOINT}`)
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "7"])
  })

  it("slow answers come late, dripping ones byte by byte", async () => {
    const { control } = world.sandbox
    await control.addFault({ endpoint: ENDPOINT, kind: "slow", delay_ms: 150, times: 1 })
    const startedAt = Date.now()
    await call()
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(145)
    await control.addFault({ endpoint: ENDPOINT, kind: "slow-loris", interval_ms: 20 })
    const answer = await fetch(`${world.sandbox.apiBaseUrl}/push/${ENDPOINT}`)
    const reader = answer.body?.getReader()
    const lengths = [(await reader?.read())?.value?.length, (await reader?.read())?.value?.length]
    await reader?.cancel()
    expect(lengths.every((length) => (length ?? 99) <= 3)).toBe(true)
  })

  it("a hanging call gets no answer at all", async () => {
    await world.sandbox.control.addFault({ endpoint: ENDPOINT, kind: "hang" })
    const patient = fetch(`${world.sandbox.apiBaseUrl}/push/${ENDPOINT}`, { signal: AbortSignal.timeout(200) })
    await expect(patient).rejects.toThrow("timeout")
  })

  it("a huge answer has the megabytes that were asked for", async () => {
    await world.sandbox.control.addFault({ endpoint: ENDPOINT, kind: "huge", megabytes: 3 })
    const answer = await fetch(`${world.sandbox.apiBaseUrl}/push/${ENDPOINT}`)
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(3 * 1024 * 1024)
  })

  it("a refresh whose answer is lost has spent its token when it was carried out, and not otherwise", async () => {
    const { control } = world.sandbox
    const other = await authorizedSdk(world.sandbox)
    await control.addFault({ endpoint: "/auth/access_token/get", kind: "reset", times: 1 })
    await refusal(other.refreshToken())
    await expect(other.refreshToken()).resolves.toMatchObject({ error: "" })
    await control.addFault({ endpoint: "/auth/access_token/get", kind: "reset", times: 1, carried_out: true })
    await refusal(other.refreshToken())
    expect(await refusal(other.refreshToken())).toMatchObject({ error: "error_shop_refresh_token" })
  })

  it("leaves orders out of details and batches, with a warning and no error", async () => {
    const { control } = world.sandbox
    const orders = await control.createOrders([orderOf(), orderOf(), orderOf()])
    const sns = orders.map((order) => order.order_sn)
    await control.addFault({ endpoint: "*", kind: "drop-orders", order_sns: [sns[1] ?? ""], warning: "one is missing" })
    const details = await sdk.order.getOrdersDetail({ order_sn_list: sns })
    expect(details).toMatchObject({ error: "", warning: ["one is missing"] })
    expect(details.response.order_list.map((order) => order.order_sn)).toEqual([sns[0], sns[2]])
    const batch = await sdk.payment.getEscrowDetailBatch({ order_sn_list: sns })
    expect(batch).toMatchObject({ response: { length: 2 }, warning: "one is missing" })
  })

  it("apply only where they match, after what they let pass, as often as they say, until they are cleared", async () => {
    const { control } = world.sandbox
    const [hit, spared] = await control.createOrders([orderOf(), orderOf()])
    const detail = (order: typeof hit) => sdk.order.getOrdersDetail({ order_sn_list: [order?.order_sn ?? ""] })
    const id = await control.addFault({
      endpoint: "get_order_detail",
      kind: "server-error",
      ordersn: hit?.order_sn ?? "",
      skip: 1,
      times: 2,
    })
    await detail(spared)
    await detail(hit)
    await refusal(detail(hit))
    expect(await control.faults()).toMatchObject([{ id, kind: "server-error", applied: 1 }])
    await control.clearFaults(id)
    await detail(hit)
    expect(await control.faults()).toEqual([])
  })

  it("are refused when they make no sense", async () => {
    const { control } = world.sandbox
    await expect(control.addFault({ endpoint: "push", kind: "hang" })).rejects.toThrow("kind must be one of drop")
    await expect(control.addFault({ endpoint: "*", kind: "slow" } as ApiFault)).rejects.toThrow("delay_ms is missing")
  })
})

describe("faults of pushes", () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({ retryDelays: [] })
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    await world.sandbox.control.reset()
    world.receiver.received.length = 0
  })

  const create = async (): Promise<string> => {
    const { order_sn } = await world.sandbox.control.createOrder(orderOf())
    await world.sandbox.control.settlePushes()
    return order_sn
  }
  const delivered = () => world.receiver.received.map((push) => push.body.data.ordersn)
  const signaturesHold = () =>
    world.receiver.received.map((push) => {
      const expected = createHmac("sha256", PUSH_KEY).update(`${world.receiver.url}|${push.rawBody}`).digest("hex")
      return push.headers.authorization === expected
    })

  it("a dropped push is lost without an attempt", async () => {
    await world.sandbox.control.addFault({ endpoint: "push", kind: "drop", times: 1 })
    const [lost, arrived] = [await create(), await create()]
    expect(delivered()).toEqual([arrived])
    const waiting = await world.sandbox.control.lostPushes()
    expect(waiting.map((push) => JSON.parse(push.data).data.ordersn)).toEqual([lost])
  })

  it("a duplicated push arrives once more for every copy, the same to the byte", async () => {
    await world.sandbox.control.addFault({ endpoint: "push", kind: "duplicate", copies: 4, times: 1 })
    const orderSn = await create()
    expect(delivered()).toEqual(Array(5).fill(orderSn))
    expect(new Set(world.receiver.received.map((push) => push.rawBody)).size).toBe(1)
    expect((await world.sandbox.control.pushes()).statistics).toMatchObject({ published: 1, delivered: 1, attempts: 5 })
  })

  it("a reordered push arrives after the next one, or when faults are cleared", async () => {
    await world.sandbox.control.addFault({ endpoint: "push", kind: "reorder", times: 1 })
    const first = await create()
    expect(delivered()).toEqual([])
    const second = await create()
    expect(delivered()).toEqual([second, first])
    await world.sandbox.control.addFault({ endpoint: "push", kind: "reorder" })
    const third = await create()
    await world.sandbox.control.clearFaults()
    await world.sandbox.control.settlePushes()
    expect(delivered()).toEqual([second, first, third])
  })

  it("a delayed push arrives late", async () => {
    await world.sandbox.control.addFault({ endpoint: "push", kind: "delay", delay_ms: 120, times: 1 })
    const startedAt = Date.now()
    await create()
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(115)
    expect(delivered()).toHaveLength(1)
  })

  it("a tampered push and one signed with another key don't verify; the ones after them do", async () => {
    await world.sandbox.control.addFault({ endpoint: "push", kind: "tamper", times: 1 })
    await world.sandbox.control.addFault({ endpoint: "push", kind: "wrong-signature", times: 1 })
    const orders = [await create(), await create(), await create()]
    expect(delivered()).toEqual(orders)
    expect(signaturesHold()).toEqual([false, false, true])
  })

  it("hit only the code and order they name", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: "READY_TO_SHIP", push: false }))
    await control.addFault({ endpoint: "push", kind: "drop", code: 4, ordersn: order_sn })
    await control.moveOrder(order_sn, "PROCESSED")
    await control.settlePushes()
    expect(world.receiver.received.map((push) => push.body.code)).toEqual([3])
  })
})
