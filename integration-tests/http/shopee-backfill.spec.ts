import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import type { OrderSpec } from "../../sandbox/control-client"
import type { RunningSandbox } from "../../sandbox/start-sandbox"
import backstopShopeeEscrows from "../../src/jobs/shopee-escrow-backstop-daily"
import shopeeBackfill from "../../src/scripts/shopee-backfill"
import { CONNECTOR_SHARED_MODULE } from "../../src/modules/connectors/shared"
import { runScopesNow } from "../../src/modules/connectors/shared/jobs/run-due-jobs"
import type ConnectorExceptionService from "../../src/modules/connectors/shared/service"
import { drainInbox } from "../../src/modules/connectors/shopee/inbox/drain"
import { backfillOrders } from "../../src/modules/connectors/shopee/recovery/backfill"
import { followBackfill } from "../../src/modules/connectors/shopee/recovery/follow-backfill"
import { settleFindings } from "../../src/modules/connectors/shopee/recovery/settle-findings"
import { startBackfill } from "../../src/modules/connectors/shopee/recovery/start-backfill"
import { eventually } from "../support/eventually"
import { authorizeShop, connectorOf, SHOP_ID, startSandboxForThisProcess, stockCards } from "../support/shopee-shop"

const DRAKE = "EMB-014-NM"
const SHOP = String(SHOP_ID)
const DAY = 86_400

/** Product §1 rows 10 and 17: a range of orders is taken in again, and every settlement is accounted for in the end. */
let sandbox: RunningSandbox

