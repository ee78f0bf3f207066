import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { SHOPEE_CONNECTOR_MODULE } from ".."
import type ShopeeConnectorService from "../service"
import { OrderSyncStatus, RawEventSource } from "../types/enums"

/** Product paper §2: a row with only the columns that are fixed can be created, whatever columns were added since. */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, ".."),
  pathToMigrations: resolve(__dirname, "../migrations"),
  testSuite: ({ service }) => {
    // Above 2^53: a column of numbers would round it.
    const LARGE_ID = "9007199254740993001"

    const escrow = {
      ordersn: "260301ABCDEF10",
      shop_id: LARGE_ID,
      escrow_amount: 61.37,
      original_price: 80,
      seller_discount: 5.5,
      shopee_discount: 1.25,
      voucher_from_seller: 2,
      voucher_from_shopee: 3,
      commission_fee: 4.11,
      service_fee: 2.02,
      seller_transaction_fee: 1.5,
      actual_shipping_fee: 1.49,
      seller_lost_compensation: 0,
      buyer_total_amount: 70.24,
      currency: "SGD",
      escrow_release_time: null,
      raw_escrow_payload: { order_income: { escrow_amount: 61.37 } },
      fetched_at: new Date("2026-03-09T00:00:00Z"),
    }

    const lists: Record<string, unknown> = { merchant_id_list: [11], shop_id_list: [7001], supplier_id_list: [] }
    const token = {
      shop_id: LARGE_ID,
      access_token: "v1.a",
      refresh_token: "v1.r",
      expire_in: 14_400,
      expired_at: "1772344400000",
      raw_token_payload: { request_id: "r" },
      // Medusa types every json column as an object.
      ...lists,
    }

    it("a raw event is created from the fixed columns, read, changed and deleted", async () => {
      const created = await service.createShopeeRawEvents({
        event_type: 3,
        shopee_event_id: null,
        shop_id: LARGE_ID,
        ordersn: "260301ABCDEF10",
        payload: { code: 3, data: { ordersn: "260301ABCDEF10" } },
        signature: "ab",
        signature_ok: null,
        source: RawEventSource.POLL,
      })
      expect(created.id).toMatch(/^srev_/)
      expect(created).toMatchObject({ processed: false, processed_at: null, shop_id: LARGE_ID, signature_ok: null })

      await service.updateShopeeRawEvents({ id: created.id, processed: true, processed_at: new Date() })
      expect(await service.retrieveShopeeRawEvent(created.id)).toMatchObject({
        processed: true,
        payload: { code: 3, data: { ordersn: "260301ABCDEF10" } },
      })
      await service.deleteShopeeRawEvents(created.id)
      expect(await service.listShopeeRawEvents({})).toEqual([])
    })

    it("a raw event needs neither an order nor a shop, and two without identity don't collide", async () => {
      const events = await service.createShopeeRawEvents(
        [1, 2].map(() => ({ event_type: -1, payload: {}, source: RawEventSource.WEBHOOK }))
      )
      expect(events).toMatchObject([{ shop_id: null, ordersn: null }, { identity: null }])
    })

    it("an order's row is created from the fixed columns, read, changed and deleted", async () => {
      const created = await service.createShopeeOrderSyncs({
        ordersn: "260301ABCDEF10",
        shop_id: LARGE_ID,
        medusa_order_id: null,
        shopee_status: "UNPAID",
        last_raw_event_id: "srev_1",
      })
      expect(created.id).toMatch(/^sosync_/)
      expect(created).toMatchObject({ status: OrderSyncStatus.PENDING, shop_id: LARGE_ID, attempts: 0, due_at: null })

      await service.updateShopeeOrderSyncs({ id: created.id, status: OrderSyncStatus.FAILED })
      expect(await service.retrieveShopeeOrderSync(created.id)).toMatchObject({ status: OrderSyncStatus.FAILED })
      await service.deleteShopeeOrderSyncs(created.id)
      expect(await service.listShopeeOrderSyncs({})).toEqual([])
    })

    it("there is one row for an order of a shop", async () => {
      const row = { ordersn: "260301ABCDEF10", shop_id: "7001" }
      await service.createShopeeOrderSyncs(row)

      await expect(service.createShopeeOrderSyncs(row)).rejects.toThrow(/already exists/)
      expect(await service.createShopeeOrderSyncs({ ...row, shop_id: "7002" })).toMatchObject({ shop_id: "7002" })
    })

    it("an escrow is created from the fixed columns, read, changed and deleted", async () => {
      const created = await service.createShopeeEscrows(escrow)
      expect(created.id).toMatch(/^sesc_/)

      const releasedAt = new Date("2026-03-12T04:00:00Z")
      await service.updateShopeeEscrows({ id: created.id, escrow_release_time: releasedAt, escrow_amount: -0.01 })
      const stored = await service.retrieveShopeeEscrow(created.id)
      expect(stored).toMatchObject({
        shop_id: LARGE_ID,
        original_price: 80,
        seller_discount: 5.5,
        escrow_amount: -0.01,
      })
      expect(stored.escrow_release_time).toEqual(releasedAt)
      await service.deleteShopeeEscrows(created.id)
      expect(await service.listShopeeEscrows({})).toEqual([])
    })

    it("an order has one escrow", async () => {
      await service.createShopeeEscrows(escrow)

      await expect(service.createShopeeEscrows({ ...escrow, shop_id: "7002" })).rejects.toThrow(/already exists/)
    })

    it("a listing has one mapping, which is changed and never doubled, for at least one piece", async () => {
      const listing = { shopId: LARGE_ID, itemId: "900", modelId: "0" }
      const first = await service.setSkuMapping({ ...listing, variantId: "variant_1", piecesPerUnit: 36 }, "user_1")
      const second = await service.setSkuMapping({ ...listing, variantId: "variant_2", piecesPerUnit: 1 }, "user_2")

      expect(first.id).toMatch(/^smap_/)
      expect(second.id).toBe(first.id)
      const other = { ...listing, shopId: "7002" }
      expect(await service.listSkuMappings([listing, other, listing])).toEqual([
        { ...listing, variantId: "variant_2", piecesPerUnit: 1 },
      ])
      await expect(
        service.setSkuMapping({ ...listing, variantId: "variant_1", piecesPerUnit: 0 }, null)
      ).rejects.toThrow(/shopee_sku_mapping_pieces_check/)
    })

    it("a token row is created from the fixed columns, read, changed and deleted", async () => {
      const created = await service.createShopeeAuthTokens(token)
      expect(created.id).toMatch(/^sat_/)
      expect(created).toMatchObject({ ...token, refused_at: null, paused_until: null, outage_calls: 0 })

      await service.updateShopeeAuthTokens({ id: created.id, expired_at: "1772999999999" })
      expect(await service.retrieveShopeeAuthToken(created.id)).toMatchObject({ expired_at: "1772999999999" })
      await service.deleteShopeeAuthTokens(created.id)
      expect(await service.listShopeeAuthTokens({})).toEqual([])
    })

    it("a shop has one token row", async () => {
      await service.createShopeeAuthTokens(token)

      await expect(service.createShopeeAuthTokens(token)).rejects.toThrow(/already exists/)
    })
  },
})
