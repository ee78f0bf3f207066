import { resolve } from "node:path"
import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type ShopeeConnectorService from "../../service"
import { BackfillReason, BackfillStatus, OrderSyncStatus, RawEventSource, ReconcileStatus } from "../../types/enums"
import { findingIdentity } from "../../webhook/event-identity"
import { escrowSample } from "./escrow-sample"

const SHOP = "700321"
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ago = (ms: number) => new Date(Date.now() - ms)

moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service }) => {
    const inject = async (runId: string, ...ordersns: string[]) =>
      await service.recordEvents(
        ordersns.map((ordersn) => ({
          eventType: 3,
          shopeeEventId: null,
          shopId: SHOP,
          ordersn,
          payload: {},
          rawBody: null,
          signature: null,
          signatureOk: null,
          source: RawEventSource.RECONCILE,
          identity: findingIdentity(runId, SHOP, ordersn),
          findingRunId: runId,
        }))
      )
    const authorize = async (authorizedAt?: Date) => {
      await service.storeAuthorization({
        shopId: SHOP,
        sealedAccessToken: "v1.a",
        sealedRefreshToken: "v1.r",
        expireInSeconds: 14_400,
        expiresAtMs: Date.now() + 4 * HOUR_MS,
        merchantIds: null,
        shopIds: null,
        supplierIds: null,
        payload: {},
      })
      if (authorizedAt) {
        const [token] = await service.listShopeeAuthTokens({ shop_id: SHOP })
        await service.updateShopeeAuthTokens({ id: token?.id ?? "", authorized_at: authorizedAt })
      }
    }
    const token = async () => {
      const [row] = await service.listShopeeAuthTokens({ shop_id: SHOP })
      if (!row) {
        throw new Error("No token.")
      }
      return row
    }

    describe("a comparison", () => {
      const begin = async (runId: string) =>
        await service.beginReconcileRun({ runId, shopId: SHOP, from: ago(DAY_MS), to: new Date() })
      const proof = async (run_id: string) => (await service.listShopeeReconcileRuns({ run_id }))[0]

      it("is settled at once without findings, and otherwise once all that it injected is processed", async () => {
        await begin("clean")
        await service.completeReconcileRun({
          runId: "clean",
          shopeeCount: 2,
          differences: { matching: ["A"], waiting: ["B"], missing: [], stale: [] },
          returns: { count: 3, behind: [], unreadable: null },
        })
        expect(await proof("clean")).toMatchObject({
          status: ReconcileStatus.COMPLETE,
          shopee_count: 2,
          matching_count: 1,
          waiting_count: 1,
          return_count: 3,
          settled_at: expect.any(Date),
        })

        await begin("found")
        await inject("found", "C", "D", "E")
        await service.completeReconcileRun({
          runId: "found",
          shopeeCount: 3,
          differences: { matching: ["A"], waiting: [], missing: ["C"], stale: ["D"] },
          returns: { count: 4, behind: [{ ordersn: "E", returnSn: "R1", kind: "return" }], unreadable: null },
        })
        expect(await service.settleReconcileRuns()).toEqual([])
        const [first, ...others] = await service.listShopeeRawEvents({ finding_run_id: "found" })
        await service.markEventsProcessed([first?.id ?? ""])
        expect(await service.settleReconcileRuns()).toEqual([])
        expect(await proof("found")).toMatchObject({
          repaired_count: 1,
          settled_at: null,
          missing: ["C"],
          stale: ["D"],
          return_count: 4,
          stale_return_count: 1,
          stale_returns: ["R1"],
        })
        await service.markEventsProcessed(others.map(({ id }) => id))
        expect(await service.settleReconcileRuns()).toEqual([
          expect.objectContaining({ shopId: SHOP, shopeeCount: 3, findings: 3 }),
        ])
        expect(await service.settleReconcileRuns()).toEqual([])
        expect(await proof("found")).toMatchObject({ repaired_count: 3, settled_at: expect.any(Date) })
      })

      it("that died is no proof: the next one says that it was interrupted", async () => {
        await begin("died")
        await begin("next")
        expect(await proof("died")).toMatchObject({ status: ReconcileStatus.FAILED, error: "The run was interrupted." })
        await service.failReconcileRun("next", "Shopee is down")
        expect(await proof("next")).toMatchObject({ status: ReconcileStatus.FAILED, error: "Shopee is down" })
        // Neither can be completed any more.
        const differences = { matching: [], waiting: [], missing: [], stale: [] }
        await service.completeReconcileRun({
          ...{ runId: "next", shopeeCount: 0, differences },
          returns: { count: 0, behind: [], unreadable: null },
        })
        expect(await proof("next")).toMatchObject({ status: ReconcileStatus.FAILED })
      })
    })

    it("an order is waiting while it is due, worked on, or held, and only then", async () => {
      const order = { shop_id: SHOP, shopee_status: "SHIPPED", shopee_update_time: ago(0) }
      await service.createShopeeOrderSyncs([
        { ...order, ordersn: "DONE", status: OrderSyncStatus.CREATED },
        { ...order, ordersn: "DUE", status: OrderSyncStatus.CREATED, due_at: ago(0) },
        { ...order, ordersn: "BACKOFF", status: OrderSyncStatus.CREATED, due_at: ago(-HOUR_MS) },
        { ...order, ordersn: "HELD", status: OrderSyncStatus.FAILED },
        { ...order, ordersn: "CLAIMED", status: OrderSyncStatus.CREATED, claim_id: "c" },
      ])
      const states = await service.listOrderStates(SHOP, ["DONE", "DUE", "BACKOFF", "HELD", "CLAIMED", "UNKNOWN"])
      expect(Object.fromEntries(states.map(({ ordersn, isWaiting }) => [ordersn, isWaiting]))).toEqual({
        DONE: false,
        DUE: true,
        BACKOFF: true,
        HELD: true,
        CLAIMED: true,
      })
      expect(await service.countDueOrders(SHOP)).toBe(1)
      expect(await service.listOrderStates("8", ["DONE"])).toEqual([])
    })

    describe("a backfill", () => {
      const open = async (changes: object = {}) =>
        await service.createShopeeBackfills({
          shop_id: SHOP,
          from_at: ago(2 * DAY_MS),
          to_at: new Date(),
          windows_total: 2,
          ...changes,
        })

      it("goes on where it stopped, counts a window once, and is settled once its orders are done", async () => {
        const { id } = await open()
        expect(await service.listShopsToBackfill()).toEqual([SHOP])
        expect(await service.nextOpenBackfill(SHOP)).toMatchObject({ id, windowsDone: 0, windowsTotal: 2 })
        expect(await service.advanceBackfill({ id, windowsDone: 0, ordersSeen: 7 })).toBe(true)
        // A run that was thought dead comes late with the same window.
        expect(await service.advanceBackfill({ id, windowsDone: 0, ordersSeen: 7 })).toBe(false)
        expect(await service.nextOpenBackfill(SHOP)).toMatchObject({ id, windowsDone: 1 })
        await inject(id, "A")
        expect(await service.settleBackfills()).toEqual([])
        expect(await service.retrieveShopeeBackfill(id)).toMatchObject({ injected_count: 1, done_count: 0 })
        expect(await service.advanceBackfill({ id, windowsDone: 1, ordersSeen: 2 })).toBe(true)
        expect(await service.nextOpenBackfill(SHOP)).toBeNull()
        expect(await service.listShopsToBackfill()).toEqual([])
        expect(await service.settleBackfills()).toEqual([])
        const [event] = await service.listShopeeRawEvents({ finding_run_id: id })
        await service.markEventsProcessed([event?.id ?? ""])
        expect(await service.countBackfillEvents(id)).toEqual({ injected_count: 1, done_count: 1 })
        expect(await service.settleBackfills()).toEqual([
          expect.objectContaining({ shopId: SHOP, reason: BackfillReason.OPERATOR, ordersSeen: 9, injected: 1 }),
        ])
        expect(await service.settleBackfills()).toEqual([])
        expect(await service.retrieveShopeeBackfill(id)).toMatchObject({
          status: BackfillStatus.DONE,
          windows_done: 2,
          orders_seen: 9,
        })
      })

      it("is told of once although an order waits for a person, a while after its last window", async () => {
        const { id } = await open({ windows_total: 1 })
        await inject(id, "A", "HELD")
        await service.advanceBackfill({ id, windowsDone: 0, ordersSeen: 2 })
        const events = await service.listShopeeRawEvents({ finding_run_id: id })
        await service.markEventsProcessed(events.filter(({ ordersn }) => ordersn === "A").map((event) => event.id))
        expect(await service.settleBackfills()).toEqual([])
        await service.updateShopeeBackfills({ id, finished_at: ago(20 * 60_000) })
        expect(await service.settleBackfills()).toEqual([expect.objectContaining({ injected: 2, done: 1 })])
        expect(await service.settleBackfills()).toEqual([])
        expect(await service.retrieveShopeeBackfill(id)).toMatchObject({ settled_at: null, done_count: 1 })

        await service.markEventsProcessed(events.map((event) => event.id))
        expect(await service.settleBackfills()).toEqual([])
        expect(await service.retrieveShopeeBackfill(id)).toMatchObject({ settled_at: expect.any(Date), done_count: 2 })
      })

      it("notes why it does not get on, until it does", async () => {
        const { id } = await open()
        await service.noteBackfillError(id, "Shopee is down")
        expect(await service.retrieveShopeeBackfill(id)).toMatchObject({ last_error: "Shopee is down", status: "open" })
        await service.advanceBackfill({ id, windowsDone: 0, ordersSeen: 0 })
        expect(await service.retrieveShopeeBackfill(id)).toMatchObject({ last_error: null })
      })
    })

    describe("a gap", () => {
      const HALF_DAY_MS = DAY_MS / 2
      const adopt = async () => await service.adoptGaps({ marginMs: 4 * HOUR_MS, windowMs: DAY_MS })

      it("begins with the last token of a shop that Shopee refused, and becomes one backfill", async () => {
        await authorize(ago(2 * DAY_MS))
        await service.updateShopeeAuthTokens({ id: (await token()).id, refused_at: ago(HALF_DAY_MS) })
        await authorize()
        expect((await token()).gap_from?.getTime()).toBeCloseTo(ago(2 * DAY_MS).getTime(), -5)
        expect(await service.listShopsToBackfill()).toEqual([SHOP])
        await adopt()
        await adopt()
        const backfills = await service.listShopeeBackfills({})
        expect(backfills).toEqual([
          expect.objectContaining({ shop_id: SHOP, reason: BackfillReason.REAUTHORIZATION, windows_total: 3 }),
        ])
        expect(backfills[0]?.from_at.getTime()).toBeCloseTo(ago(2 * DAY_MS + 4 * HOUR_MS).getTime(), -5)
        expect((await token()).gap_from).toBeNull()
      })

      it("is there as well when the tokens ran out unnoticed, and survives being authorised twice", async () => {
        await authorize(ago(30 * DAY_MS))
        await service.updateShopeeAuthTokens({ id: (await token()).id, expired_at: String(Date.now() - 29 * DAY_MS) })
        await authorize()
        await authorize()
        expect((await token()).gap_from?.getTime()).toBeCloseTo(ago(30 * DAY_MS).getTime(), -5)
      })

      it("is not there for a new shop, nor for one that is authorised again in time", async () => {
        await authorize()
        await authorize()
        expect((await token()).gap_from).toBeNull()
        await adopt()
        expect(await service.listShopeeBackfills({})).toEqual([])
      })
    })

    describe("settlements", () => {
      const escrow = (ordersn: string, changes: object) =>
        escrowSample(ordersn, SHOP, {
          escrow_amount: 20.1,
          buyer_total_amount: 0,
          escrow_release_time: null,
          ...changes,
        })
      const completed = (ordersn: string, days: number) => ({
        ordersn,
        shop_id: SHOP,
        status: OrderSyncStatus.CREATED,
        shopee_status: "COMPLETED",
        shopee_update_time: ago(days * DAY_MS),
      })

      it("are late when a completed order is not paid out after ten days, with or without an escrow", async () => {
        await service.createShopeeOrderSyncs([
          completed("LATE", 11.5),
          completed("NO_ESCROW", 30),
          completed("PAID", 30),
          completed("YOUNG", 9),
          completed("FORGOTTEN", 200),
        ])
        await service.createShopeeEscrows([
          escrow("LATE", {}),
          escrow("PAID", { escrow_release_time: ago(DAY_MS) }),
          escrow("YOUNG", {}),
        ])
        const limits = { shopId: SHOP, lateAfterMs: 10 * DAY_MS, sinceMs: 120 * DAY_MS }
        expect(await service.listLateSettlements(limits)).toEqual([
          { ordersn: "LATE", rawEventId: null, amount: "20.1", currency: "SGD", days: 11 },
          { ordersn: "NO_ESCROW", rawEventId: null, amount: null, currency: null, days: 30 },
        ])
        expect(await service.listEscrowsToRefresh({ shopId: SHOP, sinceMs: 42 * DAY_MS })).toEqual([
          "LATE",
          "NO_ESCROW",
          "PAID",
          "YOUNG",
        ])
      })

      it("are short when less was paid out than they say, to the cent, negative adjustments considered", async () => {
        const paid = { escrow_release_time: ago(DAY_MS) }
        await service.createShopeeEscrows([
          escrow("EXACT", { ...paid, payout_amount: 20.1 }),
          escrow("CENT_SHORT", { ...paid, payout_amount: 20.09 }),
          escrow("LESSENED", { ...paid, payout_amount: 15.1, adjustment_amount: -5 }),
          escrow("RAISED_LATER", { ...paid, payout_amount: 20.1, adjustment_amount: 3 }),
          escrow("UNKNOWN", paid),
          escrow("MORE", { ...paid, payout_amount: 21 }),
        ])
        expect(await service.listShortPayouts(SHOP)).toEqual([
          { ordersn: "CENT_SHORT", currency: "SGD", paid: "20.09", expected: "20.1", short: "0.01" },
        ])
      })
    })
  },
})
