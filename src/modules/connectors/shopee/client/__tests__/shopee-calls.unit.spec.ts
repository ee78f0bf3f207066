import { ACCESS_TOKEN, failure, json, SHOP, ShopeeServer } from "./shopee-server"

let shopee: ShopeeServer

beforeEach(async () => {
  shopee = await ShopeeServer.start()
})

afterEach(async () => {
  await shopee.close()
})

describe("calls", () => {
  it("ask for order details with every optional field, comma joined, in the shop's name", async () => {
    let query = new URLSearchParams()
    shopee.handler = (_, response, url) => {
      query = url.searchParams
      json(response, { error: "", response: { order_list: [{ order_sn: "A", future_field: 1 }, { no: "sn" }] } })
    }
    const warnings: string[] = []
    shopee.connect({
      logger: { warn: (line) => warnings.push(line) },
    })

    expect(await shopee.client.getOrderDetails(["A", "B"])).toEqual([{ order_sn: "A", future_field: 1 }])
    expect(query.get("order_sn_list")).toBe("A,B")
    expect(query.get("shop_id")).toBe(SHOP)
    expect(query.get("access_token")).toBe(ACCESS_TOKEN)
    expect(query.get("request_order_status_pending")).toBe("true")
    expect(query.get("response_optional_fields")?.split(",")).toEqual(
      expect.arrayContaining(["item_list", "package_list", "recipient_address", "total_amount", "payment_info"])
    )
    expect(warnings).toEqual([expect.stringContaining("left out 1 of 2 entries")])
  })

  it("keep ids above 2^53 to the last digit, as text, and leave other numbers as they are", async () => {
    shopee.handler = (_, response) =>
      json(
        response,
        '{"error":"","response":{"order_list":[{"order_sn":"A","promotion_id":9007199254740993,"item_id":9007199254740991,' +
          '"price":12.345678901234567,"ids":[ -9007199254740993 ],"note":"[9007199254740993]"}]}}'
      )

    expect(await shopee.client.getOrderDetails(["A"])).toEqual([
      {
        order_sn: "A",
        promotion_id: "9007199254740993",
        item_id: 9007199254740991,
        price: 12.345678901234567,
        ids: ["-9007199254740993"],
        note: "[9007199254740993]",
      },
    ])
  })

  it("never ask for more than fifty orders, nor for none", async () => {
    await expect(shopee.client.getOrderDetails(Array(51).fill("A"))).rejects.toThrow(RangeError)
    expect(await shopee.client.getOrderDetails([])).toEqual([])
    expect(await shopee.client.getEscrowDetails([])).toEqual([])
    expect(shopee.paths).toEqual([])
  })

  it("page orders by cursor and never take a page without paging fields for the last one", async () => {
    const queries: URLSearchParams[] = []
    const pages: unknown[] = [
      { order_list: [{ order_sn: "A", order_status: "SHIPPED" }], more: true, next_cursor: "20" },
      { order_list: null, more: false, next_cursor: "" },
      { order_list: [{ order_sn: "C" }] },
      { order_list: [{ order_sn: "C" }], more: true, next_cursor: "" },
    ]
    shopee.handler = (_, response, url) => {
      queries.push(url.searchParams)
      json(response, { error: "", response: pages[queries.length - 1] })
    }
    const query = { timeRangeField: "update_time", from: new Date(1_000_000), to: new Date(2_000_000) } as const

    expect(await shopee.client.getOrderList(query)).toEqual({
      orders: [{ orderSn: "A", orderStatus: "SHIPPED" }],
      more: true,
      nextCursor: "20",
    })
    expect(await shopee.client.getOrderList({ ...query, cursor: "20" })).toEqual({
      orders: [],
      more: false,
      nextCursor: "",
    })
    expect(await failure(shopee.client.getOrderList(query))).toMatchObject({ kind: "transient", code: "(malformed)" })
    expect(await failure(shopee.client.getOrderList(query))).toMatchObject({ kind: "transient", code: "(malformed)" })
    expect(Object.fromEntries(queries[0] ?? [])).toMatchObject({
      time_range_field: "update_time",
      time_from: "1000",
      time_to: "2000",
      page_size: "100",
    })
    expect(queries.map((each) => each.get("cursor"))).toEqual([null, "20", null, null])
  })

  it("read escrows one by one, in a batch, and as released", async () => {
    shopee.handler = (_, response, url) => {
      const endpoint = url.pathname.split("/").at(-1)
      const answers: Record<string, unknown> = {
        get_escrow_detail: { order_sn: "A", order_income: { escrow_amount: 4.82 } },
        get_escrow_detail_batch: [{ escrow_detail: { order_sn: "A" } }, { broken: true }],
        get_escrow_list: {
          escrow_list: [{ order_sn: "A", payout_amount: 4.82, escrow_release_time: 1_000 }],
          more: false,
        },
      }
      json(response, { error: " ", response: answers[endpoint ?? ""] })
    }

    expect(await shopee.client.getEscrowDetail("A")).toEqual({ order_sn: "A", order_income: { escrow_amount: 4.82 } })
    expect(await shopee.client.getEscrowDetails(["A", "B"])).toEqual([{ order_sn: "A" }])
    expect(await shopee.client.getEscrowList({ releasedFrom: new Date(0), releasedTo: new Date(1_000_000) })).toEqual({
      escrows: [{ orderSn: "A", payoutAmount: 4.82, releasedAt: new Date(1_000_000) }],
      more: false,
    })
  })

  it("read lost pushes whose envelope prints a dash for no error, without token or shop", async () => {
    let query = new URLSearchParams()
    shopee.handler = (_, response, url) => {
      query = url.searchParams
      json(response, {
        error: "-",
        message: "-",
        warning: "-",
        response: {
          push_message_list: [
            { shop_id: 7001, code: 3, timestamp: 1_000, data: '{"code":3}' },
            { code: 12, data: "{}" },
            "an entry that is none",
          ],
          has_next_page: true,
          last_message_id: 176_610,
        },
      })
    }

    expect(await shopee.client.getLostPushes()).toMatchObject({
      messages: [
        { shopId: "7001", code: 3, timestamp: 1_000, raw: { shop_id: 7001, code: 3, data: '{"code":3}' } },
        { shopId: null, code: 12, timestamp: null, raw: { code: 12, data: "{}" } },
        { shopId: null, code: null, timestamp: null, raw: "an entry that is none" },
      ],
      more: true,
      lastMessageId: 176_610,
    })
    expect([...query.keys()].sort()).toEqual(["partner_id", "sign", "timestamp"])
  })

  it("confirm lost pushes up to a message", async () => {
    let confirmed = ""
    shopee.handler = (_, response, __, body) => {
      confirmed = body
      json(response, { error: "", message: "" })
    }
    await shopee.client.confirmLostPushes(176_610)

    expect(JSON.parse(confirmed)).toEqual({ last_message_id: 176_610 })
  })

  it("read how Shopee sees the webhook", async () => {
    shopee.handler = (_, response) =>
      json(response, {
        error: "",
        response: { callback_url: "https://shop.example/hook", live_push_status: "Suspended", suspended_time: 1_000 },
      })

    expect(await shopee.client.getAppPushConfig()).toMatchObject({
      callbackUrl: "https://shop.example/hook",
      livePushStatus: "Suspended",
      suspendedAt: new Date(1_000_000),
    })
  })

  it("reuse the connection", async () => {
    const sockets = new Set<unknown>()
    shopee.handler = (request, response) => {
      sockets.add(request.socket)
      json(response, { error: "", response: { order_list: [] } })
    }
    for (let count = 0; count < 5; count += 1) {
      await shopee.client.getOrderDetails(["A"])
    }

    expect(sockets.size).toBe(1)
  })

  it("log Shopee's warning, redacted", async () => {
    const warnings: string[] = []
    shopee.connect({
      logger: { warn: (line) => warnings.push(line) },
    })
    shopee.handler = (_, response) =>
      json(response, { error: "", warning: [`partial, access_token=${ACCESS_TOKEN}`], response: { order_list: [] } })
    await shopee.client.getOrderDetails(["A"])

    expect(warnings).toEqual([expect.stringMatching(/^Shopee order\/get_order_detail: warning .*partial/)])
    expect(warnings.join()).not.toContain(ACCESS_TOKEN)
  })
})
