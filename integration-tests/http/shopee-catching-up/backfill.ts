import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { OrderSpec } from "../../../sandbox/control-client"
import backstopShopeeEscrows from "../../../src/jobs/shopee-escrow-backstop-daily"
import shopeeBackfill from "../../../src/scripts/shopee-backfill"
import { CONNECTOR_SHARED_MODULE } from "../../../src/modules/connectors/shared"
import { runScopesNow } from "../../../src/modules/connectors/shared/jobs/run-due-jobs"
import type ConnectorExceptionService from "../../../src/modules/connectors/shared/service"
import { backfillOrders } from "../../../src/modules/connectors/shopee/recovery/backfill"
import { followBackfill } from "../../../src/modules/connectors/shopee/recovery/follow-backfill"
import { settleFindings } from "../../../src/modules/connectors/shopee/recovery/settle-findings"
import { startBackfill } from "../../../src/modules/connectors/shopee/recovery/start-backfill"
import type { BackfillAnswer, BackfillListAnswer } from "../../../src/modules/connectors/shopee/types/desk"
import { DESK } from "../../support/desk-call"
import { authorizeShop, connectorOf, SHOP_ID } from "../../support/shopee-shop"
import { shopPart } from "../../support/shop-suite"

const DRAKE = "EMB-014-NM"
const SHOP = String(SHOP_ID)
const DAY = 86_400

