import { Modules } from "@medusajs/framework/utils"
import type {
  AuthorizeAnswer,
  ShopeeStatusAnswer,
  SkuMappingAnswer,
  SkuMappingDeletedAnswer,
  SkuMappingListAnswer,
  TestConnectionAnswer,
} from "../../../src/modules/connectors/shopee/types/desk"
import type { DeskCall } from "../../support/desk-call"
import type { LoggedInUser } from "../../support/log-in"
import { connectorOf, SHOP_ID, stockCards } from "../../support/shopee-shop"
import { shopPart } from "../../support/shop-suite"

const SHOP = String(SHOP_ID)
const SETTINGS = "/app/connectors/settings"
const CALLBACK = "/connectors/shopee/oauth/callback"

/** What the operator sets up: the shop's connection, its pushes, and what listings sell. */
export const settings = shopPart({}, (shop) => {
  let user: LoggedInUser
  let call: DeskCall

  beforeEach(async () => {
    ;({ user, call } = await shop.logIn())
  })

  describe("the connection", () => {
    const test = async () => (await call<TestConnectionAnswer>("POST", "/shopee/test-connection")).answer

    it("is tested: what Shopee has saved, and which pushes the app is subscribed to", async () => {
      const { callback_url } = (await call<ShopeeStatusAnswer>("GET", "/shopee/status")).answer.configuration
      expect(await test()).toMatchObject({
        ok: true,
        shop_id: SHOP,
        push: {
          callback_url,
          status: "Normal",
          // Of newer pushes Shopee says nothing while they are on.
          pushes: [
            { code: 3, on: true },
            { code: 4, on: true },
            { code: 12, on: true },
            { code: 29, on: null },
          ],
        },
      })
    })

    it("says what is wrong, and where", async () => {
      await shop.sandbox.control.setPushConfig({ callbackUrl: "https://elsewhere.test/hook" })
      await connectorOf(shop.container).deleteAuthToken(SHOP)
      const answer = await test()
      expect(answer.ok).toBe(false)
      expect(answer.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(["shop_call", "callback_url"])
      expect(answer.push?.callback_url).toBe("https://elsewhere.test/hook")
      const shops = (await call<ShopeeStatusAnswer>("GET", "/shopee/status")).answer.shops
      expect(shops).toMatchObject([{ shop_id: SHOP, token: "missing" }])
    })
  })

  describe("connecting a shop", () => {
    const begin = async () => (await call<AuthorizeAnswer>("GET", "/shopee/authorize")).answer.url
    const visitShopee = async (address: string) =>
      (await fetch(address, { redirect: "manual" })).headers.get("location") ?? ""
    const comeBack = async (address: string, cookie?: string) => {
      const page = await fetch(address, { headers: cookie ? { cookie } : {}, redirect: "manual" })
      return { status: page.status, location: page.headers.get("location"), cache: page.headers.get("cache-control") }
    }
    const refused = (reason: string) => ({
      status: 303,
      location: `${SETTINGS}?authorization=refused&reason=${reason}`,
      cache: "no-store",
    })

    it("goes to Shopee's page and comes back to the settings, once, and only for who began it", async () => {
      await connectorOf(shop.container).deleteAuthToken(SHOP)
      const back = await visitShopee(await begin())
      expect(new URL(back).pathname).toBe(CALLBACK)

      expect(await comeBack(back)).toMatchObject({ status: 401, location: null })
      const { user: stranger } = await shop.logIn("eve@shop.example")
      expect(await comeBack(back, stranger.cookie)).toEqual(refused("request"))
      expect(await connectorOf(shop.container).readAuthToken(SHOP)).toBeNull()

      expect(await comeBack(back, user.cookie)).toEqual({
        status: 303,
        location: `${SETTINGS}?authorization=connected&shop=${SHOP}`,
        cache: "no-store",
      })
      expect(await connectorOf(shop.container).readAuthToken(SHOP)).toMatchObject({ version: 1, refusedAt: null })
      expect(await comeBack(back, user.cookie)).toEqual(refused("request"))

      const forged = new URL(back)
      forged.searchParams.set("state", "x".repeat(43))
      expect(await comeBack(forged.href, user.cookie)).toEqual(refused("request"))
    })

    it("says that Shopee named no shop, or refused the code", async () => {
      expect(await comeBack(`${shop.url}${CALLBACK}?state=%3Cb%3E`, user.cookie)).toEqual(refused("answer"))

      const before = await connectorOf(shop.container).readAuthToken(SHOP)
      const back = new URL(await visitShopee(await begin()))
      back.searchParams.set("code", "a-code-of-nobody")
      const { status, location } = await comeBack(back.href, user.cookie)
      expect(status).toBe(303)
      expect(location).toMatch(/authorization=refused&reason=shopee&code=\w+$/)
      expect(location).not.toContain("nobody")
      expect(await connectorOf(shop.container).readAuthToken(SHOP)).toEqual(before)
    })
  })

  it("lists what people decided that listings sell, with the person, and forgets it again", async () => {
    await stockCards(shop.container, { "EMB-014-LP": 10 })
    const [card] = await shop.container.resolve(Modules.PRODUCT).listProductVariants({ sku: "EMB-014-LP" })
    const map = async (item_id: string, pieces_per_unit: number) =>
      await call<SkuMappingAnswer>("POST", "/shopee/sku-mappings", {
        shop_id: SHOP,
        item_id,
        model_id: "0",
        variant_id: card?.id,
        pieces_per_unit,
      })
    const list = async (query = "") => (await call<SkuMappingListAnswer>("GET", `/shopee/sku-mappings${query}`)).answer
    const { id } = (await map("1001", 1)).answer
    await map("2002", 3)

    const { sku_mappings: mappings, count } = await list()
    expect(count).toBe(2)
    expect(mappings.map(({ item_id }) => item_id)).toEqual(["2002", "1001"])
    expect(mappings[0]).toMatchObject({
      shop_id: SHOP,
      model_id: "0",
      variant_id: card?.id,
      variant: { sku: "EMB-014-LP", product_title: expect.any(String) },
      pieces_per_unit: 3,
      decided_by: user.email,
    })
    expect(await list("?q=10&limit=1")).toMatchObject({ count: 1, sku_mappings: [{ id }] })
    expect((await call("GET", "/shopee/sku-mappings?q=x")).status).toBe(400)

    const forget = async () => await call<SkuMappingDeletedAnswer>("DELETE", `/shopee/sku-mappings/${id}`)
    expect(await forget()).toMatchObject({ status: 200, answer: { id, deleted: true } })
    expect((await forget()).status).toBe(404)
    expect(await list()).toMatchObject({ count: 1, sku_mappings: [{ item_id: "2002" }] })
    expect(await connectorOf(shop.container).listSkuMappings([{ shopId: SHOP, itemId: "1001", modelId: "0" }])).toEqual(
      []
    )

    expect((await map("1001", 2)).answer.id).toBe(id)
    expect(await list("?q=1001")).toMatchObject({ count: 1, sku_mappings: [{ id, pieces_per_unit: 2 }] })
  })
})
