import type { OrderSpec, SandboxOrder } from "../../../sandbox/control-client"
import fetchShopeeEscrow from "../../../src/jobs/shopee-fetch-escrow"
import { applyRelease } from "../../../src/modules/connectors/shopee/escrow/apply-release"
import { checkEscrow } from "../../../src/modules/connectors/shopee/escrow/check-escrow"
import { settleEscrows } from "../../../src/modules/connectors/shopee/escrow/settle-escrows"
import { normalizeShopeeEscrow } from "../../../src/modules/connectors/shopee/normalizers/escrow"
import { shopPart } from "../../support/shop-suite"
import { connectorOf, SHOP_ID } from "../../support/shopee-shop"

const DRAKE = "EMB-014-NM"
const SHOP = String(SHOP_ID)
const DAY = 86_400

/** Product §1 row 6: what Shopee settles is recorded once an order is completed, and kept up to date until it is paid out. */
export const escrow = shopPart({ stock: { [DRAKE]: 200 } }, (shop) => {
  const LINE = { sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 2 }

  const order = async (spec: Partial<OrderSpec> = {}): Promise<SandboxOrder> =>
    await shop.sandbox.control.createOrder({
      lines: [LINE],
      shipping_fee: 1.99,
      status: "READY_TO_SHIP",
      push: false,
      ...spec,
    })

  /** Takes an imported order to its end at Shopee, and Medusa with it. */
  async function complete(ordersn: string): Promise<SandboxOrder> {
    for (const status of ["PROCESSED", "SHIPPED"]) {
      await shop.move(ordersn, status)
    }
    const completed = await shop.move(ordersn, "COMPLETED")
    await shop.follow(ordersn)
    return completed
  }

  /** Orders that are imported, and completed as far as their escrow goes: the way there is another suite's subject. */
  async function awaitEscrow(...orders: SandboxOrder[]): Promise<void> {
    const ordersns = orders.map(({ order_sn }) => order_sn)
    await shop.follow(...ordersns)
    await connectorOf(shop.container).makeEscrowsDue(SHOP, ordersns)
  }

  const fetchEscrow = async () => await fetchShopeeEscrow(shop.container)
  const escrows = async () => await connectorOf(shop.container).listShopeeEscrows({}, { take: 100 })
  const escrowOf = async (ordersn: string) => (await connectorOf(shop.container).listShopeeEscrows({ ordersn }))[0]
  const syncOf = async (ordersn: string) => (await connectorOf(shop.container).listShopeeOrderSyncs({ ordersn }))[0]
  const escrowCalls = async () => {
    const { by_endpoint } = await shop.sandbox.control.calls()
    return Object.fromEntries(Object.entries(by_endpoint).filter(([endpoint]) => endpoint.includes("escrow")))
  }
  const endBackoff = async () =>
    await shop.container
      .resolve("__pg_connection__")
      .raw("UPDATE shopee_order_sync SET escrow_due_at = now() WHERE escrow_due_at IS NOT NULL")

  it("a completed order gets its escrow, once, with components that add up to what Shopee settles", async () => {
    const shopee = await order({ seller_voucher: 1.33, shopee_voucher: 2, coins: 0.47, buyer_fee: 0.31 })
    await shop.follow(shopee.order_sn)
    await fetchEscrow()
    expect(await escrows()).toEqual([])

    const completed = await complete(shopee.order_sn)
    await fetchEscrow()
    expect(await shop.exceptions()).toEqual([])
    const [first, ...others] = await escrows()
    expect(others).toEqual([])
    expect(first).toMatchObject({
      ordersn: shopee.order_sn,
      shop_id: SHOP,
      currency: "SGD",
      escrow_amount: completed.escrow.escrow_amount,
      buyer_total_amount: completed.total_amount,
      original_price: 25,
      voucher_from_seller: 1.33,
      voucher_from_shopee: 2,
      adds_up: true,
      difference: 0,
      adjustment_amount: 0,
      escrow_release_time: null,
      payout_amount: null,
    })
    expect(first?.commission_fee).toBeGreaterThan(0)
    expect(first?.raw_escrow_payload).toMatchObject({
      order_sn: shopee.order_sn,
      order_income: { buyer_paid_shipping_fee: 1.99 },
    })

    await shop.follow(shopee.order_sn)
    await fetchEscrow()
    expect((await escrows()).map(({ id }) => id)).toEqual([first?.id])
    expect(await escrowCalls()).toEqual({ "/payment/get_escrow_detail_batch": 1 })
    expect(await shop.exceptions()).toEqual([])
  })

  it("fifty completed orders cost one escrow call, and add up: bundles, vouchers, a partial return", async () => {
    const specs: Partial<OrderSpec>[] = [
      { lines: [{ ...LINE, bundle: true }] },
      { seller_voucher: 3.33 },
      { shipping_fee: 0 },
    ]
    const orders: SandboxOrder[] = []
    for (let index = 0; index < 50; index += 1) {
      orders.push(await order({ lines: [{ ...LINE, quantity: 1 }], ...specs[index % 4] }))
    }
    const [returned] = orders
    await awaitEscrow(...orders)
    await shop.sandbox.control.updateOrder(returned?.order_sn ?? "", { lines: [{ index: 0, returned_qty: 1 }] })
    await shop.sandbox.control.resetCalls()
    await fetchEscrow()

    const rows = await escrows()
    expect(rows).toHaveLength(50)
    for (const { order_sn } of orders) {
      const truth = await shop.sandbox.control.order(order_sn)
      const row = rows.find(({ ordersn }) => ordersn === order_sn)
      expect(row).toMatchObject({ escrow_amount: truth.escrow.escrow_amount, adds_up: true, difference: 0 })
    }
    expect(await escrowCalls()).toEqual({ "/payment/get_escrow_detail_batch": 1 })
  })

  it("one that can't be fetched gets its exception alone, is tried again, and settles it", async () => {
    const [good, bad] = [await order(), await order()]
    const dropped = await shop.sandbox.control.addFault({
      endpoint: "get_escrow_detail_batch",
      kind: "drop-orders",
      order_sns: [bad.order_sn],
    })
    const refused = await shop.sandbox.control.addFault({
      endpoint: "get_escrow_detail",
      kind: "error",
      code: "order_not_found",
      ordersn: bad.order_sn,
    })
    await awaitEscrow(good, bad)
    await fetchEscrow()
    expect((await escrows()).map(({ ordersn }) => ordersn)).toEqual([good.order_sn])
    const [open, ...others] = await shop.exceptions({ status: "open" })
    expect(others).toEqual([])
    expect(open).toMatchObject({ error_class: "escrow_fetch_failed", ordersn: bad.order_sn, level: "warning" })
    expect(open?.raw_event_id).toMatch(/^srev_/)
    expect(await syncOf(bad.order_sn)).toMatchObject({ escrow_attempts: 1, status: "created", attempts: 0 })

    await endBackoff()
    await fetchEscrow()
    expect(await shop.exceptions({ status: "open" })).toMatchObject([{ id: open?.id, retry_count: 1 }])

    await shop.sandbox.control.clearFaults(dropped)
    await shop.sandbox.control.clearFaults(refused)
    await endBackoff()
    await fetchEscrow()
    expect(await escrows()).toHaveLength(2)
    expect(await shop.exceptions({ status: "open" })).toEqual([])
    expect(await syncOf(bad.order_sn)).toMatchObject({ escrow_attempts: 0, escrow_due_at: null })
  })

  it("an order's own success does not settle what is open about its escrow", async () => {
    const shopee = await order()
    await shop.sandbox.control.addFault({ endpoint: "get_escrow_detail_batch", kind: "drop-orders" })
    await shop.sandbox.control.addFault({ endpoint: "get_escrow_detail", kind: "error", code: "order_not_found" })
    await awaitEscrow(shopee)
    await fetchEscrow()
    await shop.follow(shopee.order_sn)
    expect(await shop.exceptions({ status: "open" })).toMatchObject([{ error_class: "escrow_fetch_failed" }])
  })

  it("Shopee being down burns no attempt and makes one exception without an order, which recovery settles", async () => {
    const orders = [await order(), await order()]
    const fault = await shop.sandbox.control.addFault({ endpoint: "get_escrow_detail_batch", kind: "server-error" })
    await awaitEscrow(...orders)
    await fetchEscrow()
    expect(await shop.exceptions()).toMatchObject([{ error_class: "sdk_transient", ordersn: null, status: "open" }])
    for (const { order_sn } of orders) {
      expect(await syncOf(order_sn)).toMatchObject({ escrow_attempts: 0, escrow_claim_id: null })
    }
    await shop.sandbox.control.clearFaults(fault)
    await fetchEscrow()
    expect(await escrows()).toEqual([])

    await connectorOf(shop.container).endOutage(SHOP)
    await fetchEscrow()
    expect(await escrows()).toHaveLength(2)
    expect(await shop.exceptions({ status: "open" })).toEqual([])
  })

  it("an escrow that can't be fetched for three days is left, and a person is told", async () => {
    const shopee = await order()
    await shop.sandbox.control.addFault({ endpoint: "get_escrow_detail_batch", kind: "drop-orders" })
    await shop.sandbox.control.addFault({ endpoint: "get_escrow_detail", kind: "error", code: "order_not_found" })
    await awaitEscrow(shopee)
    await fetchEscrow()
    await shop.container
      .resolve("__pg_connection__")
      .raw("UPDATE shopee_order_sync SET escrow_first_failed_at = now() - interval '73 hours'")
    await endBackoff()
    await fetchEscrow()

    expect((await shop.exceptions({ status: "open" })).map(({ error_class }) => error_class).sort()).toEqual([
      "escrow_fetch_failed",
      "retry_exhausted",
    ])
    expect(await syncOf(shopee.order_sn)).toMatchObject({ escrow_due_at: null, status: "created" })
  })

  it("components that don't add up are told once, with the difference and each of them, and settled when they do", async () => {
    const shopee = await order()
    await awaitEscrow(shopee)
    const service = connectorOf(shop.container)
    for (let time = 0; time < 2; time += 1) {
      await service.makeEscrowsDue(SHOP, [shopee.order_sn])
      const [claim] = await service.claimDueEscrows({ claimId: "suite", limit: 1, leaseMs: 30_000 })
      if (!claim) {
        throw new Error("No escrow was due.")
      }
      const order_income = { escrow_amount: 24.1, original_cost_of_goods_sold: 25, commission_fee: 0.63 }
      const fetched = {
        syncId: claim.id,
        shopId: claim.shopId,
        escrow: normalizeShopeeEscrow({ order_sn: claim.ordersn, order_income }, "SGD"),
        check: checkEscrow(order_income),
        adjustmentAmount: "0",
      }
      await settleEscrows(shop.container, service, claim, [{ claim, fetched }])
    }

    expect(await escrowOf(shopee.order_sn)).toMatchObject({ adds_up: false, difference: -0.27 })
    const [mismatch, ...others] = await shop.exceptions({ status: "open" })
    expect(others).toEqual([])
    expect(mismatch).toMatchObject({ error_class: "escrow_mismatch", level: "warning", retry_count: 1 })
    expect(mismatch?.error_message).toBe(
      `The escrow of order ${shopee.order_sn} is 24.1 SGD, but its components come to 24.37 (difference -0.27): ` +
        "original_cost_of_goods_sold 25, commission_fee -0.63."
    )

    await service.makeEscrowsDue(SHOP, [shopee.order_sn])
    await fetchEscrow()
    expect(await escrowOf(shopee.order_sn)).toMatchObject({ adds_up: true, difference: 0 })
    expect(await shop.exceptions({ status: "open" })).toEqual([])
  })

  it("the list of released escrows makes them final, and adjustments are picked up when they are fetched again", async () => {
    await shop.sandbox.control.setSettings({ escrowReleaseDelay: 3 * DAY })
    const shopee = await order()
    await shop.follow(shopee.order_sn)
    await complete(shopee.order_sn)
    await fetchEscrow()
    expect(await escrowOf(shopee.order_sn)).toMatchObject({ escrow_release_time: null, adjustment_amount: 0 })

    await shop.sandbox.control.addAdjustment(shopee.order_sn, -1.25, "Weight correction")
    const now = await shop.sandbox.control.advanceClock(10 * DAY)
    const client = await connectorOf(shop.container).clientFor(SHOP)
    const { escrows: released } = await client.getEscrowList({
      releasedFrom: new Date((now - 14 * DAY) * 1000),
      releasedTo: new Date(now * 1000),
    })

    expect(await applyRelease(connectorOf(shop.container), SHOP, released)).toEqual({
      newlyReleased: [shopee.order_sn],
      missing: [],
    })
    await fetchEscrow()
    const truth = await shop.sandbox.control.order(shopee.order_sn)
    expect(await escrowOf(shopee.order_sn)).toMatchObject({
      escrow_release_time: new Date((truth.escrow.release_time ?? 0) * 1000),
      payout_amount: truth.escrow.payout_amount,
      adjustment_amount: -1.25,
      adds_up: true,
    })

    await shop.sandbox.control.addAdjustment(shopee.order_sn, 0.5)
    await connectorOf(shop.container).makeEscrowsDue(SHOP, [shopee.order_sn])
    await fetchEscrow()
    expect(await escrowOf(shopee.order_sn)).toMatchObject({
      adjustment_amount: -0.75,
      payout_amount: truth.escrow.payout_amount,
    })
    expect(await escrows()).toHaveLength(1)
  })
})