/** Product §1 rows 10 and 17: a range of orders is taken in again, and every settlement is accounted for in the end. */
export const backfill = shopPart({ stock: { [DRAKE]: 500 } }, (shop) => {
  const shared = () => shop.container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const daysAgo = (days: number) => Math.floor(Date.now() / 1000 - days * DAY)
  const orderOf = async (days: number, changes: Partial<OrderSpec> = {}) =>
    await shop.sandbox.control.createOrder({
      lines: [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }],
      status: "READY_TO_SHIP",
      push: false,
      create_time: daysAgo(days),
      ...changes,
    })
  const imported = async () =>
    (await shop.container.resolve(Modules.ORDER).listOrders({}, { take: 1_000, select: ["custom_display_id"] }))
      .map((one) => one.custom_display_id)
      .sort()
  const range = (from: number, to: number) => ({
    from: new Date(daysAgo(from) * 1000),
    to: new Date(daysAgo(to) * 1000),
  })
  const open = async (errorClass: string) =>
    await shared().listConnectorExceptions({ status: "open", error_class: errorClass })
  const jobOf = async (name: string) => (await shared().listConnectorJobs({ name, scope: SHOP }))[0]

  it("is started over the API, does its range and no more, and tells how far it is", async () => {
    const { call } = await shop.logIn()
    const inRange = [await orderOf(40), await orderOf(38)]
    await orderOf(60)
    const body = { from: new Date(daysAgo(41) * 1000).toISOString(), to: new Date(daysAgo(37) * 1000).toISOString() }
    const wrong = [{}, { from: "yesterday" }, { from: body.to, to: body.from }, { ...body, shop_id: "x" }]
    for (const refused of wrong) {
      expect([refused, (await call("POST", "/shopee/backfill", refused)).status]).toEqual([refused, 400])
    }
    expect((await fetch(`${shop.url}${DESK}/shopee/backfill`, { method: "POST" })).status).toBe(401)

    const started = await call<BackfillAnswer>("POST", "/shopee/backfill", body)
    expect(started.status).toBe(202)
    expect(started.answer.backfill).toMatchObject({ shop_id: SHOP, status: "open", windows_total: 5, windows_done: 0 })
    await runScopesNow(shop.container, backfillOrders)
    await shop.emptyInbox()
    const { id } = started.answer.backfill
    const { answer } = await call<BackfillAnswer>("GET", `/shopee/backfill/${id}`)
    expect(answer.backfill).toMatchObject({
      status: "done",
      windows_done: 5,
      orders_seen: 2,
      injected_count: 2,
      done_count: 2,
    })
    expect(await imported()).toEqual(inRange.map(({ order_sn }) => `SHP-${order_sn}`).sort())
    const list = await call<BackfillListAnswer>("GET", "/shopee/backfill")
    expect(list.answer.backfills.map((one) => one.id)).toEqual([id])
    expect((await call("GET", "/shopee/backfill/none")).status).toBe(404)
  })

  it("goes on after a crash where it stopped, and takes in and counts every order once", async () => {
    const orders = [await orderOf(4.5), await orderOf(3.5), await orderOf(2.5), await orderOf(1.5)]
    const { id } = await startBackfill(shop.container, range(5, 1))
    const service = connectorOf(shop.container)
    // As a process that is killed after the third window's orders were injected, before it was noted.
    const advance = service.advanceBackfill.bind(service)
    const killed = jest.spyOn(service, "advanceBackfill").mockImplementation(async (window) => {
      if (window.windowsDone === 2) {
        throw new Error("killed")
      }
      return await advance(window)
    })
    await runScopesNow(shop.container, backfillOrders)
    killed.mockRestore()
    expect(await service.retrieveShopeeBackfill(id)).toMatchObject({ windows_done: 2, status: "open" })
    expect(await service.countBackfillEvents(id)).toMatchObject({ injected_count: 3 })

    // Two workers come for it at once.
    await Promise.all([runScopesNow(shop.container, backfillOrders), runScopesNow(shop.container, backfillOrders)])
    const looks: string[] = []
    const end = await followBackfill(shop.container, id, ({ status }) => looks.push(status))
    expect(end).toMatchObject({ status: "done", windows_done: 5, orders_seen: 4, injected_count: 4, done_count: 4 })
    expect(await imported()).toEqual(orders.map(({ order_sn }) => `SHP-${order_sn}`).sort())
    expect(await open("job_failed")).toEqual([])
  })

  it("leaves to Shopee's outage what is Shopee's, and goes on after it", async () => {
    await orderOf(1.5)
    const { id } = await startBackfill(shop.container, range(2, 1))
    await shop.sandbox.control.addFault({ endpoint: "get_order_list", kind: "server-error", times: 1 })
    await runScopesNow(shop.container, backfillOrders)
    expect(await connectorOf(shop.container).retrieveShopeeBackfill(id)).toMatchObject({
      status: "open",
      last_error: expect.stringContaining("get_order_list"),
    })
    expect(await open("sdk_transient")).toHaveLength(1)
    await runScopesNow(shop.container, backfillOrders)
    expect(await connectorOf(shop.container).retrieveShopeeBackfill(id)).toMatchObject({
      status: "done",
      last_error: null,
    })
    expect(await open("sdk_transient")).toEqual([])
  })

  it("closes the gap of a shop that is authorised again by itself, and reports it", async () => {
    const service = connectorOf(shop.container)
    const [token] = await service.listShopeeAuthTokens({ shop_id: SHOP })
    const away = { authorized_at: new Date(daysAgo(3) * 1000), refused_at: new Date(daysAgo(2) * 1000) }
    await service.updateShopeeAuthTokens({ id: token?.id ?? "", ...away, refused_reason: "test" })
    const missed = await orderOf(1.5)
    await authorizeShop(shop.container, shop.sandbox)
    await runScopesNow(shop.container, backfillOrders)
    await shop.emptyInbox()
    await runScopesNow(shop.container, settleFindings)
    expect(await imported()).toEqual([`SHP-${missed.order_sn}`])
    const [backfill] = await service.listShopeeBackfills({})
    expect(backfill).toMatchObject({ reason: "reauthorization", status: "done", injected_count: 1, done_count: 1 })
    const [notice] = await shared().listConnectorExceptions({ error_class: "notice" })
    expect(notice?.error_message).toMatch(/authorised again.*1 of 1 orders.*taken in/)
  })

  it("can be called from a terminal: wrong arguments are one line and exit code 1", async () => {
    const lines: string[] = []
    const errors: string[] = []
    const log = jest.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line))
    const error = jest.spyOn(console, "error").mockImplementation((line: string) => void errors.push(line))
    const before = process.exitCode
    const call = async (...args: string[]) => {
      process.exitCode = 0
      await shopeeBackfill({ container: shop.container, args })
      const code = process.exitCode
      process.exitCode = before
      return code
    }
    try {
      for (const args of [
        [],
        ["2026-11-01"],
        ["2026-11-15", "2026-11-01"],
        ["1 Nov", "2 Nov"],
        ["2026-11-01", "2026-11-02", "a"],
      ]) {
        expect([args, await call(...args)]).toEqual([args, 1])
      }
      expect(errors).toHaveLength(5)
      expect(new Set(errors).size).toBe(1)
      expect(await call("2026-11-01", "2026-11-02", "99")).toBe(1)
      expect(errors[5]).toMatch(/Shop 99 is not authorised/)
    } finally {
      log.mockRestore()
      error.mockRestore()
    }
  })

  describe("the escrow backstop", () => {
    const completed = async (days: number) => {
      const order = await orderOf(days + 1)
      for (const status of ["PROCESSED", "SHIPPED", "COMPLETED"]) {
        await shop.sandbox.control.moveOrder(order.order_sn, status, { push: false, at: daysAgo(days) })
      }
      return order.order_sn
    }
    const escrowOf = async (ordersn: string) => (await connectorOf(shop.container).listShopeeEscrows({ ordersn }))[0]
    const backfilled = async () => {
      await startBackfill(shop.container, range(60, 0))
      await runScopesNow(shop.container, backfillOrders)
      await shop.emptyInbox()
    }

    it("fills what is missing, writes down releases and payouts, and picks up adjustments", async () => {
      await shop.sandbox.control.setSettings({ escrowReleaseDelay: 60 })
      const ordersn = await completed(20)
      await backfilled()
      await shop.sandbox.control.advanceClock(1)
      expect(await escrowOf(ordersn)).toBeUndefined()
      await backstopShopeeEscrows(shop.container)
      expect(await escrowOf(ordersn)).toMatchObject({ escrow_release_time: expect.any(Date), adjustment_amount: 0 })
      expect((await escrowOf(ordersn))?.payout_amount).toBe((await escrowOf(ordersn))?.escrow_amount)
      await shop.sandbox.control.addAdjustment(ordersn, -1.5, "lost parcel")
      await backstopShopeeEscrows(shop.container)
      expect(await escrowOf(ordersn)).toMatchObject({ adjustment_amount: -1.5 })
      expect((await jobOf("shopee-escrow-backstop-daily"))?.last_error).toBeNull()
      expect(await open("settlement_overdue")).toEqual([])
    })

    it("tells of what is late or short, with numbers, until it no longer is", async () => {
      await shop.sandbox.control.setSettings({ escrowReleaseDelay: 40 * DAY })
      const late = await completed(12)
      await backfilled()
      await backstopShopeeEscrows(shop.container)
      expect(await open("settlement_overdue")).toEqual([
        expect.objectContaining({
          ordersn: late,
          error_message: expect.stringMatching(/was completed 12 days ago.*\d+\.\d\d SGD/),
        }),
      ])
      const escrow = await escrowOf(late)
      const due = Number(escrow?.escrow_amount)
      const pg = shop.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      await pg.raw("UPDATE shopee_escrow SET escrow_release_time = now(), payout_amount = escrow_amount - 0.01")
      await backstopShopeeEscrows(shop.container)
      expect(await open("settlement_overdue")).toEqual([])
      expect(await open("settlement_short")).toEqual([
        expect.objectContaining({
          ordersn: late,
          details: expect.objectContaining({ expected: String(due), amount: "0.01" }),
        }),
      ])
      await pg.raw("UPDATE shopee_escrow SET payout_amount = escrow_amount")
      await backstopShopeeEscrows(shop.container)
      expect(await open("settlement_short")).toEqual([])
    })

    it("does not call an order late that a backfill brought in and that was paid out long ago", async () => {
      await shop.sandbox.control.setSettings({ escrowReleaseDelay: 60 })
      const ordersn = await completed(50)
      await backfilled()
      await shop.sandbox.control.advanceClock(1)
      await backstopShopeeEscrows(shop.container)
      expect(await escrowOf(ordersn)).toMatchObject({ escrow_release_time: expect.any(Date) })
      expect(await open("settlement_overdue")).toEqual([])
    })

    it("takes in an order that was paid out and that nobody ever heard of", async () => {
      await shop.sandbox.control.setSettings({ escrowReleaseDelay: 60 })
      const ordersn = await completed(20)
      await shop.sandbox.control.advanceClock(1)
      await backstopShopeeEscrows(shop.container)
      await shop.emptyInbox()
      expect(await imported()).toEqual([`SHP-${ordersn}`])
      await backstopShopeeEscrows(shop.container)
      expect(await escrowOf(ordersn)).toMatchObject({ escrow_release_time: expect.any(Date) })
    })
  })
})
