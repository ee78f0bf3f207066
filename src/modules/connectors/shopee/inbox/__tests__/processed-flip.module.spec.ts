import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type ShopeeConnectorService from "../../service"
import { OrderSyncStatus, PushCode } from "../../types/enums"
import { completionOf, failureOf, InboxWorld, orderEvent, OTHER_SHOP, SHOP, shopEvent } from "./inbox-world"

/** Product paper §6.3: `UPDATE shopee_raw_event SET processed = false WHERE …` makes the order due again. */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const world = new InboxWorld(service, MikroOrmWrapper)

    const flip = (where = "true") => world.sql(`UPDATE shopee_raw_event SET processed = false WHERE ${where}`)
    const done = async () => {
      await world.authorize()
      await world.makeDue(["A1"])
      const claim = await world.claimOne()
      await service.completeOrders(claim.claimId, [completionOf(claim)])
    }

    it("makes an order due that is done", async () => {
      await done()
      await flip()

      expect(await world.order("A1")).toMatchObject({ status: OrderSyncStatus.CREATED, medusa_order_id: "order_A1" })
      expect(await world.claimOne()).toMatchObject({ ordersn: "A1" })
    })

    it("makes a held order due where the column was false already", async () => {
      await world.authorize()
      await world.makeDue(["A1"])
      const claim = await world.claimOne()
      await service.failOrders(claim.claimId, [failureOf(claim, { retryInMs: null, waitingSkus: ["OGN-066A"] })])
      await flip("processed = false")

      expect(await world.order("A1")).toMatchObject({
        status: OrderSyncStatus.PENDING,
        attempts: 0,
        first_failed_at: null,
        waiting_skus: null,
      })
      expect(await world.claimOne()).toMatchObject({ ordersn: "A1" })
    })

    it("ends the backoff of an order", async () => {
      await world.authorize()
      await world.makeDue(["A1"])
      const claim = await world.claimOne()
      await service.failOrders(claim.claimId, [failureOf(claim, { retryInMs: 1_800_000 })])
      await flip()

      expect(await world.claimOne()).toMatchObject({ attempts: 0, firstFailedAt: null })
    })

    it("is heard while somebody works on the order", async () => {
      await world.authorize()
      await world.makeDue(["A1"])
      const claim = await world.claimOne()
      await flip()
      await service.completeOrders(claim.claimId, [completionOf(claim)])

      expect(await world.claimOne()).toMatchObject({ ordersn: "A1" })
    })

    it("makes every order of many events due, each as one row", async () => {
      await service.recordEvents([
        orderEvent("A1"),
        orderEvent("A1"),
        orderEvent("A2"),
        orderEvent("A1", { shopId: OTHER_SHOP }),
      ])
      await world.sql(`UPDATE shopee_order_sync SET due_at = NULL`)
      await flip()

      const orders = await service.listShopeeOrderSyncs({})
      expect(orders).toHaveLength(3)
      expect(orders.every(({ due_at }) => due_at !== null)).toBe(true)
    })

    it("makes an order due whose row is gone", async () => {
      await world.makeDue(["A1"])
      await world.sql(`DELETE FROM shopee_order_sync`)
      await flip()

      const order = await world.order("A1")
      expect(order).toMatchObject({ shop_id: SHOP, status: OrderSyncStatus.PENDING, due_at: expect.any(Date) })
      expect(order.id).toMatch(/^sosync_/)
      expect((await world.events("A1"))[0]?.id).toBe(order.last_raw_event_id)
    })

    it("works through the module's own update as well", async () => {
      await done()
      const [event] = await world.events("A1")
      await service.updateShopeeRawEvents({ id: event?.id ?? "", processed: false })

      expect(await world.claimOne()).toMatchObject({ ordersn: "A1" })
    })

    it("does nothing for a rejected push, whatever order it names", async () => {
      await world.sql(`INSERT INTO shopee_raw_event (id, event_type, payload, source, shop_id, ordersn, signature_ok, processed)
                       VALUES ('srev_forged', 3, '{}', 'webhook', '${SHOP}', 'A1', false, true)`)
      await flip()

      expect(await service.listShopeeOrderSyncs({})).toEqual([])
    })

    it("does nothing to orders for an event that concerns none, and has it handled again", async () => {
      const [id] = await service.recordEvents([shopEvent(PushCode.AUTH_EXPIRY)])
      await service.markEventsProcessed([id ?? ""])
      await flip()

      expect(await service.listShopeeOrderSyncs({})).toEqual([])
      expect(await service.listPendingEvents(10)).toMatchObject([{ id }])
    })

    it("other changes of an event, and setting it processed, make nothing due", async () => {
      await world.makeDue(["A1"])
      await world.sql(`UPDATE shopee_order_sync SET due_at = NULL`)
      await world.sql(`UPDATE shopee_raw_event SET payload = '{"looked": "at"}'`)
      await world.sql(`UPDATE shopee_raw_event SET processed = true`)

      expect(await world.order("A1")).toMatchObject({ due_at: null })
    })
  },
})
