import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type ShopeeConnectorService from "../../service"
import { OrderSyncStatus } from "../../types/enums"
import { completionOf, failureOf, InboxWorld, orderEvent, SHOP } from "./inbox-world"

/** How work on a claimed order ends: completed, failed, given back, or taken over by another. */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const world = new InboxWorld(service, MikroOrmWrapper)

    const claimed = async (ordersn = "A1") => {
      await world.authorize()
      await world.makeDue([ordersn])
      return await world.claimOne()
    }

    describe("a completed order", () => {
      it("has its Medusa order, waits for nothing, and its events are processed", async () => {
        await service.recordEvents([orderEvent("A1"), orderEvent("A1", { signatureOk: null })])
        const claim = await claimed()
        const done = completionOf(claim)

        expect(await service.completeOrders(claim.claimId, [done])).toEqual([claim.id])
        expect(await world.order("A1")).toMatchObject({
          status: OrderSyncStatus.CREATED,
          medusa_order_id: "order_A1",
          shopee_status: "READY_TO_SHIP",
          shopee_update_time: done.shopeeUpdateTime,
          due_at: null,
          claim_id: null,
          lease_until: null,
        })
        const events = await world.events("A1")
        expect(events).toHaveLength(3)
        expect(events.every(({ processed, processed_at }) => processed && processed_at !== null)).toBe(true)
      })

      it("forgets the failures before it", async () => {
        const first = await claimed()
        await service.failOrders(first.claimId, [failureOf(first, { retryInMs: 0, waitingSkus: ["X"] })])
        const second = await world.claimOne()
        expect(second).toMatchObject({ attempts: 1, firstFailedAt: expect.any(Date) })
        await service.completeOrders(second.claimId, [completionOf(second)])

        expect(await world.order("A1")).toMatchObject({ attempts: 0, first_failed_at: null, waiting_skus: null })
      })

      it("changes nothing by the hand of a worker that lost it", async () => {
        const claim = await claimed()
        await world.endLease(claim.claimId)
        const successor = await world.claimOne()
        const before = await world.order("A1")

        expect(await service.completeOrders(claim.claimId, [completionOf(claim)])).toEqual([])
        expect(await service.completeOrders("stranger", [completionOf(claim)])).toEqual([])
        expect(await world.order("A1")).toEqual(before)
        expect(await world.events("A1")).toMatchObject([{ processed: false }])
        expect(await service.completeOrders(successor.claimId, [completionOf(successor)])).toEqual([claim.id])
      })

      it("is looked at again when the worker that lost it comes to its end: what it took back since is known to nobody", async () => {
        const claim = await claimed()
        expect(await service.makeLostOrdersDue(claim.claimId, [claim.id])).toBe(0)
        await world.endLease(claim.claimId)
        const successor = await world.claimOne()

        expect(await service.makeLostOrdersDue(claim.claimId, [claim.id])).toBe(1)
        await service.completeOrders(successor.claimId, [completionOf(successor)])
        expect(await world.order("A1")).toMatchObject({ status: OrderSyncStatus.CREATED, due_at: expect.any(Date) })
        const next = await world.claimOne()
        await service.completeOrders(next.claimId, [completionOf(next)])
        expect(await service.makeLostOrdersDue(claim.claimId, [claim.id])).toBe(1)
        expect(await world.order("A1")).toMatchObject({ due_at: expect.any(Date) })
      })

      it("can be completed by a worker whose lease ran out, as long as nobody took it over", async () => {
        const claim = await claimed()
        await world.endLease(claim.claimId)

        expect(await service.completeOrders(claim.claimId, [completionOf(claim)])).toEqual([claim.id])
      })

      it("stays due, with its events open, when something newer was heard meanwhile", async () => {
        const claim = await claimed()
        await world.makeDue(["A1"])
        await service.completeOrders(claim.claimId, [completionOf(claim)])

        expect(await world.order("A1")).toMatchObject({
          status: OrderSyncStatus.CREATED,
          medusa_order_id: "order_A1",
          due_at: expect.any(Date),
          claim_id: null,
        })
        expect((await world.events("A1")).map(({ processed }) => processed)).toEqual([false, false])
        const again = await world.claimOne()
        await service.completeOrders(again.claimId, [completionOf(again)])
        expect((await world.events("A1")).map(({ processed }) => processed)).toEqual([true, true])
      })

      it("leaves events of other orders and rejected ones alone", async () => {
        const claim = await claimed()
        await world.sql(`INSERT INTO shopee_raw_event (id, event_type, payload, source, shop_id, ordersn, signature_ok)
                         VALUES ('srev_forged', 3, '{}', 'webhook', '${SHOP}', 'A1', false)`)
        await world.makeDue(["A2"])
        await service.completeOrders(claim.claimId, [completionOf(claim)])

        expect(await service.retrieveShopeeRawEvent("srev_forged")).toMatchObject({ processed: false })
        expect(await world.events("A2")).toMatchObject([{ processed: false }])
      })

      it("keeps what a newer reading said when an older one comes after it", async () => {
        const first = await claimed()
        const newer = new Date("2026-03-02T00:00:00Z")
        await service.completeOrders(first.claimId, [
          completionOf(first, { shopeeStatus: "SHIPPED", shopeeUpdateTime: newer }),
        ])
        await world.makeDue(["A1"])
        const second = await world.claimOne()
        await service.completeOrders(second.claimId, [
          completionOf(second, { shopeeStatus: "READY_TO_SHIP", shopeeUpdateTime: new Date("2026-03-01T00:00:00Z") }),
        ])

        expect(await world.order("A1")).toMatchObject({ shopee_status: "SHIPPED", shopee_update_time: newer })
      })

      it("takes over what a reading of the same second says", async () => {
        const first = await claimed()
        await service.completeOrders(first.claimId, [completionOf(first)])
        await world.makeDue(["A1"])
        const second = await world.claimOne()
        await service.completeOrders(second.claimId, [completionOf(second, { shopeeStatus: "CANCELLED" })])

        expect(await world.order("A1")).toMatchObject({ shopee_status: "CANCELLED" })
      })

      it("keeps its Medusa order when a later round names none", async () => {
        const first = await claimed()
        await service.completeOrders(first.claimId, [completionOf(first)])
        await world.makeDue(["A1"])
        const second = await world.claimOne()
        await service.completeOrders(second.claimId, [completionOf(second, { medusaOrderId: null })])

        expect(await world.order("A1")).toMatchObject({ medusa_order_id: "order_A1", status: OrderSyncStatus.CREATED })
      })

      it("is completed beside 49 others in one call", async () => {
        await world.authorize()
        await service.recordEvents(Array.from({ length: 50 }, (_, index) => orderEvent(`A${index}`)))
        const claims = await world.claim("c1")
        const ids = await service.completeOrders(
          "c1",
          claims.map((claim) => completionOf(claim))
        )

        expect(ids.sort()).toEqual(claims.map(({ id }) => id).sort())
        expect(await service.listShopeeOrderSyncs({ status: OrderSyncStatus.PENDING })).toEqual([])
      })
    })

    describe("a failed order", () => {
      it("is due again after its delay, with the attempt counted and its events open", async () => {
        const claim = await claimed()
        const before = Date.now()
        await service.failOrders(claim.claimId, [failureOf(claim, { retryInMs: 90_000.5 })])

        const order = await world.order("A1")
        expect(order).toMatchObject({ status: OrderSyncStatus.PENDING, attempts: 1, claim_id: null, lease_until: null })
        expect(order.first_failed_at).toEqual(expect.any(Date))
        expect(Number(order.due_at) - before).toBeGreaterThan(89_000)
        expect(Number(order.due_at) - before).toBeLessThan(100_000)
        expect(await world.claim()).toEqual([])
        expect(await world.events("A1")).toMatchObject([{ processed: false }])
      })

      it("remembers when its failures began", async () => {
        const first = await claimed()
        await service.failOrders(first.claimId, [failureOf(first, { retryInMs: 0 })])
        const began = (await world.order("A1")).first_failed_at
        const second = await world.claimOne()
        await service.failOrders(second.claimId, [failureOf(second)])

        expect(await world.order("A1")).toMatchObject({ attempts: 2, first_failed_at: began })
      })

      it("is held when nothing but a person helps", async () => {
        const claim = await claimed()
        await service.failOrders(claim.claimId, [failureOf(claim, { retryInMs: null })])

        expect(await world.order("A1")).toMatchObject({
          status: OrderSyncStatus.FAILED,
          due_at: null,
          waiting_skus: null,
        })
        expect(await world.claim()).toEqual([])
      })

      it("is due at once, and not held, when something newer was heard meanwhile", async () => {
        const claim = await claimed()
        await world.makeDue(["A1"])
        await service.failOrders(claim.claimId, [failureOf(claim, { retryInMs: null })])

        expect(await world.order("A1")).toMatchObject({ status: OrderSyncStatus.PENDING, attempts: 1 })
        expect(await world.claimOne()).toMatchObject({ ordersn: "A1" })
      })

      it("changes nothing by the hand of a worker that lost it", async () => {
        const claim = await claimed()
        const before = await world.order("A1")
        await service.failOrders("stranger", [failureOf(claim)])

        expect(await world.order("A1")).toEqual(before)
      })

      it("does not drag down the order beside it that succeeded", async () => {
        await world.authorize()
        await world.makeDue(["A1", "A2"])
        const [one, two] = await world.claim("c1")
        if (!one || !two) {
          throw new Error("two orders were due")
        }
        await service.completeOrders("c1", [completionOf(one)])
        await service.failOrders("c1", [failureOf(two)])

        expect(await world.order(one.ordersn)).toMatchObject({ status: OrderSyncStatus.CREATED })
        expect(await world.order(two.ordersn)).toMatchObject({ status: OrderSyncStatus.PENDING, attempts: 1 })
      })
    })

    describe("an order that waits for a SKU", () => {
      const waiting = async (skusOf: Record<string, string[]>) => {
        await world.authorize()
        await world.makeDue(Object.keys(skusOf))
        const claims = await world.claim("c1")
        await service.failOrders(
          "c1",
          claims.map((claim) => failureOf(claim, { retryInMs: null, waitingSkus: skusOf[claim.ordersn] ?? null }))
        )
      }

      it("is listed by its SKUs, each once", async () => {
        await waiting({ A1: ["OGN-066A", "OGN-001"], A2: ["OGN-001", 'it\'s {odd}, "quoted"'] })

        expect(await service.listWaitingSkus()).toEqual(['it\'s {odd}, "quoted"', "OGN-001", "OGN-066A"].sort())
      })

      it("is due as soon as one of its SKUs is known; the others wait on", async () => {
        await waiting({ A1: ["OGN-066A", "OGN-001"], A2: ["OGN-002"], A3: ["{odd}, ?"] })

        expect(await service.wakeWaitingOrders(["OGN-001", "{odd}, ?", "NOBODY-ASKS"])).toBe(2)
        expect((await world.claim()).map(({ ordersn }) => ordersn).sort()).toEqual(["A1", "A3"])
        expect(await world.order("A1")).toMatchObject({ status: OrderSyncStatus.PENDING, waiting_skus: null })
        expect(await world.order("A2")).toMatchObject({ status: OrderSyncStatus.FAILED, due_at: null })
        expect(await service.listWaitingSkus()).toEqual(["OGN-002"])
      })

      it("is due as soon as a person says what one of its listings is; other listings and shops wait on", async () => {
        await world.authorize()
        await world.makeDue(["A1", "A2"])
        const claims = await world.claim("c1", 2)
        const listings: Record<string, string[]> = { A1: ["900:1", "900:2"], A2: ["900:3"] }
        await service.failOrders(
          "c1",
          claims.map((claim) => failureOf(claim, { retryInMs: null, waitingListings: listings[claim.ordersn] ?? null }))
        )
        const listing = { shopId: claims[0]?.shopId ?? "", itemId: "900", modelId: "2" }
        const mapping = { variantId: "variant_1", piecesPerUnit: 1 }

        expect(await service.setSkuMapping({ ...listing, ...mapping, shopId: "1" }, null)).toMatchObject({
          releasedOrders: 0,
        })
        expect(await service.setSkuMapping({ ...listing, ...mapping }, null)).toMatchObject({ releasedOrders: 1 })
        expect((await world.claim()).map(({ ordersn }) => ordersn)).toEqual(["A1"])
        expect(await world.order("A1")).toMatchObject({ status: OrderSyncStatus.PENDING, waiting_listings: null })
        expect(await world.order("A2")).toMatchObject({ status: OrderSyncStatus.FAILED, due_at: null })
      })

      it("wakes nobody for no SKU", async () => {
        await waiting({ A1: ["OGN-066A"] })

        expect(await service.wakeWaitingOrders([])).toBe(0)
        expect(await world.claim()).toEqual([])
      })
    })

    describe("a claim", () => {
      it("keeps those of its orders that nobody else took, for a while longer", async () => {
        const claim = await claimed()
        const keep = () => service.keepClaimedOrders({ claimId: claim.claimId, ids: [claim.id], leaseMs: 60_000 })
        expect(await service.keepClaimedOrders({ claimId: "stranger", ids: [claim.id], leaseMs: 60_000 })).toEqual([])
        expect(await keep()).toEqual([claim.id])
        expect(Number((await world.order("A1")).lease_until) - Date.now()).toBeGreaterThan(30_000)

        await world.endLease(claim.claimId)
        expect(await keep()).toEqual([claim.id])
        expect(await world.claim()).toEqual([])

        await world.endLease(claim.claimId)
        await world.claimOne()
        expect(await keep()).toEqual([])
      })

      it("that is given back leaves its orders due as they were, without an attempt", async () => {
        const claim = await claimed()
        const due = (await world.order("A1")).due_at
        await service.releaseClaims("stranger")
        expect(await world.claim()).toEqual([])
        await service.releaseClaims(claim.claimId)

        expect(await world.order("A1")).toMatchObject({
          due_at: due,
          attempts: 0,
          first_failed_at: null,
          claim_id: null,
        })
        expect(await world.claimOne()).toMatchObject({ ordersn: "A1", dueVersion: claim.dueVersion })
      })

      it("that is renewed holds on; one that has ended is not revived", async () => {
        await world.authorize()
        await world.makeDue(["A1", "A2"])
        await world.claim("c1", 50, 1_500)

        expect(await service.renewClaims({ claimId: "c1", leaseMs: 60_000 })).toBe(2)
        expect(await service.renewClaims({ claimId: "stranger", leaseMs: 60_000 })).toBe(0)
        expect(Number((await world.order("A1")).lease_until) - Date.now()).toBeGreaterThan(30_000)
        await world.endLease("c1")
        expect(await service.renewClaims({ claimId: "c1", leaseMs: 60_000 })).toBe(0)
        expect(await world.claim("c2")).toHaveLength(2)
      })

      it("renews what it still has and no more", async () => {
        await world.authorize()
        await world.makeDue(["A1", "A2"])
        const [one] = await world.claim("c1")
        if (one) {
          await service.completeOrders("c1", [completionOf(one)])
        }

        expect(await service.renewClaims({ claimId: "c1", leaseMs: 60_000 })).toBe(1)
      })
    })
  },
})
