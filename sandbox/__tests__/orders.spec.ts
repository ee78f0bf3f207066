import { authorizedSdk, callAsShop, CARD, orderOf, refusal, SHOP_ID, startWorld, type World } from "./world"
import type { ShopeeSDK } from "@congminh1254/shopee-sdk" with { "resolution-mode": "import" }

const DAY = 86_400
const ALL_FIELDS =
  "buyer_user_id,buyer_username,estimated_shipping_fee,recipient_address,item_list,pay_time,total_amount,package_list,cancel_by,cancel_reason,payment_method"

describe("orders over the API", () => {
  let world: World
  let sdk: ShopeeSDK
  beforeAll(async () => {
    world = await startWorld()
    sdk = await authorizedSdk(world.sandbox)
  })
  afterAll(() => world.close())
  beforeEach(() => world.sandbox.control.reset({ keepTokens: true }))

  const list = (more: object = {}) => {
    const now = Math.floor(Date.now() / 1000)
    return sdk.order.getOrderList({
      time_range_field: "update_time",
      time_from: now - DAY,
      time_to: now + 60,
      page_size: 100,
      ...more,
    })
  }
  const detail = async (orderSn: string, fields?: string): Promise<Record<string, unknown>> => {
    const answer = await sdk.order.getOrdersDetail({
      order_sn_list: [orderSn],
      ...(fields ? { response_optional_fields: fields } : {}),
    })
    return { ...answer.response.order_list[0] }
  }

  it("answers the details of 50 orders and refuses 51", async () => {
    const orders = await world.sandbox.control.createOrders(Array.from({ length: 51 }, () => orderOf({ push: false })))
    const sns = orders.map((order) => order.order_sn)
    const answer = await sdk.order.getOrdersDetail({ order_sn_list: sns.slice(0, 50) })
    expect(answer.response.order_list.map((order) => order.order_sn)).toEqual(sns.slice(0, 50))
    expect(await refusal(sdk.order.getOrdersDetail({ order_sn_list: sns }))).toMatchObject({ error: "error_param" })
  })

  it("leaves unknown orders out of a detail answer and refuses when it knows none, nor another shop's", async () => {
    const { control } = world.sandbox
    const known = await control.createOrder(orderOf())
    const foreign = await control.createOrder(orderOf({ shop_id: SHOP_ID + 1 }))
    const answer = await sdk.order.getOrdersDetail({ order_sn_list: [known.order_sn, "261101UNKNOWN0"] })
    expect(answer.response.order_list).toHaveLength(1)
    for (const orderSn of ["261101UNKNOWN0", foreign.order_sn]) {
      expect(await refusal(sdk.order.getOrdersDetail({ order_sn_list: [orderSn] }))).toMatchObject({
        error: "error_not_found",
      })
    }
  })

  it("gives only the default fields unless others are asked for", async () => {
    const { order_sn } = await world.sandbox.control.createOrder(orderOf({ status: "READY_TO_SHIP" }))
    const plain = await detail(order_sn)
    expect(plain).toMatchObject({ order_sn, order_status: "READY_TO_SHIP", currency: "SGD", region: "SG", cod: false })
    for (const field of ALL_FIELDS.split(",")) expect(plain).not.toHaveProperty(field)
    expect(Object.keys(await detail(order_sn, ALL_FIELDS))).toEqual(expect.arrayContaining(ALL_FIELDS.split(",")))
  })

  it("has no total and no payment time until the buyer has paid", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(
      orderOf({ seller_voucher: 1, shopee_voucher: 0.5, coins: 0.25, buyer_fee: 0.3 })
    )
    const unpaid = await detail(order_sn, ALL_FIELDS)
    expect(unpaid).not.toHaveProperty("total_amount")
    expect(unpaid.pay_time).toBeNull()
    await control.moveOrder(order_sn, "READY_TO_SHIP")
    // 2 × 12.50 + 1.99 − 1 − 0.50 − 0.25 + 0.30
    expect(await detail(order_sn, ALL_FIELDS)).toMatchObject({ total_amount: 25.54, pay_time: expect.any(Number) })
  })

  it("shows a shipping fee that Shopee pays, and leaves it out of the total, where a bottle deposit is in", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(
      orderOf({ status: "READY_TO_SHIP", shipping_discount: 1.99, bottle_deposit: 0.2 })
    )
    // 2 × 12.50 + 1.99 − 1.99 + 0.20
    expect(await detail(order_sn, ALL_FIELDS)).toMatchObject({ estimated_shipping_fee: 1.99, total_amount: 25.2 })
    await control.updateOrder(order_sn, { shipping_discount: 0.99, bottle_deposit: 0 })
    expect(await detail(order_sn, ALL_FIELDS)).toMatchObject({ estimated_shipping_fee: 1.99, total_amount: 26 })
  })

  it("knows a cash on delivery order's total from the start and its payment once it has arrived", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ cod: true }))
    expect(await detail(order_sn, ALL_FIELDS)).toMatchObject({
      cod: true,
      order_status: "READY_TO_SHIP",
      pay_time: null,
      total_amount: 26.99,
      payment_method: "Cash on Delivery",
    })
    for (const status of ["PROCESSED", "SHIPPED"]) await control.moveOrder(order_sn, status)
    expect((await detail(order_sn, ALL_FIELDS)).pay_time).toBeNull()
    await control.moveOrder(order_sn, "TO_CONFIRM_RECEIVE")
    expect((await detail(order_sn, ALL_FIELDS)).pay_time).toEqual(expect.any(Number))
  })

  it("shows variations, plain items, bundles and add-ons the way Shopee does", async () => {
    const { order_sn } = await world.sandbox.control.createOrder({
      status: "READY_TO_SHIP",
      lines: [
        { sku: "SV8-EN-101", name: "Card", price: 10, original_price: 12, quantity: 1, model_name: "Near mint" },
        { item_sku: "SLEEVES-60", name: "Sleeves", price: 3, quantity: 2, no_variation: true },
        { sku: "BOX-A", name: "Box A", price: 40, original_price: 45, quantity: 1, bundle: true },
        { sku: "BOX-B", name: "Box B", price: 41, original_price: 46, quantity: 1, bundle: true },
        { sku: "TOPLOADER", name: "Toploader", price: 1.1, quantity: 3, add_on: true },
      ],
    })
    const order = await detail(order_sn, ALL_FIELDS)
    expect(order.total_amount).toBe(10 + 6 + 40 + 41 + 3.3)
    expect(order.item_list).toMatchObject([
      {
        model_sku: "SV8-EN-101",
        item_sku: "",
        model_name: "Near mint",
        model_original_price: 12,
        main_item: true,
        add_on_deal: true,
      },
      {
        model_id: 0,
        model_sku: "",
        model_name: "",
        item_sku: "SLEEVES-60",
        model_quantity_purchased: 2,
        active_qty: 2,
      },
      { model_discounted_price: 0, model_original_price: 45, order_item_id: 1, promotion_type: "bundle_deal" },
      { model_discounted_price: 0, model_original_price: 46, order_item_id: 1, promotion_type: "bundle_deal" },
      { add_on_deal: true, main_item: false, model_discounted_price: 1.1 },
    ])
  })

  it("writes an id above 2^53 as a number with all its digits", async () => {
    const { order_sn } = await world.sandbox.control.createOrder({
      lines: [{ ...CARD, item_id: "9007199254740993", model_id: "18446744073709551615" }],
    })
    const token = await sdk.getAuthToken()
    const answer = await callAsShop(world.sandbox, "/order/get_order_detail", token?.access_token ?? "", {
      order_sn_list: order_sn,
      response_optional_fields: "item_list",
    })
    const text = await answer.text()
    expect(text).toContain('"item_id":9007199254740993,')
    expect(text).toContain('"model_id":18446744073709551615,')
  })

  it("splits an order into packages that together hold every piece", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(
      orderOf({ lines: [{ ...CARD, quantity: 5 }], status: "READY_TO_SHIP" })
    )
    const moved = await control.moveOrder(order_sn, "PROCESSED", { packages: 2, tracking: ["TRACK-1", "TRACK-2"] })
    expect(moved.packages.map((parcel) => parcel.tracking_number)).toEqual(["TRACK-1", "TRACK-2"])
    const order = await detail(order_sn, "package_list,split_up")
    expect(order).toMatchObject({
      split_up: true,
      package_list: [
        { logistics_status: "LOGISTICS_REQUEST_CREATED", item_list: [{ model_quantity: 3 }] },
        { item_list: [{ model_quantity: 2 }] },
      ],
    })
    const tracking = await sdk.logistics.getTrackingNumber({
      order_sn,
      package_number: moved.packages[1]?.package_number ?? "",
    })
    expect(tracking.response.tracking_number).toBe("TRACK-2")
  })

  it("masks the recipient with asterisks while the sandbox knows the truth", async () => {
    const { control } = world.sandbox
    const masked = await control.createOrder(orderOf({ masked: true, recipient: { name: "Aisha Rahman" } }))
    const partial = await control.createOrder(orderOf({ masked: "partial", recipient: { name: "Aisha Rahman" } }))
    expect((await detail(masked.order_sn, ALL_FIELDS)).recipient_address).toMatchObject({
      name: "****",
      full_address: "****",
      city: "",
    })
    expect((await detail(partial.order_sn, ALL_FIELDS)).recipient_address).toMatchObject({
      name: "A******n",
      zipcode: "530221",
    })
    expect((await control.order(masked.order_sn)).recipient_address.name).toBe("Aisha Rahman")
    await control.updateOrder(masked.order_sn, { masked: false })
    expect((await detail(masked.order_sn, ALL_FIELDS)).recipient_address).toMatchObject({ name: "Aisha Rahman" })
  })

  it("pages to the end of the list without losing or repeating an order", async () => {
    const created = await world.sandbox.control.createOrders(Array.from({ length: 25 }, () => orderOf({ push: false })))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list({ page_size: 10, ...(cursor ? { cursor } : {}) })
      seen.push(...page.response.order_list.map((order) => order.order_sn))
      expect(page.response.more).toBe(seen.length < 25)
      cursor = page.response.next_cursor
    } while (cursor)
    expect([...seen].sort()).toEqual(created.map((order) => order.order_sn).sort())
  })

  it("lists by creation or by update, inclusively, and filters by the statuses Shopee can filter", async () => {
    const { control } = world.sandbox
    const now = Math.floor(Date.now() / 1000)
    const old = await control.createOrder(orderOf({ create_time: now - 3 * DAY }))
    await control.moveOrder(old.order_sn, "CANCELLED", { at: now - 100 })
    const sns = async (more: object) => (await list(more)).response.order_list.map((order) => order.order_sn)
    expect(await sns({ time_range_field: "create_time" })).toEqual([])
    expect(await sns({ time_range_field: "create_time", time_from: now - 3 * DAY, time_to: now - 3 * DAY })).toEqual([
      old.order_sn,
    ])
    expect(await sns({ time_from: now - 100, time_to: now - 100 })).toEqual([old.order_sn])
    expect(await sns({ time_from: now - 99 })).toEqual([])
    expect(await sns({ order_status: "CANCELLED" })).toEqual([old.order_sn])
    expect(await sns({ order_status: "UNPAID" })).toEqual([])
    const withStatus = await list({ response_optional_fields: "order_status" })
    expect(withStatus.response.order_list).toMatchObject([{ order_sn: old.order_sn, order_status: "CANCELLED" }])
  })

  it.each([
    ["a window of more than 15 days", { time_from: 1_790_000_000, time_to: 1_790_000_000 + 15 * DAY + 1 }],
    ["a window that ends before it begins", { time_from: 1_790_000_001, time_to: 1_790_000_000 }],
    ["a page of 101", { page_size: 101 }],
    ["a page of 0", { page_size: 0 }],
    ["no page size", { page_size: undefined }],
    ["a status it can't filter by", { order_status: "TO_CONFIRM_RECEIVE" }],
    ["an unknown time field", { time_range_field: "pay_time" }],
    ["a cursor it never gave", { cursor: "abc" }],
  ])("refuses to list with %s", async (_, wrong) => {
    expect(await refusal(list(wrong))).toMatchObject({ error: "error_param" })
  })

  it("shows PENDING only to callers that ask for it", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf())
    await control.moveOrder(order_sn, "PENDING")
    expect(await detail(order_sn)).toMatchObject({ order_status: "UNPAID" })
    const asked = await sdk.order.getOrdersDetail({ order_sn_list: [order_sn], request_order_status_pending: true })
    expect(asked.response.order_list[0]).toMatchObject({ order_status: "PENDING", pending_terms: ["SYSTEM_PENDING"] })
  })

  it("takes a partly cancelled line out of quantity, total and package", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: "READY_TO_SHIP" }))
    await control.updateOrder(order_sn, { lines: [{ index: 0, cancelled_qty: 1 }] })
    expect(await detail(order_sn, ALL_FIELDS)).toMatchObject({
      total_amount: 14.49,
      item_list: [{ model_quantity_purchased: 2, active_qty: 1, cancelled_qty: 1 }],
      package_list: [{ item_list: [{ model_quantity: 1 }] }],
    })
  })

  it("shows overridden fields as they are, however wrong", async () => {
    const { order_sn } = await world.sandbox.control.createOrder(
      orderOf({ status: "HOVERING", detail_overrides: { total_amount: -3, item_list: [] } })
    )
    expect(await detail(order_sn)).toMatchObject({ order_status: "HOVERING", total_amount: -3, item_list: [] })
  })

  it("refuses calls above the rate limit", async () => {
    await world.sandbox.control.setSettings({ rateLimit: 2 })
    const calls = await Promise.all(Array.from({ length: 8 }, () => refusal(list())))
    await world.sandbox.control.setSettings({ rateLimit: null })
    const limited = calls.filter((call) => call.error === "error_rate_limit")
    expect(limited.length).toBeGreaterThanOrEqual(4)
    expect(limited[0]).toMatchObject({ status: 429 })
    await expect(list()).resolves.toMatchObject({ error: "" })
  })

  it("counts the calls by endpoint and remembers which orders they were about", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf())
    await control.resetCalls()
    await detail(order_sn)
    await list()
    expect(await control.calls()).toMatchObject({
      total: 2,
      by_endpoint: { "/order/get_order_detail": 1, "/order/get_order_list": 1 },
      last: [{ endpoint: "/order/get_order_detail", order_sns: [order_sn], result: "ok", shop_id: SHOP_ID }, {}],
    })
  })
})
