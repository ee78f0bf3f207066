import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { type RunningSandbox, startSandbox } from "../../sandbox/start-sandbox"
import { SHOPEE_CONNECTOR_MODULE } from "../../src/modules/connectors/shopee"
import { createShopeeClient } from "../../src/modules/connectors/shopee/client/create-shopee-client"
import { exchangeAuthorizationCode } from "../../src/modules/connectors/shopee/client/exchange-authorization-code"
import type { ShopeeClient } from "../../src/modules/connectors/shopee/client/shopee-client"
import { requireShopeeConfig, type ShopeeConfig } from "../../src/modules/connectors/shopee/config"
import { getShopeeSdk } from "../../src/modules/connectors/shopee/sdk"
import type ShopeeConnectorService from "../../src/modules/connectors/shopee/service"

const PARTNER_ID = 2000999
const PARTNER_KEY = "partner-key-of-the-test"
const SHOP_ID = 700777
const FIVE_HOURS = 5 * 3600

/** The client, the tokens in Postgres and the real SDK against the sandbox: what no single room can show. */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../../src/modules/connectors/shopee"),
  testSuite: ({ service }) => {
    let sandbox: RunningSandbox
    let client: ShopeeClient
    let config: ShopeeConfig

    beforeEach(async () => {
      sandbox = await startSandbox({
        partnerId: PARTNER_ID,
        partnerKey: PARTNER_KEY,
        pushKey: "push-key-of-the-test",
        shopId: SHOP_ID,
      })
      Object.assign(process.env, {
        SHOPEE_PARTNER_ID: String(PARTNER_ID),
        SHOPEE_PARTNER_KEY: PARTNER_KEY,
        SHOPEE_SHOP_ID: String(SHOP_ID),
        SHOPEE_API_BASE_URL: sandbox.apiBaseUrl,
      })
      config = requireShopeeConfig()
      client = createShopeeClient({ config, store: service })
    })

    afterEach(async () => {
      client.close()
      await sandbox.close()
    })

    const authorize = async () => {
      await exchangeAuthorizationCode(config, service, await sandbox.control.authorize(SHOP_ID))
    }
    const createOrder = () =>
      sandbox.control.createOrder({ lines: [{ sku: "OGN-001", name: "Origins booster", price: 12.5, quantity: 2 }] })
    const refreshes = async () => (await sandbox.control.tokens()).find((shop) => shop.shop_id === SHOP_ID)?.refreshes

    it("a code is exchanged once and the shop's orders can be read", async () => {
      const code = await sandbox.control.authorize(SHOP_ID)
      await exchangeAuthorizationCode(config, service, code)
      const order = await createOrder()

      expect(await client.getOrderDetails([order.order_sn])).toMatchObject([
        {
          order_sn: order.order_sn,
          item_list: [{ model_sku: "OGN-001", model_quantity_purchased: 2 }],
          currency: "SGD",
        },
      ])
      expect(
        await client.getOrderList({
          timeRangeField: "update_time",
          from: new Date(Date.now() - 3_600_000),
          to: new Date(Date.now() + 60_000),
        })
      ).toMatchObject({ orders: [{ orderSn: order.order_sn }], more: false })
      await expect(exchangeAuthorizationCode(config, service, code)).rejects.toMatchObject({
        kind: "auth",
        code: "invalid_code",
      })
    })

    it("an unknown order is not_found", async () => {
      await authorize()

      await expect(client.getOrderDetails(["999999XXXXXXXX"])).rejects.toMatchObject({ kind: "not_found" })
    })

    it("tokens that expired at Shopee are refreshed once for all calls that find out", async () => {
      await authorize()
      const { order_sn } = await createOrder()
      await sandbox.control.advanceClock(FIVE_HOURS)
      const answers = await Promise.all(Array.from({ length: 8 }, () => client.getOrderDetails([order_sn])))

      expect(answers.map(([order]) => order?.order_sn)).toEqual(Array(8).fill(order_sn))
      expect(await refreshes()).toBe(1)
      expect((await service.readAuthToken(String(SHOP_ID)))?.version).toBe(2)
    })

    it("an authorisation that the seller took back is noted, and a new one ends that", async () => {
      await authorize()
      const { order_sn } = await createOrder()
      await sandbox.control.deauthorize(SHOP_ID, { push: false })

      await expect(client.getOrderDetails([order_sn])).rejects.toMatchObject({ kind: "auth", needsAuthorization: true })
      expect((await service.readAuthToken(String(SHOP_ID)))?.refusedAt).toBeInstanceOf(Date)

      await authorize()
      expect(await client.getOrderDetails([order_sn])).toHaveLength(1)
    })

    it("lost pushes are read and confirmed without an authorisation", async () => {
      expect(await client.getLostPushes()).toEqual({ messages: [], more: false, lastMessageId: expect.anything() })
    })

    it("the bare SDK instance refreshes under the lease as well, and not for ever", async () => {
      await authorize()
      const { order_sn } = await createOrder()
      await sandbox.control.advanceClock(FIVE_HOURS)
      const sdk = await getShopeeSdk(service)
      const answer = await sdk.order.getOrdersDetail({ order_sn_list: [order_sn] })

      expect(answer.response.order_list).toHaveLength(1)
      expect(await refreshes()).toBe(1)

      await sandbox.control.addFault({ endpoint: "get_order_detail", kind: "auth-error" })
      await expect(sdk.order.getOrdersDetail({ order_sn_list: [order_sn] })).rejects.toThrow(/invalid_acceess_token/)
      expect(await refreshes()).toBe(1)
    })
  },
})
