import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type ShopeeConnectorService from "../../service"
import { PushCode } from "../../types/enums"
import type { IncomingEvent } from "../../types/inbox"
import { InboxWorld, orderEvent, OTHER_SHOP, SHOP } from "./inbox-world"

/** Push 4, which tells a parcel's tracking number. */
const trackingEvent = (
  ordersn: string,
  packageNumber: unknown,
  trackingNumber: unknown,
  changes: Partial<IncomingEvent> = {}
): IncomingEvent =>
  orderEvent(ordersn, {
    eventType: PushCode.TRACKING_NO,
    payload: {
      code: PushCode.TRACKING_NO,
      data: { ordersn, package_number: packageNumber, tracking_no: trackingNumber },
    },
    ...changes,
  })

/** Shopee's order detail carries no tracking numbers: the stored pushes are where they are known from. */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const world = new InboxWorld(service, MikroOrmWrapper)

    const told = async (ordersns: string[], shopId = SHOP) => {
      const numbers = await service.listTrackingNumbers(ordersns.map((ordersn) => ({ shopId, ordersn })))
      return Object.fromEntries([...numbers].map(([ordersn, byPackage]) => [ordersn, Object.fromEntries(byPackage)]))
    }

    it("knows none of an order that no push told any of", async () => {
      await service.recordEvents([orderEvent("A1"), orderEvent("A2", { eventType: PushCode.PACKAGE_INFO })])

      expect(await told(["A1", "A2", "A3"])).toEqual({})
      expect(await told([])).toEqual({})
    })

    it("knows each parcel's, of several orders at once, and of no order that was not asked for", async () => {
      await service.recordEvents([
        trackingEvent("A1", "P1", "TRK1"),
        trackingEvent("A1", "P2", "TRK2"),
        trackingEvent("A2", "P3", "TRK3"),
        trackingEvent("A4", "P4", "TRK4"),
      ])

      expect(await told(["A1", "A2", "A3"])).toEqual({ A1: { P1: "TRK1", P2: "TRK2" }, A2: { P3: "TRK3" } })
    })

    it("takes the newest of a parcel", async () => {
      await service.recordEvents([trackingEvent("A1", "P1", "OLD")])
      await service.recordEvents([trackingEvent("A1", "P1", "NEW")])
      await service.recordEvents([trackingEvent("A1", "P2", "OTHER")])

      expect(await told(["A1"])).toEqual({ A1: { P1: "NEW", P2: "OTHER" } })
    })

    it("goes by when a push came, and not by the sequence of rows", async () => {
      const [first] = await service.recordEvents([trackingEvent("A1", "P1", "LATE")])
      await service.recordEvents([trackingEvent("A1", "P1", "EARLY")])
      await world.sql(`UPDATE shopee_raw_event SET created_at = now() + interval '1 minute' WHERE id = ?`, [first])

      expect(await told(["A1"])).toEqual({ A1: { P1: "LATE" } })
    })

    it("still knows a number whose push was processed long ago", async () => {
      const ids = await service.recordEvents([trackingEvent("A1", "P1", "TRK1")])
      await service.markEventsProcessed(ids)

      expect(await told(["A1"])).toEqual({ A1: { P1: "TRK1" } })
    })

    it("believes a lost push that came from an authenticated call", async () => {
      await service.recordEvents([trackingEvent("A1", "P1", "TRK1", { signatureOk: null, signature: null })])

      expect(await told(["A1"])).toEqual({ A1: { P1: "TRK1" } })
    })

    it("believes no rejected push, however new", async () => {
      await service.recordEvents([trackingEvent("A1", "P1", "TRUE")])
      const [forged] = await service.recordEvents([trackingEvent("A1", "P1", "FORGED")])
      await world.sql(`UPDATE shopee_raw_event SET signature_ok = false WHERE id = ?`, [forged])

      expect(await told(["A1"])).toEqual({ A1: { P1: "TRUE" } })
    })

    it("leaves out deleted pushes", async () => {
      const ids = await service.recordEvents([trackingEvent("A1", "P1", "TRK1")])
      await service.softDeleteShopeeRawEvents(ids)

      expect(await told(["A1"])).toEqual({})
    })

    it("takes an order of another shop for another order", async () => {
      await service.recordEvents([
        trackingEvent("A1", "P1", "OURS"),
        trackingEvent("A1", "P1", "THEIRS", { shopId: OTHER_SHOP }),
      ])

      expect(await told(["A1"])).toEqual({ A1: { P1: "OURS" } })
      expect(await told(["A1"], OTHER_SHOP)).toEqual({ A1: { P1: "THEIRS" } })
    })

    it("takes a push without a parcel's or a tracking number for none", async () => {
      await service.recordEvents([
        trackingEvent("A1", "", "TRK1"),
        trackingEvent("A1", null, "TRK1"),
        trackingEvent("A1", "P1", ""),
        trackingEvent("A1", "P1", null),
        trackingEvent("A1", "P1", undefined),
        orderEvent("A1", { eventType: PushCode.TRACKING_NO, payload: { code: 4, data: "no object" } }),
        orderEvent("A1", { eventType: PushCode.TRACKING_NO, payload: { code: 4 } }),
      ])

      expect(await told(["A1"])).toEqual({})
    })

    it("keeps the number that is known when a newer push carries an empty one", async () => {
      await service.recordEvents([trackingEvent("A1", "P1", "TRK1")])
      await service.recordEvents([trackingEvent("A1", "P1", "")])

      expect(await told(["A1"])).toEqual({ A1: { P1: "TRK1" } })
    })
  },
})