medusaIntegrationTestRunner({
  hooks: {
    beforeServerStart: async () => {
      sandbox = await startSandboxForThisProcess()
    },
  },
  testSuite: ({ getContainer, api }) => {
    let container: MedusaContainer

    beforeEach(async () => {
      container = getContainer()
      await sandbox.control.reset()
      await authorizeShop(container, sandbox)
      await stockCards(container, { [DRAKE]: 500 })
    })

    // An order still at work would be written into the emptied database, in the middle of the next test.
    afterEach(async () => {
      await inboxIsEmpty()
    })

    afterAll(async () => {
      await sandbox.close()
    })

    const shared = () => container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
    const daysAgo = (days: number) => Math.floor(Date.now() / 1000 - days * DAY)
    const orderOf = async (days: number, changes: Partial<OrderSpec> = {}) =>
      await sandbox.control.createOrder({
        lines: [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }],
        status: "READY_TO_SHIP",
        push: false,
        create_time: daysAgo(days),
        ...changes,
      })
    const imported = async () =>
      (await container.resolve(Modules.ORDER).listOrders({}, { take: 1_000, select: ["custom_display_id"] }))
        .map((one) => one.custom_display_id)
        .sort()
    const inboxIsEmpty = async () => {
      await drainInbox(container)
      await eventually("an empty inbox", async () => (await connectorOf(container).countDueOrders(SHOP)) === 0)
      await drainInbox(container)
    }
    const range = (from: number, to: number) => ({
      from: new Date(daysAgo(from) * 1000),
      to: new Date(daysAgo(to) * 1000),
    })
    const open = async (errorClass: string) =>
      await shared().listConnectorExceptions({ status: "open", error_class: errorClass })
    /** A user of the Admin, by token. */
    const logIn = async () => {
      const body = { email: "operator@shop.test", password: "a-password-of-the-suites" }
      const [user, { authIdentity }] = await Promise.all([
        container.resolve(Modules.USER).createUsers({ email: body.email }),
        container
          .resolve(Modules.AUTH)
          .register("emailpass", { url: "", headers: {}, query: {}, protocol: "http", body }),
      ])
      await container
        .resolve(Modules.AUTH)
        .updateAuthIdentities({ id: authIdentity?.id ?? "", app_metadata: { user_id: user.id } })
      const { data } = await api.post("/auth/user/emailpass", body)
      return { headers: { authorization: `Bearer ${data.token}` } }
    }
    const jobOf = async (name: string) => (await shared().listConnectorJobs({ name, scope: SHOP }))[0]

    it("is started over the API, does its range and no more, and tells how far it is", async () => {
      const headers = await logIn()
      const inRange = [await orderOf(40), await orderOf(38)]
      await orderOf(60)
      const body = { from: new Date(daysAgo(41) * 1000).toISOString(), to: new Date(daysAgo(37) * 1000).toISOString() }
      const wrong = [{}, { from: "yesterday" }, { from: body.to, to: body.from }, { ...body, shop_id: "x" }]
      for (const refused of wrong) {
        const answer = await api.post("/admin/connectors/shopee/backfill", refused, {
          ...headers,
          validateStatus: null,
        })
        expect([refused, answer.status]).toEqual([refused, 400])
      }
      expect((await api.post("/admin/connectors/shopee/backfill", body, { validateStatus: null })).status).toBe(401)

      const started = await api.post("/admin/connectors/shopee/backfill", body, headers)
      expect(started.status).toBe(202)
      expect(started.data.backfill).toMatchObject({ shop_id: SHOP, status: "open", windows_total: 5, windows_done: 0 })
      await runScopesNow(container, backfillOrders)
      await inboxIsEmpty()
      const { id } = started.data.backfill
      const { data } = await api.get(`/admin/connectors/shopee/backfill/${id}`, headers)
      expect(data.backfill).toMatchObject({
        status: "done",
        windows_done: 5,
        orders_seen: 2,
        injected_count: 2,
        done_count: 2,
      })
      expect(await imported()).toEqual(inRange.map(({ order_sn }) => `SHP-${order_sn}`).sort())
      const list = await api.get("/admin/connectors/shopee/backfill", headers)
      expect(list.data.backfills.map((one: { id: string }) => one.id)).toEqual([id])
      expect(
        (await api.get("/admin/connectors/shopee/backfill/none", { ...headers, validateStatus: null })).status
      ).toBe(404)
    })

    it("goes on after a crash where it stopped, and takes in and counts every order once", async () => {
      const orders = [await orderOf(4.5), await orderOf(3.5), await orderOf(2.5), await orderOf(1.5)]
      const { id } = await startBackfill(container, range(5, 1))
      const service = connectorOf(container)
      // As a process that is killed after the third window's orders were injected, before it was noted.
      const advance = service.advanceBackfill.bind(service)
      const killed = jest.spyOn(service, "advanceBackfill").mockImplementation(async (window) => {
        if (window.windowsDone === 2) {
          throw new Error("killed")
        }
        return await advance(window)
      })
      await runScopesNow(container, backfillOrders)
      killed.mockRestore()
      expect(await service.retrieveShopeeBackfill(id)).toMatchObject({ windows_done: 2, status: "open" })
      expect(await service.countBackfillEvents(id)).toMatchObject({ injected_count: 3 })

      // Two workers come for it at once.
      await Promise.all([runScopesNow(container, backfillOrders), runScopesNow(container, backfillOrders)])
      const looks: string[] = []
      const end = await followBackfill(container, id, ({ status }) => looks.push(status))
      expect(end).toMatchObject({ status: "done", windows_done: 5, orders_seen: 4, injected_count: 4, done_count: 4 })
      expect(await imported()).toEqual(orders.map(({ order_sn }) => `SHP-${order_sn}`).sort())
      expect(await open("job_failed")).toEqual([])
    })

    it("leaves to Shopee's outage what is Shopee's, and goes on after it", async () => {
      await orderOf(1.5)
      const { id } = await startBackfill(container, range(2, 1))
      await sandbox.control.addFault({ endpoint: "get_order_list", kind: "server-error", times: 1 })
      await runScopesNow(container, backfillOrders)
      expect(await connectorOf(container).retrieveShopeeBackfill(id)).toMatchObject({
        status: "open",
        last_error: expect.stringContaining("get_order_list"),
      })
      expect(await open("sdk_transient")).toHaveLength(1)
      await runScopesNow(container, backfillOrders)
      expect(await connectorOf(container).retrieveShopeeBackfill(id)).toMatchObject({
        status: "done",
        last_error: null,
      })
      expect(await open("sdk_transient")).toEqual([])
    })

    it("closes the gap of a shop that is authorised again by itself, and reports it", async () => {
      const service = connectorOf(container)
      const [token] = await service.listShopeeAuthTokens({ shop_id: SHOP })
      const away = { authorized_at: new Date(daysAgo(3) * 1000), refused_at: new Date(daysAgo(2) * 1000) }
      await service.updateShopeeAuthTokens({ id: token?.id ?? "", ...away, refused_reason: "test" })
      const missed = await orderOf(1.5)
      await authorizeShop(container, sandbox)
      await runScopesNow(container, backfillOrders)
      await inboxIsEmpty()
      await runScopesNow(container, settleFindings)
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
        await shopeeBackfill({ container, args })
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
          await sandbox.control.moveOrder(order.order_sn, status, { push: false, at: daysAgo(days) })
        }
        return order.order_sn
      }
      const escrowOf = async (ordersn: string) => (await connectorOf(container).listShopeeEscrows({ ordersn }))[0]
      const backfilled = async () => {
        await startBackfill(container, range(60, 0))
        await runScopesNow(container, backfillOrders)
        await inboxIsEmpty()
      }

      it("fills what is missing, writes down releases and payouts, and picks up adjustments", async () => {
        await sandbox.control.setSettings({ escrowReleaseDelay: 60 })
        const ordersn = await completed(20)
        await backfilled()
        await sandbox.control.advanceClock(1)
        expect(await escrowOf(ordersn)).toBeUndefined()
        await backstopShopeeEscrows(container)
        expect(await escrowOf(ordersn)).toMatchObject({ escrow_release_time: expect.any(Date), adjustment_amount: 0 })
        expect((await escrowOf(ordersn))?.payout_amount).toBe((await escrowOf(ordersn))?.escrow_amount)
        await sandbox.control.addAdjustment(ordersn, -1.5, "lost parcel")
        await backstopShopeeEscrows(container)
        expect(await escrowOf(ordersn)).toMatchObject({ adjustment_amount: -1.5 })
        expect((await jobOf("shopee-escrow-backstop-daily"))?.last_error).toBeNull()
        expect(await open("settlement_overdue")).toEqual([])
      })

      it("tells of what is late or short, with numbers, until it no longer is", async () => {
        await sandbox.control.setSettings({ escrowReleaseDelay: 40 * DAY })
        const late = await completed(12)
        await backfilled()
        await backstopShopeeEscrows(container)
        expect(await open("settlement_overdue")).toEqual([
          expect.objectContaining({
            ordersn: late,
            error_message: expect.stringMatching(/was completed 12 days ago.*\d+\.\d\d SGD/),
          }),
        ])
        const escrow = await escrowOf(late)
        const due = Number(escrow?.escrow_amount)
        const pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
        await pg.raw("UPDATE shopee_escrow SET escrow_release_time = now(), payout_amount = escrow_amount - 0.01")
        await backstopShopeeEscrows(container)
        expect(await open("settlement_overdue")).toEqual([])
        expect(await open("settlement_short")).toEqual([
          expect.objectContaining({
            ordersn: late,
            details: expect.objectContaining({ expected: String(due), amount: "0.01" }),
          }),
        ])
        await pg.raw("UPDATE shopee_escrow SET payout_amount = escrow_amount")
        await backstopShopeeEscrows(container)
        expect(await open("settlement_short")).toEqual([])
      })

      it("does not call an order late that a backfill brought in and that was paid out long ago", async () => {
        await sandbox.control.setSettings({ escrowReleaseDelay: 60 })
        const ordersn = await completed(50)
        await backfilled()
        await sandbox.control.advanceClock(1)
        await backstopShopeeEscrows(container)
        expect(await escrowOf(ordersn)).toMatchObject({ escrow_release_time: expect.any(Date) })
        expect(await open("settlement_overdue")).toEqual([])
      })

      it("takes in an order that was paid out and that nobody ever heard of", async () => {
        await sandbox.control.setSettings({ escrowReleaseDelay: 60 })
        const ordersn = await completed(20)
        await sandbox.control.advanceClock(1)
        await backstopShopeeEscrows(container)
        await inboxIsEmpty()
        expect(await imported()).toEqual([`SHP-${ordersn}`])
        await backstopShopeeEscrows(container)
        expect(await escrowOf(ordersn)).toMatchObject({ escrow_release_time: expect.any(Date) })
      })
    })
  },
})
