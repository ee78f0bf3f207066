import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type ShopeeConnectorService from "../../service"
import { RawEventSource } from "../../types/enums"
import { claimDueOrders } from "../../sql/claim-due-orders"
import { failureOf, InboxWorld, many, orderEvent, OTHER_SHOP, SHOP } from "./inbox-world"

const names = (claims: { ordersn: string }[]) => claims.map(({ ordersn }) => ordersn).sort()

/** Who may work on which order, and when (architecture §2). */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const world = new InboxWorld(service, MikroOrmWrapper)

    it("hands out what was heard, with what is known of the order", async () => {
      await world.authorize()
      await service.createShopeeOrderSyncs({
        ordersn: "A1",
        shop_id: SHOP,
        medusa_order_id: "order_1",
        shopee_update_time: new Date("2026-03-01T01:02:03Z"),
      })
      await world.makeDue(["A1"])
      const row = await world.order("A1")

      expect(await world.claim("c1")).toEqual([
        {
          id: row.id,
          claimId: "c1",
          shopId: SHOP,
          ordersn: "A1",
          dueVersion: 1,
          attempts: 0,
          firstFailedAt: null,
          medusaOrderId: "order_1",
          shopeeUpdateTime: new Date("2026-03-01T01:02:03Z"),
          heardUpdateTime: null,
          rereads: 0,
          lastRawEventId: row.last_raw_event_id,
        },
      ])
    })

    it("10 concurrent claimers share 200 due orders, none twice", async () => {
      await world.authorize()
      await service.recordEvents(many(200, (index) => orderEvent(`A${index}`)))
      const claims = await Promise.all(many(10, (index) => world.claim(`c${index}`, 20)))

      const claimed = claims.flat()
      expect(new Set(names(claimed)).size).toBe(200)
      expect(claimed).toHaveLength(200)
      expect(await world.claim()).toEqual([])
    })

    it("claims orders of one shop at a time, so that one call reads them all", async () => {
      await world.authorize(SHOP)
      await world.authorize(OTHER_SHOP)
      await world.makeDue(["B1"], OTHER_SHOP)
      await world.makeDue(["A1", "A2"], SHOP)
      await world.makeDue(["B2"], OTHER_SHOP)

      expect(names(await world.claim())).toEqual(["B1", "B2"])
      expect(names(await world.claim())).toEqual(["A1", "A2"])
      expect(await world.claim()).toEqual([])
    })

    it("takes another shop's orders while somebody is just claiming those of the shop that is first in line", async () => {
      await world.authorize(SHOP)
      await world.authorize(OTHER_SHOP)
      await world.makeDue(["A1"], SHOP)
      await world.makeDue(["B1"], OTHER_SHOP)

      const meanwhile = await MikroOrmWrapper.forkManager().transactional(async (manager) => {
        await claimDueOrders(manager, { claimId: "not committed yet", limit: 50, leaseMs: 30_000 })
        return await world.claim()
      })
      expect(names(meanwhile)).toEqual(["B1"])
    })

    it("doesn't wait for somebody who is just claiming other orders of the shop", async () => {
      await world.authorize()
      await world.makeDue(["A1", "A2"])

      const meanwhile = await MikroOrmWrapper.forkManager().transactional(async (manager) => {
        await claimDueOrders(manager, { claimId: "not committed yet", limit: 1, leaseMs: 30_000 })
        return await Promise.race([world.claim(), sleep(5_000, null)])
      })
      expect(names(meanwhile ?? [])).toEqual(["A2"])
    })

    it("takes the orders first that have been due longest", async () => {
      await world.authorize()
      await world.makeDue(["A1", "A2", "A3"])
      await world.sql(`UPDATE shopee_order_sync SET due_at = now() - interval '1 hour' WHERE ordersn = 'A3'`)

      expect(names(await world.claim("c1", 1))).toEqual(["A3"])
      expect(names(await world.claim("c2", 1))).toEqual(["A1"])
      expect(names(await world.claim("c3", 1))).toEqual(["A2"])
    })

    it("leaves alone what is due later", async () => {
      await world.authorize()
      await world.makeDue(["A1"])
      await world.sql(`UPDATE shopee_order_sync SET due_at = now() + interval '1 minute'`)

      expect(await world.claim()).toEqual([])
    })

    it("leaves alone what another worker holds, also when something new is heard of it", async () => {
      await world.authorize()
      await world.makeDue(["A1"])
      await world.claim("c1")
      await world.makeDue(["A1"])

      expect(await world.claim("c2")).toEqual([])
      expect(await service.claimOrder({ shopId: SHOP, ordersn: "A1", claimId: "c2", leaseMs: 30_000 })).toBeNull()
      expect(await world.order("A1")).toMatchObject({ claim_id: "c1", due_version: 2 })
    })

    it("takes over what a dead worker held once its lease has ended, and not before", async () => {
      await world.authorize()
      await world.makeDue(["A1"])
      await world.claim("dead", 50, 700)
      expect(await world.claim("early")).toEqual([])
      await sleep(800)

      expect(names(await world.claim("successor"))).toEqual(["A1"])
      expect(await world.order("A1")).toMatchObject({ claim_id: "successor", attempts: 0 })
    })

    it.each([
      ["that we hold no token for", null],
      ["that Shopee refused", { refused_at: new Date("2026-01-01T00:00:00Z") }],
      ["whose calls are paused", { paused_until: new Date(Date.now() + 3_600_000) }],
      ["whose token was deleted", { deleted_at: new Date("2026-01-01T00:00:00Z") }],
    ])("skips orders of a shop %s, however long they wait, and takes another's", async (_, changes) => {
      if (changes) {
        await world.authorize(OTHER_SHOP, changes)
      }
      await world.authorize(SHOP)
      await world.makeDue(["B1"], OTHER_SHOP)
      await world.makeDue(["A1"], SHOP)

      expect(names(await world.claim())).toEqual(["A1"])
      expect(await world.claim()).toEqual([])
      expect(await world.order("B1", OTHER_SHOP)).toMatchObject({ attempts: 0, due_at: expect.any(Date) })
    })

    it("takes orders of a shop whose pause is over", async () => {
      await world.authorize(SHOP, { paused_until: new Date(Date.now() - 1_000), outage_calls: 3 })
      await world.makeDue(["A1"])

      expect(names(await world.claim())).toEqual(["A1"])
    })

    it("names the shops that have orders due and no token or a refused one, and no others", async () => {
      await world.authorize("7009")
      await world.makeDue(["C1"], "7009")
      await world.authorize(SHOP, { refused_at: new Date(), refused_reason: "refresh_token_expired" })
      await world.makeDue(["A1"], SHOP)
      await world.makeDue(["B1", "B2"], OTHER_SHOP)

      const shops = await service.listUnauthorizedShops()
      expect(shops.sort((a, b) => a.shopId.localeCompare(b.shopId))).toEqual(
        [
          { shopId: SHOP, refusedReason: "refresh_token_expired" },
          { shopId: OTHER_SHOP, refusedReason: null },
        ].sort((a, b) => a.shopId.localeCompare(b.shopId))
      )
    })

    describe("claiming one order", () => {
      const claim = (claimId: string) => service.claimOrder({ shopId: SHOP, ordersn: "A1", claimId, leaseMs: 30_000 })

      it("takes it whether it is due or not, for one claimer only", async () => {
        await service.createShopeeOrderSyncs({ ordersn: "A1", shop_id: SHOP })
        const claims = await Promise.all(many(10, (index) => claim(`c${index}`)))

        expect(claims.filter((each) => each !== null)).toHaveLength(1)
      })

      it("starts the row of an order whose event was stored past the inbox, for one claimer only", async () => {
        const event = { event_type: 3, shop_id: SHOP, ordersn: "A1", payload: {}, source: RawEventSource.WEBHOOK }
        await service.createShopeeRawEvents([
          { ...event, id: "srev_1" },
          { ...event, id: "srev_2" },
        ])
        await service.createShopeeRawEvents({ ...event, id: "srev_3", signature_ok: false })
        const claims = await Promise.all(many(10, (index) => claim(`c${index}`)))

        const [taken, ...others] = claims.filter((each) => each !== null)
        expect(others).toEqual([])
        expect(taken).toMatchObject({ ordersn: "A1", shopId: SHOP, attempts: 0, lastRawEventId: "srev_2" })
        expect(await world.order("A1")).toMatchObject({ id: taken?.id, claim_id: taken?.claimId, status: "pending" })
      })

      it("leaves an order whose claimer died due, also when it was not before", async () => {
        await world.authorize()
        await claim("dead")
        await world.endLease("dead")

        expect(names(await world.claim())).toEqual(["A1"])
      })

      it("takes it although it is held for a person", async () => {
        await world.authorize()
        await world.makeDue(["A1"])
        const held = await world.claimOne()
        await service.failOrders(held.claimId, [failureOf(held, { retryInMs: null })])

        expect(await claim("c2")).toMatchObject({ ordersn: "A1", attempts: 1, firstFailedAt: expect.any(Date) })
      })
    })

    it("finds what is due by its index, whatever is done already: 100,000 done orders cost nothing", async () => {
      await world.authorize()
      await world.sql(
        `INSERT INTO shopee_order_sync (id, ordersn, shop_id, status, shopee_status, created_at, updated_at)
         SELECT 'sosync_' || n, 'D' || n, ?, 'created', 'COMPLETED', now(), now() FROM generate_series(1, 100000) n`,
        [SHOP]
      )
      await service.recordEvents(many(200, (index) => orderEvent(`A${index}`)))
      await world.sql("ANALYZE shopee_order_sync")
      const plans: string[] = []
      await claimDueOrders(
        {
          execute: async (statement, params) => {
            plans.push(JSON.stringify(await world.sql(`EXPLAIN (FORMAT JSON) ${statement}`, params)))
            return []
          },
        },
        { claimId: "c1", limit: 50, leaseMs: 30_000 }
      )

      expect(plans).toHaveLength(1)
      expect(plans[0]).toContain('"Index Name":"IDX_shopee_order_sync_due"')
      expect(plans[0]).not.toMatch(/"Node Type":"Seq Scan"[^{}]*"Relation Name":"shopee_order_sync"/)
      expect(await world.claim()).toHaveLength(50)
    })
  },
})
