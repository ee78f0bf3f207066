import { resolve } from "node:path"
import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type ShopeeConnectorService from "../../service"
import { listEscrows } from "../../sql/list-escrows"
import { measureActivity } from "../../sql/measure-activity"
import { totalEscrowWeeks } from "../../sql/total-escrow-weeks"
import { OrderSyncStatus, RawEventSource } from "../../types/enums"
import { escrowSample } from "./escrow-sample"

const SHOP = "700321"
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const ago = (ms: number) => new Date(Date.now() - ms)

/** A minute within the hour that began so many hours before the one at hand. */
const inHour = (hoursBefore: number, minute = 0) =>
  new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - hoursBefore * HOUR_MS + minute * MINUTE_MS)

moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service }) => {
    const push = (ordersn: string, storedAt: Date, seconds: number | null, change: object = {}) => ({
      event_type: 3,
      shop_id: SHOP,
      ordersn,
      payload: {},
      source: RawEventSource.WEBHOOK,
      signature_ok: true,
      processed: seconds !== null,
      processed_at: seconds === null ? null : new Date(storedAt.getTime() + seconds * 1_000),
      created_at: storedAt,
      ...change,
    })
    const order = (ordersn: string, createdAt: Date, change: object = {}) => ({
      ordersn,
      shop_id: SHOP,
      status: OrderSyncStatus.CREATED,
      created_at: createdAt,
      ...change,
    })
    const escrow = (ordersn: string, change: object) => escrowSample(ordersn, SHOP, change)

    describe("activity", () => {
      it("has every hour, the oldest first and the one at hand last, quiet ones with nothing", async () => {
        await service.createShopeeOrderSyncs([
          order("A", inHour(2, 5)),
          order("B", inHour(2, 50)),
          order("C", inHour(0)),
          order("TOO_OLD", inHour(4)),
        ])
        const hours = await service.run((sql) => measureActivity(sql, 4))
        expect(hours.map(({ hour }) => new Date(hour).getTime())).toEqual([3, 2, 1, 0].map((n) => inHour(n).getTime()))
        expect(hours.map(({ orders }) => orders)).toEqual([0, 2, 0, 1])
        expect(hours.map(({ caught_up, p50_ms, p95_ms }) => [caught_up, p50_ms, p95_ms])).toEqual(
          hours.map(() => [0, null, null])
        )
      })

      it("counts latency from the oldest push that an order's work answered, and only of authentic pushes that are done", async () => {
        const settled = inHour(1, 10)
        await service.createShopeeRawEvents([
          ...[1, 2, 3, 4].map((seconds) => push(`ORDER${seconds}`, inHour(1), seconds)),
          // Two pushes, one work: 5 s since the first of them.
          push("TWICE", new Date(settled.getTime() - 5_000), 5),
          push("TWICE", new Date(settled.getTime() - 1_000), 1),
          push("OPEN", inHour(1), null),
          push("FORGED", inHour(1), 600, { signature_ok: false }),
          push("FOUND", inHour(1), 600, { source: RawEventSource.RECONCILE }),
        ])
        const [, before] = await service.run((sql) => measureActivity(sql, 3))
        expect(before).toMatchObject({ caught_up: 5, p50_ms: 3_000, p95_ms: 4_800 })
      })
    })

    describe("payouts", () => {
      it("are late when the order is completed for longer than ten days, whenever its escrow was fetched", async () => {
        const completed = (ordersn: string, days: number, change: object = {}) =>
          order(ordersn, ago(60 * DAY_MS), {
            shopee_status: "COMPLETED",
            shopee_update_time: ago(days * DAY_MS),
            ...change,
          })
        await service.createShopeeOrderSyncs([
          completed("LATE", 10.1),
          completed("YOUNG", 9.9),
          completed("PAID", 30),
          completed("RETURNING", 30, { shopee_status: "TO_RETURN" }),
        ])
        await service.createShopeeEscrows([
          escrow("LATE", {}),
          escrow("YOUNG", { created_at: ago(40 * DAY_MS) }),
          escrow("PAID", { escrow_release_time: ago(DAY_MS) }),
          escrow("RETURNING", {}),
          escrow("UNKNOWN_ORDER", {}),
        ])
        const page = { sort: "created_at", descending: false, limit: 10, offset: 0 } as const
        const late = await service.run((sql) => listEscrows(sql, { state: "late" }, page))
        expect(late).toMatchObject([{ ordersn: "LATE", late: true }])
        const all = await service.run((sql) => listEscrows(sql, {}, page))
        expect(all.filter((row) => row.late).map(({ ordersn }) => ordersn)).toEqual(["LATE"])
      })

      it("are summed by whole weeks that begin on Monday in Singapore", async () => {
        const SINGAPORE_MS = 8 * HOUR_MS
        const MONDAY_MS = 4 * DAY_MS
        const week = 7 * DAY_MS
        const monday = Math.floor((Date.now() + SINGAPORE_MS - MONDAY_MS) / week) * week + MONDAY_MS - SINGAPORE_MS
        const at = (ms: number) => ({ escrow_release_time: new Date(ms), payout_amount: 9 })
        await service.createShopeeEscrows([
          escrow("BEFORE", at(monday - week - 1)),
          escrow("LAST_WEEK", at(monday - week)),
          escrow("SUNDAY", at(monday - 1)),
          escrow("THIS_WEEK", at(monday)),
        ])
        expect(await service.run((sql) => totalEscrowWeeks(sql, 2))).toMatchObject([
          { count: 2, escrow_amount: "20", payout_amount: "18" },
          { count: 1, escrow_amount: "10", payout_amount: "9" },
        ])
      })
    })
  },
})
