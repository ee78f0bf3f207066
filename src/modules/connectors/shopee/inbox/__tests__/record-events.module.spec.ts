import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type ShopeeConnectorService from "../../service"
import { OrderSyncStatus, PushCode, RawEventSource } from "../../types/enums"
import { failureOf, InboxWorld, many, orderEvent, OTHER_SHOP, SHOP, shopEvent } from "./inbox-world"

/** The single way in (architecture §2): every new event is stored and its order due, together or not at all. */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const world = new InboxWorld(service, MikroOrmWrapper)

    it("stores an event as it came and marks its order due", async () => {
      const payload = { code: 3, data: { ordersn: "A1", note: "ünïcödé \u2028 \"quoted\" '?' $1 ?" } }
      const event = orderEvent("A1", { payload, shopeeEventId: "m-1", source: RawEventSource.RECONCILE })
      const [id] = await service.recordEvents([event])

      expect(await world.events("A1")).toMatchObject([
        {
          id,
          event_type: PushCode.ORDER_STATUS_UPDATE,
          shopee_event_id: "m-1",
          shop_id: SHOP,
          ordersn: "A1",
          payload,
          raw_body: event.rawBody,
          signature: event.signature,
          signature_ok: true,
          source: RawEventSource.RECONCILE,
          identity: event.identity,
          processed: false,
          processed_at: null,
        },
      ])
      const order = await world.order("A1")
      expect(order).toMatchObject({
        status: OrderSyncStatus.PENDING,
        last_raw_event_id: id,
        due_version: 1,
        attempts: 0,
      })
      expect(Number(order.due_at)).toBeLessThanOrEqual(Date.now() + 1_000)
    })

    it("keeps null for the signature of what came from an authenticated call", async () => {
      await service.recordEvents([orderEvent("A1", { signatureOk: null, signature: null, rawBody: null })])

      expect(await world.events("A1")).toMatchObject([{ signature_ok: null, signature: null, raw_body: null }])
    })

    it("50 tellings of one event at the same time are one row and one due order", async () => {
      const event = orderEvent("A1")
      const stored = await Promise.all(many(50, () => service.recordEvents([event])))

      expect(stored.flat()).toHaveLength(1)
      expect(await world.events("A1")).toHaveLength(1)
      expect(await world.order("A1")).toMatchObject({ due_version: 1 })
    })

    it("two tellings of one event in one call are one row", async () => {
      const event = orderEvent("A1")

      expect(await service.recordEvents([event, event])).toHaveLength(1)
      expect(await world.order("A1")).toMatchObject({ due_version: 1 })
    })

    it("50 different events of one order at the same time are 50 rows and one order, none of them unnoticed", async () => {
      const stored = await Promise.all(many(50, () => service.recordEvents([orderEvent("A1")])))

      expect(stored.flat()).toHaveLength(50)
      expect(await world.events("A1")).toHaveLength(50)
      expect(await world.order("A1")).toMatchObject({ due_version: 50 })
    })

    it("takes 1000 events at once", async () => {
      const events = many(1000, (index) => orderEvent(`A${index % 400}`))
      expect(await service.recordEvents(events)).toHaveLength(1000)

      expect(await service.listAndCountShopeeOrderSyncs({}, { take: 1 }).then(([, count]) => count)).toBe(400)
    })

    it("does nothing with no events", async () => {
      expect(await service.recordEvents([])).toEqual([])
    })

    it("a duplicate wakes nobody", async () => {
      const event = orderEvent("A1")
      await service.recordEvents([event])
      await world.sql(`UPDATE shopee_order_sync SET due_at = NULL`)

      expect(await service.recordEvents([event])).toEqual([])
      expect(await world.order("A1")).toMatchObject({ due_at: null, due_version: 1 })
    })

    it("a duplicate beside a new event of another order wakes the other one only", async () => {
      const event = orderEvent("A1")
      await service.recordEvents([event])
      await world.sql(`UPDATE shopee_order_sync SET due_at = NULL`)
      await service.recordEvents([event, orderEvent("A2")])

      expect(await world.order("A1")).toMatchObject({ due_at: null })
      expect(await world.order("A2")).toMatchObject({ due_at: expect.any(Date) })
    })

    it("an order that waits keeps its place", async () => {
      await service.recordEvents([orderEvent("A1")])
      await world.sql(`UPDATE shopee_order_sync SET due_at = '2026-01-01T00:00:00Z'`)
      await service.recordEvents([orderEvent("A1")])

      const order = await world.order("A1")
      expect(order.due_at).toEqual(new Date("2026-01-01T00:00:00Z"))
      expect(order.due_version).toBe(2)
    })

    it("an order that backs off is due at once when something new is heard of it", async () => {
      await world.authorize()
      await world.makeDue(["A1"])
      const claim = await world.claimOne()
      await service.failOrders(claim.claimId, [failureOf(claim, { retryInMs: 1_800_000 })])
      expect(await world.claim()).toEqual([])
      await world.makeDue(["A1"])

      expect(await world.claimOne()).toMatchObject({ ordersn: "A1", attempts: 1 })
    })

    it("a held order is tried again when something new is heard of it", async () => {
      await world.authorize()
      await world.makeDue(["A1"])
      const claim = await world.claimOne()
      await service.failOrders(claim.claimId, [failureOf(claim, { retryInMs: null })])
      expect(await world.order("A1")).toMatchObject({ status: OrderSyncStatus.FAILED, due_at: null })
      await world.makeDue(["A1"])

      expect(await world.order("A1")).toMatchObject({ status: OrderSyncStatus.PENDING })
      expect(await world.claimOne()).toMatchObject({ ordersn: "A1" })
    })

    it("an order that has its Medusa order stays `created` while it is due again", async () => {
      await service.createShopeeOrderSyncs({
        ordersn: "A1",
        shop_id: SHOP,
        status: OrderSyncStatus.CREATED,
        medusa_order_id: "order_1",
      })
      await world.makeDue(["A1"])

      expect(await world.order("A1")).toMatchObject({
        status: OrderSyncStatus.CREATED,
        medusa_order_id: "order_1",
        due_at: expect.any(Date),
      })
    })

    it("the same order_sn in two shops is two orders", async () => {
      await service.recordEvents([orderEvent("A1"), orderEvent("A1", { shopId: OTHER_SHOP })])

      expect(await service.listShopeeOrderSyncs({ ordersn: "A1" })).toHaveLength(2)
    })

    it("an event without an order is stored and makes nothing due", async () => {
      await service.recordEvents([shopEvent(PushCode.AUTH_EXPIRY), orderEvent("A1", { shopId: null })])

      expect(await service.listShopeeRawEvents({})).toHaveLength(2)
      expect(await service.listShopeeOrderSyncs({})).toEqual([])
    })

    it("stores nothing of a call in which one event can't be stored", async () => {
      const spoilt = orderEvent("A2", { payload: { text: "\u0000" } })
      await expect(service.recordEvents([orderEvent("A1"), spoilt])).rejects.toThrow()

      expect(await service.listShopeeRawEvents({})).toEqual([])
      expect(await service.listShopeeOrderSyncs({})).toEqual([])
    })

    it("a rejected push with the same bytes does not stand in the way", async () => {
      const event = orderEvent("A1")
      await service.storeRejectedPush({ rawBody: event.rawBody ?? "", signature: "00", reason: "digest_mismatch" }, 20)

      expect(await service.recordEvents([event])).toHaveLength(1)
    })

    describe("events that concern no order", () => {
      it("are listed oldest first until they are marked, without rejected ones", async () => {
        await service.recordEvents([shopEvent(PushCode.SHOP_AUTHORIZED), orderEvent("A1")])
        await service.recordEvents([shopEvent(PushCode.AUTH_EXPIRY, { shopId: null })])
        await service.recordEvents([shopEvent(PushCode.BANNED_ITEM)])
        await service.storeRejectedPush({ rawBody: "e30=", signature: null, reason: "missing_authorization" }, 20)

        const pending = await service.listPendingEvents(2)
        expect(pending).toMatchObject([
          { eventType: PushCode.SHOP_AUTHORIZED, shopId: SHOP, payload: { code: PushCode.SHOP_AUTHORIZED } },
          { eventType: PushCode.AUTH_EXPIRY, shopId: null },
        ])
        await service.markEventsProcessed(pending.map(({ id }) => id))
        expect(await service.listPendingEvents(10)).toMatchObject([{ eventType: PushCode.BANNED_ITEM }])
        const [marked] = await service.listShopeeRawEvents({ event_type: PushCode.AUTH_EXPIRY })
        expect(marked).toMatchObject({ processed: true, processed_at: expect.any(Date) })
      })

      it("marking none changes none", async () => {
        await service.recordEvents([shopEvent(PushCode.WEBCHAT)])
        await service.markEventsProcessed([])

        expect(await service.listPendingEvents(10)).toHaveLength(1)
      })
    })
  },
})
