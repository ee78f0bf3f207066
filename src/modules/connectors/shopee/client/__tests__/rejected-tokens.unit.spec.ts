import { json, REFRESH_TOKEN, SHOP, ShopeeServer } from "./shopee-server"

let shopee: ShopeeServer

beforeEach(async () => {
  shopee = await ShopeeServer.start()
  // What a rejection leads to is looked at here, not how soon: on a busy machine ten calls take their time.
  shopee.connect({ limits: { deadlineMs: 10_000, maxAnswerBytes: 64 * 1024 } })
})

afterEach(async () => {
  await shopee.close()
})

describe("tokens", () => {
  const rejected = { error: "invalid_acceess_token", message: "Invalid access_token, please have a check." }

  it("that Shopee rejects for ever cost one refresh and one repetition, then surface as auth", async () => {
    shopee.handler = (_, response, url) =>
      url.pathname.endsWith("/auth/access_token/get")
        ? json(response, { error: "", access_token: "atk-next", refresh_token: "rtk-next", expire_in: 14_400 })
        : json(response, rejected, 403)

    expect(await shopee.failOrder()).toMatchObject({
      kind: "auth",
      code: "invalid_acceess_token",
      needsAuthorization: false,
    })
    expect(shopee.paths).toEqual([
      "/api/v2/order/get_order_detail",
      "/api/v2/auth/access_token/get",
      "/api/v2/order/get_order_detail",
    ])

    shopee.paths = []
    expect(await shopee.failOrder()).toMatchObject({ kind: "auth", code: "invalid_acceess_token" })
    expect(shopee.paths).toEqual(["/api/v2/order/get_order_detail"])
  })

  it("that Shopee rejects are refreshed once, however many calls find out at the same time", async () => {
    let refreshes = 0
    shopee.handler = (_, response, url, body) => {
      if (url.pathname.endsWith("/auth/access_token/get")) {
        refreshes += 1
        expect(JSON.parse(body)).toEqual({ partner_id: 2001234, refresh_token: REFRESH_TOKEN, shop_id: 7001 })
        json(response, { error: "-", access_token: "atk-next", refresh_token: "rtk-next", expire_in: 14_400 })
      } else if (url.searchParams.get("access_token") === "atk-next") {
        json(response, { error: "", response: { order_list: [{ order_sn: "A" }] } })
      } else {
        json(response, rejected, 403)
      }
    }

    const answers = await Promise.all(Array.from({ length: 10 }, () => shopee.client.getOrderDetails(["A"])))

    expect(answers).toEqual(Array(10).fill([{ order_sn: "A" }]))
    expect(refreshes).toBe(1)
  })

  it("that are refused for good surface as auth with what to do, and Shopee isn't asked again", async () => {
    await shopee.authorize(1)
    shopee.handler = (_, response) =>
      json(response, { error: "error_shop_refresh_token", message: "Invalid refresh_token" }, 403)

    const first = await shopee.failOrder()
    expect(first).toMatchObject({ kind: "auth", code: "(refused)", needsAuthorization: true })
    expect(first.message).toMatch(/npm run shopee -- authorize/)
    await shopee.failOrder()
    expect(shopee.paths).toEqual(["/api/v2/auth/access_token/get"])
  })

  it("that can't be refreshed for now surface as what hindered the refresh", async () => {
    await shopee.authorize(1)
    shopee.handler = (_, response) => json(response, { error: "error_server", message: "down" }, 500)

    expect(await shopee.failOrder()).toMatchObject({
      kind: "transient",
      code: "error_server",
      endpoint: "auth/access_token/get",
    })
    expect(await shopee.failOrder()).toMatchObject({ kind: "transient", code: "(no_token)" })
    expect(shopee.paths).toEqual(["/api/v2/auth/access_token/get"])
  })

  it("that were never stored surface as auth", async () => {
    await shopee.store.deleteAuthToken(SHOP)

    expect(await shopee.failOrder()).toMatchObject({ kind: "auth", code: "(not_authorized)", needsAuthorization: true })
    expect(shopee.paths).toEqual([])
  })
})
