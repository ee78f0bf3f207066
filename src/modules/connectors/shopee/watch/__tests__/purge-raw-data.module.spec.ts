import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import { completionOf, InboxWorld, many, orderEvent, shopEvent } from "../../inbox/__tests__/inbox-world"
import type ShopeeConnectorService from "../../service"
import { PushCode } from "../../types/enums"

const DAYS = 90

moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const world = new InboxWorld(service, MikroOrmWrapper)

    const age = (table: string, days: number, column = "created_at") =>
      world.sql(`UPDATE ${table} SET ${column} = now() - interval '${days} days'`)
    const purge = (limit = 1_000) => service.purgeRawEvents({ days: DAYS, limit })

    /** Brings the claimed order to a status. */
    async function settle(shopeeStatus: string): Promise<void> {
      const claim = await world.claimOne()
      await service.completeOrders(claim.claimId, [completionOf(claim, { shopeeStatus })])
    }

    beforeEach(async () => await world.authorize())

    it("takes body, payload and signature from old events, once, and leaves younger ones alone", async () => {
      await world.makeDue(["A1"])
      await settle("COMPLETED")
      await age("shopee_raw_event", DAYS - 1)
      expect(await purge()).toBe(0)

      await age("shopee_raw_event", DAYS + 1)
      expect(await purge()).toBe(1)
      expect(await world.events("A1")).toMatchObject([
        { payload: {}, raw_body: null, signature: null, purged_at: expect.any(Date), identity: expect.any(String) },
      ])
      expect(await purge()).toBe(0)
    })

    it("a late duplicate of a purged event is still a duplicate, and flipping it still makes its order due", async () => {
      const event = orderEvent("A1")
      await service.recordEvents([event])
      await settle("COMPLETED")
      await age("shopee_raw_event", DAYS + 1)
      await purge()

      expect(await service.recordEvents([event])).toEqual([])
      expect(await world.order("A1")).toMatchObject({ due_at: null })
      await world.sql(`UPDATE shopee_raw_event SET processed = false`)
      expect(await world.claimOne()).toMatchObject({ ordersn: "A1" })
    })

    it("keeps what nobody has handled yet", async () => {
      await world.makeDue(["A1"])
      await service.recordEvents([shopEvent(PushCode.AUTH_EXPIRY)])
      await age("shopee_raw_event", DAYS + 1)
      expect(await purge()).toBe(0)
    })

    it.each([
      ["SHIPPED", 1],
      ["COMPLETED", 0],
      ["CANCELLED", 0],
    ])("of an order that is %s keeps %i tracking numbers", async (status, kept) => {
      const data = { ordersn: "A1", package_number: "PKG1", tracking_no: "SPX123" }
      await service.recordEvents([
        orderEvent("A1"),
        orderEvent("A1", { eventType: PushCode.TRACKING_NO, payload: { code: PushCode.TRACKING_NO, data } }),
      ])
      await settle(status)
      await age("shopee_raw_event", DAYS + 1)

      expect(await purge()).toBe(2 - kept)
      const told = await service.listTrackingNumbers([{ shopId: "7001", ordersn: "A1" }])
      expect(told.get("A1")?.get("PKG1")).toBe(kept === 1 ? "SPX123" : undefined)
    })

    it("purges rejected pushes, which may be genuine ones of another buyer, and verifies them no more", async () => {
      await service.storeRejectedPush({ rawBody: "Zm9yZ2Vk", signature: "00", reason: "digest_mismatch" }, 20)
      await age("shopee_raw_event", DAYS + 1)
      expect(await purge()).toBe(1)
      await age("shopee_raw_event", 1)
      expect(await service.listRejectedPushes(10)).toEqual([])
    })

    it("works in batches of the size that is asked for, side by side without waiting", async () => {
      await service.recordEvents(many(50, (index) => orderEvent(`A${index}`)))
      await world.sql(`UPDATE shopee_raw_event SET processed = true`)
      await age("shopee_raw_event", DAYS + 1)

      const counts = await Promise.all(many(5, () => purge(10)))
      expect(counts.every((count) => count <= 10)).toBe(true)
      let left = 50 - counts.reduce((sum, count) => sum + count, 0)
      while (left > 0) {
        left -= await purge(10)
      }
      expect(await purge(10)).toBe(0)
      expect(await service.listShopeeRawEvents({ purged_at: null })).toEqual([])
    })

    it("takes Shopee's answer from old settlements and leaves the amounts", async () => {
      const amounts = {
        escrow_amount: 4.82,
        original_price: 5,
        seller_discount: 0,
        shopee_discount: 0,
        voucher_from_seller: 0,
        voucher_from_shopee: 0,
        commission_fee: 0.07,
        service_fee: 0,
        seller_transaction_fee: 0.1,
        actual_shipping_fee: 1.99,
        seller_lost_compensation: 0,
        buyer_total_amount: 6.99,
      }
      await service.createShopeeEscrows({
        ...amounts,
        ordersn: "A1",
        shop_id: "7001",
        currency: "SGD",
        raw_escrow_payload: { buyer_user_name: "tan.ah.kow" },
        fetched_at: new Date(),
      })
      expect(await service.purgeEscrows({ days: DAYS, limit: 10 })).toBe(0)
      await age("shopee_escrow", DAYS + 1, "fetched_at")
      expect(await service.purgeEscrows({ days: DAYS, limit: 10 })).toBe(1)
      const [escrow] = await service.listShopeeEscrows({})
      expect(escrow).toMatchObject({ raw_escrow_payload: {}, purged_at: expect.any(Date) })
      expect(Number(escrow?.escrow_amount)).toBe(4.82)
      expect(await service.purgeEscrows({ days: DAYS, limit: 10 })).toBe(0)
    })
  },
})
