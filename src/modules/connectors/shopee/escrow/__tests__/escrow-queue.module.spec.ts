import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { randomUUID } from "node:crypto"
import { resolve } from "node:path"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import { completionOf, InboxWorld, many, OTHER_SHOP, SHOP } from "../../inbox/__tests__/inbox-world"
import { normalizeShopeeEscrow } from "../../normalizers/escrow"
import type ShopeeConnectorService from "../../service"
import type { EscrowClaim, FetchedEscrow } from "../../types/escrow"
import { applyRelease } from "../apply-release"
import { checkEscrow } from "../check-escrow"

/** Which escrows are fetched when, by whom, and what is kept of them. */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const world = new InboxWorld(service, MikroOrmWrapper)

    /** The order is read with this status and brought there. */
    const complete = async (ordersn: string, shopeeStatus = "COMPLETED", shopId = SHOP) => {
      await world.makeDue([ordersn], shopId)
      const claim = await world.claimOne()
      await service.completeOrders(claim.claimId, [completionOf(claim, { shopeeStatus })])
    }
    const completed = async (...ordersns: string[]) => {
      await world.authorize()
      for (const ordersn of ordersns) {
        await complete(ordersn)
      }
    }
    const claim = async (claimId: string = randomUUID(), limit = 50): Promise<EscrowClaim[]> =>
      await service.claimDueEscrows({ claimId, limit, leaseMs: 30_000 })
    const claimOne = async () => {
      const [only, ...others] = await claim()
      if (!only || others.length > 0) {
        throw new Error(`${only ? others.length + 1 : 0} escrows were due.`)
      }
      return only
    }
    const endLease = async () =>
      await world.sql(`UPDATE shopee_order_sync SET escrow_lease_until = now() - interval '1 second'`)
    const fetchedFor = (held: EscrowClaim, income: Record<string, unknown> = {}): FetchedEscrow => {
      const order_income = { escrow_amount: 9.41, original_cost_of_goods_sold: 10, commission_fee: 0.59, ...income }
      return {
        syncId: held.id,
        shopId: held.shopId,
        escrow: normalizeShopeeEscrow({ order_sn: held.ordersn, order_income, "new field": [1] }, "SGD"),
        check: checkEscrow(order_income),
        adjustmentAmount: "-0.25",
      }
    }
    const store = async (ordersn: string, income: Record<string, unknown> = {}) => {
      await service.makeEscrowsDue(SHOP, [ordersn])
      const held = await claimOne()
      await service.storeEscrows(held.claimId, [fetchedFor(held, income)])
    }
    const escrowOf = async (ordersn: string) => {
      const [row, ...others] = await service.listShopeeEscrows({ ordersn })
      if (!row || others.length > 0) {
        throw new Error(`There are ${row ? others.length + 1 : 0} escrows of order ${ordersn}.`)
      }
      return row
    }

    describe("an order's escrow", () => {
      it.each(["READY_TO_SHIP", "SHIPPED", "TO_CONFIRM_RECEIVE", "CANCELLED", "TO_RETURN"])(
        "is not due while the order is %s",
        async (status) => {
          await world.authorize()
          await complete("A1", status)
          expect(await claim()).toEqual([])
        }
      )

      it("is due once the order is completed, and stays due since then however often that is heard", async () => {
        await completed("A1")
        const { escrow_due_at } = await world.order("A1")
        expect(escrow_due_at).toEqual(expect.any(Date))
        await complete("A1")
        expect(await world.order("A1")).toMatchObject({ escrow_due_at })
        expect(await claim()).toMatchObject([{ ordersn: "A1", shopId: SHOP, attempts: 0, medusaOrderId: "order_A1" }])
      })

      it("is not due again by hearing of the completion once it is there", async () => {
        await completed("A1")
        const held = await claimOne()
        await service.storeEscrows(held.claimId, [fetchedFor(held)])
        await complete("A1")
        expect(await world.order("A1")).toMatchObject({ escrow_due_at: null })
      })

      it("is not made due by a worker that lost the order", async () => {
        await world.authorize()
        await world.makeDue(["A1"])
        const order = await world.claimOne()
        await service.completeOrders("stranger", [completionOf(order, { shopeeStatus: "COMPLETED" })])
        expect(await world.order("A1")).toMatchObject({ escrow_due_at: null })
      })

      it("keeps its backoff when the completion is heard again", async () => {
        await completed("A1")
        const held = await claimOne()
        await service.failEscrows(held.claimId, [{ id: held.id, retryInMs: 90_000 }])
        await complete("A1")
        expect(await claim()).toEqual([])
        expect(await world.order("A1")).toMatchObject({ escrow_attempts: 1, attempts: 0 })
      })
    })

    describe("a claim on escrows", () => {
      it("takes those due longest, as many as asked for, of one shop", async () => {
        await world.authorize(SHOP)
        await world.authorize(OTHER_SHOP)
        await complete("A1")
        await complete("B1", "COMPLETED", OTHER_SHOP)
        await complete("A2")
        await complete("A3")
        const ordersns = async (limit: number) =>
          (await claim(randomUUID(), limit)).map(({ ordersn }) => ordersn).sort()

        expect(await ordersns(2)).toEqual(["A1", "A2"])
        expect(await ordersns(2)).toEqual(["B1"])
        expect(await ordersns(2)).toEqual(["A3"])
        expect(await ordersns(2)).toEqual([])
      })

      it.each([
        ["refused", { refused_at: new Date() }],
        ["paused", { paused_until: new Date(Date.now() + 60_000) }],
      ])("takes nothing of a shop that is %s", async (_, changes) => {
        await completed("A1")
        await service.updateShopeeAuthTokens({ id: (await world.token()).id, ...changes })
        expect(await claim()).toEqual([])
      })

      it("is given to one of several workers", async () => {
        await completed(...many(12, (index) => `A${index}`))
        const claims = (await Promise.all(many(4, () => claim(randomUUID(), 5)))).flat()
        expect(new Set(claims.map(({ ordersn }) => ordersn)).size).toBe(claims.length)
        expect(claims.length + (await claim()).length).toBe(12)
      })

      it("does not keep the order from being looked at, nor the other way round", async () => {
        await completed("A1")
        await claimOne()
        await world.makeDue(["A1"])
        expect(await world.claimOne()).toMatchObject({ ordersn: "A1" })
      })

      it("lapses with its lease, is renewed while it runs, and can be given back", async () => {
        await completed("A1")
        const first = await claimOne()
        expect(await service.renewEscrowClaims({ claimId: first.claimId, leaseMs: 30_000 })).toBe(1)
        expect(await claim()).toEqual([])
        await endLease()
        expect(await service.renewEscrowClaims({ claimId: first.claimId, leaseMs: 30_000 })).toBe(0)
        const second = await claimOne()
        await service.releaseEscrowClaims(second.claimId)
        expect(await claimOne()).toMatchObject({ ordersn: "A1", attempts: 0 })
      })
    })

    describe("a fetched escrow", () => {
      it("is stored with every component, its check and its adjustments, as money that Medusa reads", async () => {
        await completed("A1")
        const held = await claimOne()
        expect(await service.storeEscrows(held.claimId, [fetchedFor(held, { service_fee: 0.1 })])).toEqual([held.id])

        const row = await escrowOf("A1")
        expect(row.id).toMatch(/^sesc_/)
        expect(row).toMatchObject({
          shop_id: SHOP,
          escrow_amount: 9.41,
          commission_fee: 0.59,
          service_fee: 0.1,
          voucher_from_seller: 0,
          currency: "SGD",
          adjustment_amount: -0.25,
          adds_up: false,
          difference: 0.1,
          payout_amount: null,
          escrow_release_time: null,
          raw_escrow_payload: { order_sn: "A1", order_income: { escrow_amount: 9.41 }, "new field": [1] },
        })
        expect(Date.now() - row.fetched_at.getTime()).toBeLessThan(60_000)
        expect(await world.order("A1")).toMatchObject({
          escrow_due_at: null,
          escrow_claim_id: null,
          escrow_attempts: 0,
        })
      })

      it("that is fetched again is the same row, brought up to date, with its release kept", async () => {
        await completed("A1")
        await store("A1")
        const before = await escrowOf("A1")
        const releasedAt = new Date("2026-04-01T00:00:00Z")
        await service.applyReleases(SHOP, [{ ordersn: "A1", releasedAt, payoutAmount: 9.41 }])
        await store("A1", { escrow_amount: 9.31, service_fee: 0.1 })

        expect(await escrowOf("A1")).toMatchObject({
          id: before.id,
          escrow_amount: 9.31,
          service_fee: 0.1,
          adds_up: true,
          difference: 0,
          payout_amount: 9.41,
          escrow_release_time: releasedAt,
        })
      })

      it("is not stored by a worker that lost it", async () => {
        await completed("A1")
        const first = await claimOne()
        await endLease()
        const second = await claimOne()
        expect(await service.storeEscrows(first.claimId, [fetchedFor(first)])).toEqual([])
        expect(await service.listShopeeEscrows({})).toEqual([])
        expect(await service.storeEscrows(second.claimId, [fetchedFor(second)])).toEqual([first.id])
      })

      it("is not stored when there was a reason to look again meanwhile", async () => {
        await completed("A1")
        const held = await claimOne()
        expect(await service.makeEscrowsDue(SHOP, ["A1", "UNKNOWN"])).toBe(1)
        expect(await service.storeEscrows(held.claimId, [fetchedFor(held)])).toEqual([])
        expect(await claimOne()).toMatchObject({ ordersn: "A1" })
      })

      it("is stored beside 49 others by one statement", async () => {
        await completed(...many(50, (index) => `A${index}`))
        const claims = await claim("c1")
        await service.storeEscrows(
          "c1",
          claims.map((held) => fetchedFor(held))
        )
        expect(await service.listShopeeEscrows({}, { take: 100 })).toHaveLength(50)
        expect(await claim()).toEqual([])
      })
    })

    describe("an escrow that could not be fetched", () => {
      it("is due again after its delay, and remembers when its failures began", async () => {
        await completed("A1")
        const first = await claimOne()
        await service.failEscrows(first.claimId, [{ id: first.id, retryInMs: 0 }])
        const began = (await world.order("A1")).escrow_first_failed_at
        const second = await claimOne()
        expect(second).toMatchObject({ attempts: 1, firstFailedAt: began })
        await service.failEscrows(second.claimId, [{ id: second.id, retryInMs: 60_000.5 }])

        expect(await world.order("A1")).toMatchObject({ escrow_attempts: 2, escrow_first_failed_at: began })
        expect(await claim()).toEqual([])
      })

      it("is not due any more once its attempts are used up, until it is asked for", async () => {
        await completed("A1")
        const held = await claimOne()
        await service.failEscrows(held.claimId, [{ id: held.id, retryInMs: null }])
        expect(await world.order("A1")).toMatchObject({ escrow_due_at: null })
        await service.makeEscrowsDue(SHOP, ["A1"])
        expect(await claimOne()).toMatchObject({ attempts: 0, firstFailedAt: null })
      })

      it("changes nothing by the hand of a worker that lost it", async () => {
        await completed("A1")
        const held = await claimOne()
        await service.failEscrows("stranger", [{ id: held.id, retryInMs: 0 }])
        expect(await world.order("A1")).toMatchObject({ escrow_attempts: 0, escrow_claim_id: held.claimId })
      })
    })

    describe("the list of released escrows", () => {
      const releasedAt = new Date("2026-04-01T00:00:00Z")
      const entry = (orderSn: string, changes: object = {}) => ({ orderSn, payoutAmount: 9.4, releasedAt, ...changes })

      it("makes an escrow final: its release and payout are known, and it is fetched a last time", async () => {
        await completed("A1")
        await store("A1")
        expect(await applyRelease(service, SHOP, [entry("A1")])).toEqual({ newlyReleased: ["A1"], missing: [] })

        expect(await escrowOf("A1")).toMatchObject({ escrow_release_time: releasedAt, payout_amount: 9.4 })
        expect(await claimOne()).toMatchObject({ ordersn: "A1" })
      })

      it("changes nothing when it is read again, also with an order in two pages or without its payout", async () => {
        await completed("A1")
        await store("A1")
        await applyRelease(service, SHOP, [entry("A1"), entry("A1")])
        await store("A1")
        const before = await escrowOf("A1")
        expect(await applyRelease(service, SHOP, [entry("A1", { payoutAmount: null })])).toEqual({
          newlyReleased: [],
          missing: [],
        })
        expect(await escrowOf("A1")).toEqual(before)
        expect(await claim()).toEqual([])
      })

      it("has the escrow of an order fetched that we hold none of", async () => {
        await completed("A1")
        const held = await claimOne()
        await service.failEscrows(held.claimId, [{ id: held.id, retryInMs: null }])
        expect(await applyRelease(service, SHOP, [entry("A1"), entry("UNKNOWN")])).toEqual({
          newlyReleased: [],
          missing: expect.arrayContaining(["A1", "UNKNOWN"]),
        })
        expect(await claimOne()).toMatchObject({ ordersn: "A1" })
      })

      it("says nothing about an entry without a release time, nor about another shop's order", async () => {
        await completed("A1")
        await store("A1")
        await applyRelease(service, SHOP, [entry("A1", { releasedAt: null })])
        await applyRelease(service, OTHER_SHOP, [entry("A1")])
        expect(await escrowOf("A1")).toMatchObject({ escrow_release_time: null, payout_amount: null })
      })
    })
  },
})
