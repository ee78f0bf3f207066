import { Modules } from "@medusajs/framework/utils"
import type { OrderSpec, SandboxOrder } from "../../../sandbox/control-client"
import recoverLostShopeePushes from "../../../src/jobs/shopee-lost-push-recovery"
import reconcileShopeeDaily from "../../../src/jobs/shopee-reconcile-daily"
import { CONNECTOR_SHARED_MODULE } from "../../../src/modules/connectors/shared"
import { runScopesNow } from "../../../src/modules/connectors/shared/jobs/run-due-jobs"
import type ConnectorExceptionService from "../../../src/modules/connectors/shared/service"
import { receivePush } from "../../../src/modules/connectors/shopee/inbox/receive-push"
import { settleFindings } from "../../../src/modules/connectors/shopee/recovery/settle-findings"
import { callsAboutOrders, connectorOf, SHOP_ID } from "../../support/shopee-shop"
import { shopPart } from "../../support/shop-suite"
import { shownReturns } from "../../support/shown-returns"

const DRAKE = "EMB-014-NM"
const SHOP = String(SHOP_ID)

/** Product §1 rows 8 and 9: what no push told is found all the same, and proven to be all. */
export const recovery = shopPart({ stock: { [DRAKE]: 500 } }, (shop) => {
  const shared = () => shop.container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const spec = (changes: Partial<OrderSpec> = {}): OrderSpec => ({
    lines: [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }],
    status: "READY_TO_SHIP",
    push: false,
    ...changes,
  })
  const order = async (changes: Partial<OrderSpec> = {}): Promise<SandboxOrder> =>
    await shop.sandbox.control.createOrder(spec(changes))
  const medusaOrders = async () =>
    (
      await shop.container
        .resolve(Modules.ORDER)
        .listOrders({}, { take: 1_000, select: ["custom_display_id", "status"] })
    )
      .map((one) => one.custom_display_id)
      .sort()
  const proofs = async () =>
    await connectorOf(shop.container).listShopeeReconcileRuns({}, { order: { started_at: "ASC" }, take: 100 })
  const events = async () => await connectorOf(shop.container).listShopeeRawEvents({}, { take: 1_000 })
  const notices = async () =>
    (await shared().listConnectorExceptions({ error_class: "notice" }, { order: { created_at: "ASC" } })).map(
      ({ error_message }) => error_message
    )
  const openExceptions = async () => await shared().listConnectorExceptions({ status: "open" })
  /** Pushes that nobody takes: the delivery address is closed and nothing is tried again, so each is lost at once. */
  const losePushes = async (count: number) => {
    const orders: SandboxOrder[] = []
    for (let made = 0; made < count; made += 1) {
      orders.push(await order({ push: true }))
    }
    await shop.sandbox.control.settlePushes()
    return orders
  }
  const snsOf = (orders: SandboxOrder[]) => orders.map(({ order_sn }) => `SHP-${order_sn}`).sort()

  it("takes in every page of lost pushes, once each, and confirms a page only once it is stored", async () => {
    const orders = await losePushes(103)
    expect(await shop.sandbox.control.lostPushes()).toHaveLength(103)
    // A confirmation that fails costs nothing: the page comes again, and adds nothing.
    await shop.sandbox.control.addFault({
      endpoint: "confirm_consumed_lost_push_message",
      kind: "error",
      times: 1,
      code: "error_param",
      message: "odd",
    })
    await recoverLostShopeePushes(shop.container)
    expect((await events()).filter(({ source }) => source === "poll")).toHaveLength(100)
    expect(await shop.sandbox.control.lostPushes()).toHaveLength(103)
    expect(await openExceptions()).toEqual([
      expect.objectContaining({ error_class: "job_failed", subject: "job:shopee-lost-push-recovery" }),
    ])

    await recoverLostShopeePushes(shop.container)
    expect(await shop.sandbox.control.lostPushes()).toEqual([])
    const stored = await events()
    expect(stored).toHaveLength(103)
    expect(stored.every(({ source, signature_ok }) => source === "poll" && signature_ok === null)).toBe(true)
    expect((await shared().listConnectorJobs({ name: "shopee-lost-push-recovery" }))[0]).toMatchObject({
      last_statistics: { pages: 2, pushes: 103, stored: 3, unreadable: 0 },
      last_error: null,
    })
    await shop.emptyInbox()
    expect(await medusaOrders()).toEqual(snsOf(orders))
    expect(await openExceptions()).toEqual([])
  })

  it("confirms nothing while the pushes can't be stored", async () => {
    await losePushes(1)
    const service = connectorOf(shop.container)
    const record = jest.spyOn(service, "recordEvents").mockRejectedValueOnce(new Error("the database is away"))
    await recoverLostShopeePushes(shop.container)
    record.mockRestore()
    expect(await shop.sandbox.control.lostPushes()).toHaveLength(1)
    expect((await shop.sandbox.control.calls()).by_endpoint["/push/confirm_consumed_lost_push_message"]).toBeUndefined()
  })

  it("takes a push service that is down for no outage of the shop: its orders go on, and the job is tried again", async () => {
    await losePushes(1)
    await shop.sandbox.control.addFault({ endpoint: "get_lost_push_message", kind: "server-error", times: 1 })
    await recoverLostShopeePushes(shop.container)
    const [job] = await shared().listConnectorJobs({ name: "shopee-lost-push-recovery" })
    expect(job).toMatchObject({ failures_in_a_row: 1, last_error: expect.stringContaining("get_lost_push_message") })
    expect(await openExceptions()).toEqual([])
    expect((await connectorOf(shop.container).listShopeeAuthTokens({ shop_id: SHOP }))[0]?.paused_until).toBeNull()

    await recoverLostShopeePushes(shop.container)
    expect(await shop.sandbox.control.lostPushes()).toEqual([])
    await shop.emptyInbox()
  })

  it("finds an order that neither a push nor the lost pushes told, proves it, and says when it is repaired", async () => {
    const known = [await order({ push: true }), await order({ push: true })]
    await shop.sandbox.control.settlePushes()
    await recoverLostShopeePushes(shop.container)
    await shop.emptyInbox()
    const silent = await order()
    await reconcileShopeeDaily(shop.container)
    const [proof] = await proofs()
    expect(proof).toMatchObject({
      shop_id: SHOP,
      status: "complete",
      shopee_count: 3,
      matching_count: 2,
      waiting_count: 0,
      missing_count: 1,
      missing: [silent.order_sn],
      stale_count: 0,
      settled_at: null,
    })
    expect(proof?.duration_ms).toBeGreaterThanOrEqual(0)
    expect(await notices()).toEqual([expect.stringMatching(/: 2\/3, 1 missing; they are being taken in now\.$/)])

    await shop.emptyInbox()
    await runScopesNow(shop.container, settleFindings)
    expect((await proofs())[0]).toMatchObject({ repaired_count: 1, settled_at: expect.any(Date) })
    expect((await notices())[1]).toMatch(/: 3\/3, all 1 that were missing or behind are repaired\.$/)
    expect(await medusaOrders()).toEqual(snsOf([...known, silent]))

    // Everything is right now: the next proof says so, and a quiet one on the same day is not told again.
    await reconcileShopeeDaily(shop.container)
    expect((await proofs())[1]).toMatchObject({
      shopee_count: 3,
      matching_count: 3,
      missing_count: 0,
      stale_count: 0,
    })
    expect((await proofs())[1]?.settled_at).toEqual(expect.any(Date))
    expect(await notices()).toHaveLength(2)
    const [job] = await shared().listConnectorJobs({ name: "shopee-reconcile-daily", scope: SHOP })
    expect(job?.watermark).toEqual((await proofs())[1]?.window_to)
    expect(job?.next_run_at?.getUTCHours()).toBe(19)
  })

  it("finds an order that moved on without a push, also when its status stayed the same", async () => {
    const now = Math.floor(Date.now() / 1000)
    const made = { create_time: now - 60 }
    const orders = [await order(made), await order(made), await order(made)]
    const [shipped, readdressed, right] = orders.map(({ order_sn }) => order_sn)
    await reconcileShopeeDaily(shop.container)
    await shop.emptyInbox()
    await shop.sandbox.control.moveOrder(shipped ?? "", "PROCESSED", { push: false, at: now - 30 })
    await shop.sandbox.control.updateOrder(readdressed ?? "", {
      recipient: { city: "Elsewhere" },
      update_time: now - 30,
    })
    await reconcileShopeeDaily(shop.container)
    const [, second] = await proofs()
    expect(second).toMatchObject({ shopee_count: 3, matching_count: 1, missing_count: 0, stale_count: 2 })
    expect(second?.stale?.slice().sort()).toEqual([shipped, readdressed].sort())
    expect(second?.stale).not.toContain(right)
    await shop.emptyInbox()
    expect((await connectorOf(shop.container).listShopeeOrderSyncs({ ordersn: shipped }))[0]?.shopee_status).toBe(
      "PROCESSED"
    )
  })

  it("finds the returns of completed orders that no push told of, with one call for all of them and none for those it knows", async () => {
    const now = Math.floor(Date.now() / 1000)
    const completed = { create_time: now - 600, status: "COMPLETED" }
    const { order_sn: known } = await order(completed)
    const { order_sn: silent } = await order(completed)
    const told = await shop.sandbox.control.openReturn(known, { push: false, at: now - 300 })
    await reconcileShopeeDaily(shop.container)
    await shop.emptyInbox()
    expect((await proofs())[0]).toMatchObject({
      return_count: 1,
      stale_return_count: 1,
      stale_returns: [told.return_sn],
    })
    expect(await notices()).toEqual([
      expect.stringMatching(/: 0\/2, 2 missing, 1 of 1 returns behind; they are being taken in now\.$/),
    ])

    const lost = await shop.sandbox.control.openReturn(silent, { push: false, refund_only: true, at: now - 60 })
    await shop.sandbox.control.moveReturn(lost.return_sn, { status: "REFUND_PAID", push: false, at: now - 30 })
    await shop.sandbox.control.resetCalls()
    await reconcileShopeeDaily(shop.container)
    await shop.emptyInbox()
    expect((await proofs())[1]).toMatchObject({
      return_count: 2,
      stale_return_count: 1,
      stale_returns: [lost.return_sn],
    })
    expect(await callsAboutOrders(shop.sandbox)).toMatchObject({ get_return_list: 1, get_return_detail: 1 })
    expect(await shownReturns(shop.container, silent)).toMatchObject({
      payment: "refunded",
      refunds: [expect.any(Number)],
    })
    await runScopesNow(shop.container, settleFindings)
    expect((await proofs())[1]?.settled_at).toEqual(expect.any(Date))

    await shop.sandbox.control.resetCalls()
    await reconcileShopeeDaily(shop.container)
    expect((await proofs())[2]).toMatchObject({ return_count: 2, stale_return_count: 0, stale_returns: [] })
    expect((await callsAboutOrders(shop.sandbox)).get_return_detail).toBeUndefined()
    expect(await events()).toHaveLength(
      (await proofs()).reduce(
        (all, proof) => all + proof.missing_count + proof.stale_count + proof.stale_return_count,
        0
      )
    )
  })

  it("finds orders also when the returns can't be read, and proves nothing then", async () => {
    const silent = await order()
    await shop.sandbox.control.addFault({ endpoint: "get_return_list", kind: "server-error", times: 1 })
    await reconcileShopeeDaily(shop.container)
    await shop.emptyInbox()
    expect(await medusaOrders()).toEqual(snsOf([silent]))
    expect(await proofs()).toEqual([
      expect.objectContaining({ status: "failed", error: expect.stringContaining("get_return_list") }),
    ])
  })

  it("proves the orders of a shop whose returns the app may not read, says so once, and makes up for them later", async () => {
    const now = Math.floor(Date.now() / 1000)
    const { order_sn } = await order({ create_time: now - 9 * 3_600, status: "COMPLETED" })
    const denied = await shop.sandbox.control.addFault({
      endpoint: "get_return_list",
      kind: "error",
      code: "error_auth",
      message: "No permission to current api.",
    })
    for (let night = 0; night < 2; night += 1) {
      await reconcileShopeeDaily(shop.container)
      await shop.emptyInbox()
    }
    const [first, second] = await proofs()
    expect(first).toMatchObject({ status: "complete", shopee_count: 1, missing_count: 1, return_count: 0 })
    expect(second).toMatchObject({ status: "complete", missing_count: 0, stale_count: 0 })
    expect(second?.returns_error).toMatch(/get_return_list.*No permission/)
    expect(await notices()).toEqual([
      expect.stringMatching(/: 0\/1, 1 missing; .*\. Its returns could not be compared: .*No permission/),
    ])
    // No trouble of the shop: its authorisation is as good as before, and no order waits.
    expect(await openExceptions()).toEqual([
      expect.objectContaining({ error_class: "return_fetch_failed", ordersn: null, shop_id: SHOP, retry_count: 1 }),
    ])
    expect((await connectorOf(shop.container).listShopeeAuthTokens({ shop_id: SHOP }))[0]?.paused_until).toBeNull()

    // Raised before the orders' window, which begins six hours before the last proof.
    const missed = await shop.sandbox.control.openReturn(order_sn, { push: false, at: now - 8 * 3_600 })
    await shop.sandbox.control.clearFaults(denied)
    await reconcileShopeeDaily(shop.container)
    await shop.emptyInbox()
    const [, , third] = await proofs()
    expect(third?.window_from?.getTime()).toBeGreaterThan((now - 8 * 3_600) * 1_000)
    expect(third).toMatchObject({ returns_error: null, stale_returns: [missed.return_sn] })
    expect(await openExceptions()).toEqual([])
  })

  it("does not take a held order for a missing one", async () => {
    const unknown = await order({ lines: [{ sku: "NOT-IN-MEDUSA", name: "Moss Imp", price: 3, quantity: 1 }] })
    await reconcileShopeeDaily(shop.container)
    await shop.emptyInbox()
    await reconcileShopeeDaily(shop.container)
    expect((await proofs())[1]).toMatchObject({ shopee_count: 1, waiting_count: 1, missing_count: 0, stale_count: 0 })
    expect(await openExceptions()).toEqual([
      expect.objectContaining({ error_class: "sku_not_found", ordersn: unknown.order_sn }),
    ])
    await runScopesNow(shop.container, settleFindings)
    expect((await proofs())[0]).toMatchObject({ repaired_count: 0, settled_at: null })
  })

  it("proves nothing when Shopee breaks off in the middle, says so, and makes up for it", async () => {
    await shop.sandbox.control.createOrders(Array.from({ length: 101 }, () => spec()))
    await shop.sandbox.control.addFault({ endpoint: "get_order_list", kind: "server-error", skip: 1, times: 1 })
    await reconcileShopeeDaily(shop.container)
    expect(await proofs()).toEqual([
      expect.objectContaining({
        status: "failed",
        shopee_count: 0,
        error: expect.stringContaining("get_order_list"),
      }),
    ])
    expect(await openExceptions()).toEqual([expect.objectContaining({ error_class: "sdk_transient" })])
    expect(await events()).toEqual([])
    const [job] = await shared().listConnectorJobs({ name: "shopee-reconcile-daily", scope: SHOP })
    expect(job).toMatchObject({ watermark: null, failures_in_a_row: 1 })

    await reconcileShopeeDaily(shop.container)
    expect((await proofs())[1]).toMatchObject({ status: "complete", shopee_count: 101, missing_count: 101 })
    await shop.emptyInbox()
    expect(await medusaOrders()).toHaveLength(101)
    expect(await openExceptions()).toEqual([])
  })

  it("is asked for by the first push that is not authentic", async () => {
    const [before] = await shared().listConnectorJobs({ name: "shopee-reconcile-daily", scope: SHOP })
    // The scheduler may have made the row meanwhile: for the night.
    expect(before?.next_run_at?.getTime() ?? Infinity).toBeGreaterThan(Date.now() + 1_000)
    await receivePush(shop.container, { rawBody: Buffer.from('{"code":3}'), authorization: "f".repeat(64) })
    const [job] = await shared().listConnectorJobs({ name: "shopee-reconcile-daily", scope: SHOP })
    expect(job?.next_run_at?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000)
  })
})
