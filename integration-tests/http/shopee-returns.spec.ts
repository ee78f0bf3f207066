import { Modules } from "@medusajs/framework/utils"
import type { OrderSpec, ReturnMove, ReturnSpec, SandboxOrder, SandboxReturn } from "../../sandbox/control-client"
import { fetchDueEscrows } from "../../src/modules/connectors/shopee/escrow/fetch-due-escrows"
import { drainInbox } from "../../src/modules/connectors/shopee/inbox/drain"
import { PushCode } from "../../src/modules/connectors/shopee/types/enums"
import { shopSuite } from "../support/shop-suite"
import { callsAboutOrders, connectorOf, lookAgain, SHOP_ID, stockOf } from "../support/shopee-shop"
import { shownReturns } from "../support/shown-returns"

const DRAKE = "EMB-014-NM"
const SPRITE = "TID-102-LP"
const LINES = [
  { sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 2 },
  { sku: SPRITE, name: "Tide Sprite #102", price: 7.3, quantity: 1 },
]
const ORDER: OrderSpec = { lines: LINES, shipping_fee: 1.99, push: false }
/** 2 × 12.50 + 7.30 + 1.99 shipping. */
const TOTAL = 34.29

/** Returns, from their request to the goods back in stock and the money back with the buyer, before and after completion. */
shopSuite({ stock: { [DRAKE]: 10, [SPRITE]: 10 } }, (shop) => {
  const record = (ordersn: string, code: PushCode, data: Record<string, unknown>) =>
    lookAgain(shop.container, [ordersn], { eventType: code, payload: { code, data } })

  /** Push 29, and the look at the order that follows it. */
  async function tell({ order_sn, return_sn }: SandboxReturn): Promise<void> {
    await record(order_sn, PushCode.RETURN_UPDATES, { order_sn, return_sn, updated_values: [] })
    await drainInbox(shop.container)
  }

  const open = (ordersn: string, spec: ReturnSpec = {}): Promise<SandboxReturn> =>
    shop.sandbox.control.openReturn(ordersn, { push: false, ...spec })

  const move = (returned: SandboxReturn, change: ReturnMove): Promise<SandboxReturn> =>
    shop.sandbox.control.moveReturn(returned.return_sn, { push: false, ...change })

  /** An order that has got this far in both places. */
  async function placed(status: string, spec: Partial<OrderSpec> = {}): Promise<SandboxOrder> {
    const order = await shop.sandbox.control.createOrder({ ...ORDER, status, ...spec })
    await shop.follow(order.order_sn)
    return order
  }

  const shown = (ordersn: string) => shownReturns(shop.container, ordersn)

  const openExceptions = async () =>
    (await shop.exceptions({ status: "open" })).map(({ error_class, details }) => [
      error_class,
      details?.return_sn ?? null,
    ])

  const known = (returned: SandboxReturn) =>
    connectorOf(shop.container).listShopeeReturns({ return_sn: returned.return_sn, shop_id: String(SHOP_ID) })

  async function calls(work: () => Promise<void>): Promise<Record<string, number>> {
    await shop.sandbox.control.resetCalls()
    await work()
    return await callsAboutOrders(shop.sandbox)
  }

  it("a partial return is requested, received into stock and refunded as Shopee's return gets there, each call to Shopee once", async () => {
    const { order_sn } = await placed("TO_CONFIRM_RECEIVE")
    expect(await calls(() => shop.follow(order_sn))).toEqual({ get_order_detail: 1 })

    const returned = await open(order_sn, { lines: [{ index: 0, quantity: 1 }] })
    expect(await calls(() => tell(returned))).toEqual({ get_order_detail: 1, get_return_detail: 1 })
    expect(await shown(order_sn)).toMatchObject({
      status: "pending",
      payment: "captured",
      returns: [{ status: "requested", pieces: [[1, 0]] }],
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })

    await move(returned, { status: "PROCESSING", logistics_status: "LOGISTICS_PICKUP_DONE" })
    await tell(returned)
    expect(await shown(order_sn)).toMatchObject({ returns: [{ status: "requested" }], refunds: [] })

    await move(returned, { logistics_status: "LOGISTICS_DELIVERY_DONE" })
    await tell(returned)
    expect(await shown(order_sn)).toMatchObject({ returns: [{ status: "received", pieces: [[1, 1]] }], refunds: [] })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 9, reserved: 0 })

    await move(returned, { status: "REFUND_PAID" })
    expect(await calls(() => tell(returned))).toEqual({ get_order_detail: 1, get_return_detail: 1 })
    expect(await shown(order_sn)).toEqual({
      status: "completed",
      payment: "partially_refunded",
      fulfillment: "delivered",
      returns: [{ status: "received", pieces: [[1, 1]] }],
      refunds: [12.5],
      open: 0,
    })

    expect(await calls(() => shop.follow(order_sn))).toEqual({ get_order_detail: 1 })
    expect(await shown(order_sn)).toMatchObject({ refunds: [12.5] })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 9, reserved: 0 })
    expect(await known(returned)).toMatchObject([
      { ordersn: order_sn, status: "REFUND_PAID", refund_amount: 12.5, final: true, goods: "returned" },
    ])
    expect((await known(returned))[0]?.medusa_return_id).toMatch(/^return_/)
    expect(await openExceptions()).toEqual([])
  })

  it("an order that is first heard of when everything is over ends in the same place", async () => {
    const { order_sn } = await shop.sandbox.control.createOrder({ ...ORDER, status: "SHIPPED" })
    const returned = await open(order_sn, { lines: [{ index: 0, quantity: 1 }] })
    await move(returned, { logistics_status: "LOGISTICS_DELIVERY_DONE", status: "REFUND_PAID" })
    await shop.follow(order_sn)
    expect(await shown(order_sn)).toEqual({
      status: "completed",
      payment: "partially_refunded",
      fulfillment: "delivered",
      returns: [{ status: "received", pieces: [[1, 1]] }],
      refunds: [12.5],
      open: 0,
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 9, reserved: 0 })
  })

  it("a return after completion is followed on the completed order, found in Shopee's list when no push named it, and its escrow fetched again", async () => {
    const { order_sn } = await placed("COMPLETED")
    await fetchDueEscrows(shop.container)
    const [before] = await connectorOf(shop.container).listShopeeEscrows({ ordersn: order_sn })

    const returned = await open(order_sn)
    await record(order_sn, PushCode.ORDER_STATUS_UPDATE, {
      ordersn: order_sn,
      status: "COMPLETED",
      completed_scenario: "RRAOC",
    })
    expect(await calls(() => drainInbox(shop.container))).toEqual({
      get_order_detail: 1,
      get_return_list: 1,
      get_return_detail: 1,
    })
    expect(await shown(order_sn)).toMatchObject({ status: "completed", returns: [{ status: "requested" }] })

    await move(returned, { logistics_status: "LOGISTICS_DELIVERY_DONE", status: "REFUND_PAID" })
    await tell(returned)
    expect(await shown(order_sn)).toEqual({
      status: "completed",
      payment: "refunded",
      fulfillment: "delivered",
      returns: [
        {
          status: "received",
          pieces: expect.arrayContaining([
            [2, 2],
            [1, 1],
          ]),
        },
      ],
      refunds: [TOTAL],
      open: 0,
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })
    expect(await stockOf(shop.container, SPRITE)).toEqual({ stocked: 10, reserved: 0 })

    expect(await calls(() => fetchDueEscrows(shop.container))).toMatchObject({ get_escrow_detail_batch: 1 })
    const [after] = await connectorOf(shop.container).listShopeeEscrows({ ordersn: order_sn })
    expect(Number(after?.escrow_amount)).toBeLessThan(Number(before?.escrow_amount))
    expect(await calls(() => fetchDueEscrows(shop.container))).toEqual({})
    expect((await known(returned))[0]).toMatchObject({ after_completion: true })
  })

  it("a refund without goods moves money alone, to the cent and whatever the goods cost", async () => {
    const { order_sn } = await placed("TO_CONFIRM_RECEIVE", { seller_voucher: 1 })
    const returned = await open(order_sn, {
      lines: [{ index: 1, quantity: 1 }],
      refund_only: true,
      refund_amount: 3.33,
    })
    await tell(returned)
    expect(await shown(order_sn)).toMatchObject({ returns: [], refunds: [] })
    await move(returned, { status: "REFUND_PAID" })
    await tell(returned)
    expect(await shown(order_sn)).toMatchObject({
      status: "completed",
      payment: "partially_refunded",
      returns: [],
      refunds: [3.33],
      open: 0,
    })
    expect(await stockOf(shop.container, SPRITE)).toEqual({ stocked: 9, reserved: 0 })
    await shop.follow(order_sn)
    expect(await shown(order_sn)).toMatchObject({ refunds: [3.33], open: 0 })
  })

  it("money that is paid before the goods are here is refunded at once, the goods are received when they come, and the account ends even", async () => {
    const { order_sn } = await placed("TO_CONFIRM_RECEIVE", { seller_voucher: 1 })
    const returned = await open(order_sn, { lines: [{ index: 0, quantity: 1 }], refund_amount: 10.01 })
    await move(returned, { status: "REFUND_PAID" })
    await tell(returned)
    expect(await shown(order_sn)).toMatchObject({
      payment: "partially_refunded",
      returns: [{ status: "requested", pieces: [[1, 0]] }],
      refunds: [10.01],
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })
    expect((await known(returned))[0]).toMatchObject({ final: false })

    await move(returned, { logistics_status: "LOGISTICS_DELIVERY_DONE" })
    await tell(returned)
    expect(await shown(order_sn)).toMatchObject({ returns: [{ status: "received" }], refunds: [10.01], open: 0 })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 9, reserved: 0 })
  })

  it("several returns of one order are told apart; one that is closed is cancelled in Medusa, and its pieces can be returned again", async () => {
    const { order_sn } = await placed("TO_CONFIRM_RECEIVE")
    const first = await open(order_sn, { lines: [{ index: 0, quantity: 2 }] })
    await tell(first)
    await move(first, { status: "CANCELLED" })
    await tell(first)
    expect(await shown(order_sn)).toMatchObject({
      status: "completed",
      returns: [{ status: "canceled" }],
      refunds: [],
      open: 0,
    })

    const second = await open(order_sn, { lines: [{ index: 0, quantity: 1 }] })
    const third = await open(order_sn, {
      lines: [
        { index: 0, quantity: 1 },
        { index: 1, quantity: 1 },
      ],
    })
    await tell(second)
    await tell(third)
    await move(third, { logistics_status: "LOGISTICS_DELIVERY_DONE", status: "REFUND_PAID" })
    await tell(third)
    const { returns, ...rest } = await shown(order_sn)
    expect(returns.map(({ status }) => status).sort()).toEqual(["canceled", "received", "requested"])
    expect(rest).toMatchObject({ payment: "partially_refunded", refunds: [19.8] })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 9, reserved: 0 })
    expect(await stockOf(shop.container, SPRITE)).toEqual({ stocked: 10, reserved: 0 })

    await move(second, { logistics_status: "LOGISTICS_DELIVERY_DONE", status: "REFUND_PAID" })
    await tell(second)
    expect(await shown(order_sn)).toMatchObject({ refunds: [12.5, 19.8], open: 0 })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })
  })

  it("cash on delivery is refunded once it is captured, at completion", async () => {
    const { order_sn } = await placed("TO_CONFIRM_RECEIVE", { cod: true })
    const returned = await open(order_sn, { lines: [{ index: 1, quantity: 1 }] })
    const other = await open(order_sn, { lines: [{ index: 0, quantity: 1 }] })
    await move(returned, { logistics_status: "LOGISTICS_DELIVERY_DONE", status: "REFUND_PAID" })
    await tell(returned)
    expect(await shown(order_sn)).toMatchObject({
      payment: "not_paid",
      returns: [{ status: "requested" }, { status: "requested" }],
      refunds: [],
    })

    await move(other, { status: "CLOSED" })
    await tell(other)
    expect(await shown(order_sn)).toMatchObject({
      status: "completed",
      payment: "partially_refunded",
      refunds: [7.3],
      open: 0,
    })
    expect(await stockOf(shop.container, SPRITE)).toEqual({ stocked: 10, reserved: 0 })
  })

  it("an order that Shopee cancels after its goods came back is refunded whole, its stock back, and nobody has to look for a parcel", async () => {
    const { order_sn } = await placed("SHIPPED")
    const returned = await open(order_sn)
    await move(returned, { logistics_status: "LOGISTICS_DELIVERY_DONE" })
    await tell(returned)
    await shop.move(order_sn, "CANCELLED")
    await shop.follow(order_sn)
    expect(await shown(order_sn)).toMatchObject({
      payment: "refunded",
      returns: [{ status: "received" }],
      refunds: [TOTAL],
      open: 0,
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })
    expect(await openExceptions()).toEqual([])
  })

  it("cash on delivery that Shopee cancels after its goods came back is settled with its stock back, and nothing was paid", async () => {
    const { order_sn } = await placed("SHIPPED", { cod: true })
    const returned = await open(order_sn)
    await move(returned, { logistics_status: "LOGISTICS_DELIVERY_DONE" })
    await tell(returned)
    await shop.move(order_sn, "CANCELLED")
    await shop.follow(order_sn)
    expect(await shown(order_sn)).toMatchObject({
      payment: "not_paid",
      returns: [{ status: "received" }],
      refunds: [],
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })
    expect(await openExceptions()).toEqual([])
    expect(await connectorOf(shop.container).listShopeeOrderSyncs({ ordersn: order_sn })).toMatchObject([
      { due_at: null, attempts: 0 },
    ])
  })

  it("what Medusa can't follow is told to a person, once for each return, and settled when it is over", async () => {
    const { order_sn } = await placed("TO_CONFIRM_RECEIVE")
    const disputed = await open(order_sn, { lines: [{ index: 0, quantity: 1 }] })
    await move(disputed, { status: "JUDGING", seller_proof_status: "PENDING" })
    const large = await open(order_sn, { lines: [{ index: 0, quantity: 5 }], force: true, refund_amount: 99 })
    await tell(disputed)
    await tell(large)
    expect(await openExceptions()).toEqual(
      expect.arrayContaining([
        ["return_needs_attention", disputed.return_sn],
        ["return_needs_attention", large.return_sn],
      ])
    )
    expect(await shown(order_sn)).toMatchObject({ returns: [{ status: "requested", pieces: [[1, 0]] }] })

    await move(disputed, { status: "CANCELLED" })
    await tell(disputed)
    expect(await openExceptions()).toEqual([["return_needs_attention", large.return_sn]])

    await move(large, { status: "REFUND_PAID" })
    await tell(large)
    expect(await shown(order_sn)).toMatchObject({ payment: "refunded", refunds: [TOTAL] })
    expect(await openExceptions()).toEqual([["return_needs_attention", large.return_sn]])
  })

  it("returns that can't be read hold up nothing else of the order; it is asked for again, and one exception tells of the outage", async () => {
    const orders = [await placed("SHIPPED"), await placed("SHIPPED")]
    const returns: SandboxReturn[] = []
    for (const { order_sn } of orders) {
      returns.push(await open(order_sn, { lines: [{ index: 0, quantity: 1 }] }))
    }
    const fault = await shop.sandbox.control.addFault({ endpoint: "get_return_detail", kind: "server-error" })
    for (const returned of returns) {
      await record(returned.order_sn, PushCode.RETURN_UPDATES, {
        order_sn: returned.order_sn,
        return_sn: returned.return_sn,
      })
    }
    await drainInbox(shop.container)
    expect(await openExceptions()).toEqual([["return_fetch_failed", null]])

    await shop.sandbox.control.clearFaults(fault)
    for (const returned of returns) {
      await tell(returned)
      expect(await shown(returned.order_sn)).toMatchObject({ returns: [{ status: "requested" }] })
    }
    expect(await openExceptions()).toEqual([])
  })

  it("goods are received once, whatever a run that was killed left behind", async () => {
    const { order_sn } = await placed("TO_CONFIRM_RECEIVE")
    const returned = await open(order_sn, { lines: [{ index: 0, quantity: 2 }] })
    await tell(returned)
    const orders = shop.container.resolve(Modules.ORDER)
    const [row] = await known(returned)
    const returnId = row?.medusa_return_id ?? ""
    const found = await orders.retrieveReturn(returnId, { relations: ["items"] })
    // Received, and killed before the stock was counted.
    await orders.receiveReturn({
      return_id: returnId,
      created_by: "shopee",
      reference: "return",
      reference_id: returnId,
      items: (found.items ?? []).map(({ item_id, quantity }) => ({ id: item_id, quantity })),
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })
    await move(returned, { logistics_status: "LOGISTICS_DELIVERY_DONE" })
    await tell(returned)
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })

    // Counted, and killed before the return said so.
    await orders.updateReturns([{ selector: { id: returnId }, data: { metadata: {} } }])
    await shop.follow(order_sn)
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })
    expect(await shown(order_sn)).toMatchObject({ returns: [{ status: "received", pieces: [[2, 2]] }] })
  })
})
