import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { OrderChange, OrderSpec, SandboxOrder } from "../../sandbox/control-client"
import { drainInbox } from "../../src/modules/connectors/shopee/inbox/drain"
import { shopSuite } from "../support/shop-suite"
import { shownOrder } from "../support/admin-orders"
import { connectorOf, lookAgain, stockOf } from "../support/shopee-shop"

const DRAKE = "EMB-014-NM"
const SPRITE = "TID-102-LP"
const LINES = [
  { sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 3 },
  { sku: SPRITE, name: "Tide Sprite #102", price: 7.3, quantity: 1 },
]

/** Orders of which Shopee cancels pieces, and what else can change about an order's pieces and parcels on its way. */
shopSuite({ stock: { [DRAKE]: 10, [SPRITE]: 10 } }, (shop) => {
  const place = (spec: Partial<OrderSpec> = {}): Promise<SandboxOrder> =>
    shop.sandbox.control.createOrder({
      ...{ lines: LINES, shipping_fee: 1.99, seller_voucher: 4.35, push: false, status: "READY_TO_SHIP" },
      ...spec,
    })

  const change = (ordersn: string, changes: OrderChange) => shop.sandbox.control.updateOrder(ordersn, changes)

  /** Pieces that Shopee cancels: of the drakes, and of the sprite. */
  const cancelPieces = (ordersn: string, drakes: number, sprites = 0, changes: OrderChange = {}) =>
    change(ordersn, {
      lines: [
        { index: 0, cancelled_qty: drakes },
        { index: 1, cancelled_qty: sprites },
      ],
      ...changes,
    })

  const openExceptions = async () => (await shop.exceptions({ status: "open" })).map(({ error_class }) => error_class)

  interface Kept {
    id: string
    version: number
    total: number
    summary: { pending_difference: number }
    items: { variant_sku: string | null; quantity: number }[]
    payment_collections: { amount: number; captured_amount: number | null; refunded_amount: number | null }[]
    fulfillments: {
      id: string
      canceled_at: unknown
      shipped_at: unknown
      data: Record<string, unknown>
      items: { sku: string; quantity: number }[]
      labels: { tracking_number: string }[]
    }[]
  }

  async function read(ordersn: string): Promise<Kept> {
    const { data } = await shop.container.resolve(ContainerRegistrationKeys.QUERY).graph({
      entity: "order",
      fields: [
        ...["id", "version", "total", "summary.*", "items.*", "payment_collections.*"],
        ...["fulfillments.*", "fulfillments.items.*", "fulfillments.labels.*"],
      ],
      filters: { custom_display_id: `SHP-${ordersn}` },
    })
    const [order]: Kept[] = data
    if (!order) {
      throw new Error(`Medusa has no order ${ordersn}.`)
    }
    return { ...order, fulfillments: order.fulfillments.filter(({ canceled_at }) => canceled_at === null) }
  }

  const cents = (amount: number | null | undefined) => Math.round(Number(amount ?? 0) * 100)

  /** Medusa's total is what the buyer owes, and what was captured less what went back is the same, with nothing left to pay. */
  async function expectMoney(ordersn: string, owed: number): Promise<void> {
    const { total, summary, payment_collections } = await read(ordersn)
    const paid = payment_collections.reduce(
      (sum, { captured_amount, refunded_amount }) => sum + cents(captured_amount) - cents(refunded_amount),
      0
    )
    expect([cents(total), paid, cents(summary.pending_difference)]).toEqual([cents(owed), cents(owed), 0])
  }

  const piecesOf = async (ordersn: string) =>
    Object.fromEntries((await read(ordersn)).items.map(({ variant_sku, quantity }) => [variant_sku, Number(quantity)]))

  it("pieces that are cancelled before payment are neither reserved, nor paid, nor refunded", async () => {
    const { order_sn } = await place({ status: "UNPAID" })
    await shop.follow(order_sn)
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 3 })
    await cancelPieces(order_sn, 2)
    await shop.follow(order_sn)
    expect(await piecesOf(order_sn)).toEqual({ [DRAKE]: 1, [SPRITE]: 1 })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 1 })
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ payment_status: "not_paid", total: 21.79 })

    const paid = await shop.move(order_sn, "READY_TO_SHIP")
    await shop.follow(order_sn)
    await expectMoney(order_sn, paid.total_amount ?? 0)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ payment_status: "captured" })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 1 })
  })

  it("pieces that are cancelled after payment leave the order, are released and refunded, a line whole at last, and the rest goes its way", async () => {
    const { order_sn } = await place()
    await shop.follow(order_sn)
    // Asked for and not yet granted: nothing happens.
    await change(order_sn, { lines: [{ index: 0, cancel_requested_qty: 2 }] })
    await shop.follow(order_sn)
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 3 })

    const less = await cancelPieces(order_sn, 2)
    await shop.follow(order_sn)
    expect(await piecesOf(order_sn)).toEqual({ [DRAKE]: 1, [SPRITE]: 1 })
    await expectMoney(order_sn, less.total_amount ?? 0)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({
      status: "pending",
      payment_status: "partially_refunded",
      fulfillment_status: "not_fulfilled",
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 1 })
    const { version } = await read(order_sn)
    await shop.follow(order_sn)
    expect((await read(order_sn)).version).toBe(version)

    const single = await cancelPieces(order_sn, 2, 1)
    await shop.follow(order_sn)
    // Medusa drops a line that comes down to no piece.
    expect(await piecesOf(order_sn)).toEqual({ [DRAKE]: 1 })
    await expectMoney(order_sn, single.total_amount ?? 0)
    expect(await stockOf(shop.container, SPRITE)).toEqual({ stocked: 10, reserved: 0 })
    const reservations = await shop.container.resolve(Modules.INVENTORY).listReservationItems({})
    expect(reservations.map(({ quantity }) => Number(quantity))).toEqual([1])

    for (const status of ["PROCESSED", "SHIPPED", "COMPLETED"]) {
      await shop.move(order_sn, status)
      await shop.follow(order_sn)
    }
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({
      status: "completed",
      fulfillment_status: "delivered",
      payment_status: "partially_refunded",
    })
    await expectMoney(order_sn, single.total_amount ?? 0)
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 9, reserved: 0 })
    expect(await openExceptions()).toEqual([])
  })

  it("an order that is first seen afterwards holds what is left, also when the SKU of a cancelled line is unknown", async () => {
    const { order_sn } = await place({
      lines: [...LINES, { sku: "NOBODY-KNOWS-IT", name: "Mystery", price: 3, quantity: 1 }],
    })
    const less = await change(order_sn, {
      lines: [
        { index: 0, cancelled_qty: 1 },
        { index: 2, cancelled_qty: 1 },
      ],
    })
    await shop.follow(order_sn)
    expect(await piecesOf(order_sn)).toEqual({ [DRAKE]: 2, [SPRITE]: 1 })
    await expectMoney(order_sn, less.total_amount ?? 0)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ payment_status: "captured" })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 2 })
    expect(await openExceptions()).toEqual([])

    await shop.move(order_sn, "CANCELLED", { cancel_by: "seller" })
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ status: "canceled", payment_status: "refunded" })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })
  })

  it("where Shopee's total stays as it was paid, the cancelled pieces' share of it is refunded, and the order can still be cancelled", async () => {
    const { order_sn } = await place()
    await shop.follow(order_sn)
    // 3 × 12.50 + 7.30 + 1.99 − 4.35: the drakes carry 3.64 of the voucher, so each of them was 11.29 to the cent.
    await cancelPieces(order_sn, 1, 0, { detail_overrides: { total_amount: 42.44 } })
    await shop.follow(order_sn)
    await expectMoney(order_sn, 31.15)
    await shop.follow(order_sn)
    await expectMoney(order_sn, 31.15)

    await shop.move(order_sn, "CANCELLED", { cancel_by: "buyer" })
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ status: "canceled", payment_status: "refunded" })
    const { payment_collections } = await read(order_sn)
    expect(payment_collections.map(({ refunded_amount }) => Number(refunded_amount))).toEqual([42.44])
  })

  it("pieces that are packed are unpacked and the parcel packed anew, other parcels stay, and what a parcel holds follows Shopee", async () => {
    const { order_sn } = await place()
    const packed = await shop.move(order_sn, "PROCESSED", { packages: 2 })
    await shop.follow(order_sn)
    const before = await read(order_sn)
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 7, reserved: 0 })
    const ofDrakes = before.fulfillments.find(({ items }) => items.some(({ sku }) => sku === DRAKE))
    const other = before.fulfillments.find(({ id }) => id !== ofDrakes?.id)

    const less = await cancelPieces(order_sn, 2)
    await shop.follow(order_sn)
    const after = await read(order_sn)
    expect(after.fulfillments.map(({ id }) => id)).toContain(other?.id)
    expect(after.fulfillments.map(({ id }) => id)).not.toContain(ofDrakes?.id)
    expect(after.fulfillments).toHaveLength(2)
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 9, reserved: 0 })
    await expectMoney(order_sn, less.total_amount ?? 0)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ fulfillment_status: "fulfilled" })

    // Same numbers, other contents: everything goes with the first parcel now.
    const [first, second] = packed.packages.map(({ package_number }) => package_number)
    const contents = less.packages.flatMap(({ items }) =>
      items.map(({ quantity, ...item }) => ({ ...item, model_quantity: quantity }))
    )
    await change(order_sn, {
      detail_overrides: {
        package_list: [
          { package_number: first, logistics_status: "LOGISTICS_REQUEST_CREATED", item_list: contents },
          { package_number: second, logistics_status: "LOGISTICS_REQUEST_CREATED", item_list: [] },
        ],
      },
    })
    await shop.follow(order_sn)
    const anew = await read(order_sn)
    expect(anew.fulfillments.map(({ data, items }) => [data.package_number, items.length])).toEqual([[first, 2]])
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 9, reserved: 0 })
    expect(await stockOf(shop.container, SPRITE)).toEqual({ stocked: 9, reserved: 0 })
    expect(await openExceptions()).toEqual([])
  })

  it("pieces that have left stay in the order, the money follows, and a person is told", async () => {
    const { order_sn } = await place()
    await shop.move(order_sn, "PROCESSED")
    await shop.move(order_sn, "SHIPPED")
    await shop.follow(order_sn)
    const less = await cancelPieces(order_sn, 1)
    await shop.follow(order_sn)
    await shop.follow(order_sn)
    expect(await piecesOf(order_sn)).toEqual({ [DRAKE]: 3, [SPRITE]: 1 })
    await expectMoney(order_sn, less.total_amount ?? 0)
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 7, reserved: 0 })
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ fulfillment_status: "shipped" })
    expect(await openExceptions()).toEqual(["pieces_cancelled_after_shipping"])
  })

  it("a cancellation is one after shipping when its parcels say that they left, also when the shipment was never heard of", async () => {
    const heard = await place()
    await shop.move(heard.order_sn, "PROCESSED")
    await shop.follow(heard.order_sn)
    const unheard = await place({ lines: [{ sku: SPRITE, name: "Tide Sprite #102", price: 7.3, quantity: 2 }] })
    await shop.move(unheard.order_sn, "PROCESSED")
    for (const { order_sn } of [heard, unheard]) {
      await shop.move(order_sn, "SHIPPED")
      await shop.move(order_sn, "CANCELLED", { cancel_by: "system" })
      await shop.follow(order_sn)
      expect(await shownOrder(shop.container, order_sn)).toMatchObject({
        status: "pending",
        payment_status: "refunded",
        fulfillment_status: "shipped",
      })
    }
    expect(await openExceptions()).toEqual(["cancelled_after_shipping", "cancelled_after_shipping"])
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 7, reserved: 0 })
    expect(await stockOf(shop.container, SPRITE)).toEqual({ stocked: 7, reserved: 0 })
  })

  it("what a killed run left half done is finished: an unlinked parcel, an open change of the order, released reservations", async () => {
    const { order_sn } = await place()
    await shop.move(order_sn, "PROCESSED")
    await shop.follow(order_sn)
    const { id, fulfillments } = await read(order_sn)
    const ids = fulfillments.map((fulfillment) => fulfillment.id)
    await shop.container.resolve(ContainerRegistrationKeys.LINK).dismiss(
      ids.map((fulfillmentId) => ({
        [Modules.ORDER]: { order_id: id },
        [Modules.FULFILLMENT]: { fulfillment_id: fulfillmentId },
      }))
    )
    expect((await read(order_sn)).fulfillments).toEqual([])
    await shop.follow(order_sn)
    expect((await read(order_sn)).fulfillments.map((fulfillment) => fulfillment.id)).toEqual(ids)
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 7, reserved: 0 })

    const other = await place()
    await shop.follow(other.order_sn)
    const known = await read(other.order_sn)
    await shop.container.resolve(Modules.ORDER).createOrderChange({
      ...{ order_id: known.id, change_type: "edit", created_by: "shopee", requested_by: "shopee" },
      actions: [],
    })
    const inventory = shop.container.resolve(Modules.INVENTORY)
    const [item] = await inventory.listInventoryItems({ sku: DRAKE })
    const [reservation] = await inventory.listReservationItems({ inventory_item_id: item?.id ?? "" })
    await inventory.updateReservationItems([{ id: reservation?.id ?? "", quantity: 1 }])
    const less = await cancelPieces(other.order_sn, 2)
    await shop.follow(other.order_sn)
    expect(await piecesOf(other.order_sn)).toEqual({ [DRAKE]: 1, [SPRITE]: 1 })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 7, reserved: 1 })
    await expectMoney(other.order_sn, less.total_amount ?? 0)
  })

  it("a tracking number that comes after completion is still written", async () => {
    const { order_sn } = await place()
    const packed = await shop.move(order_sn, "PROCESSED")
    await shop.move(order_sn, "SHIPPED")
    await shop.move(order_sn, "COMPLETED")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ status: "completed" })
    const [parcel] = packed.packages
    await shop.tellTracking(packed)
    await drainInbox(shop.container)
    const [fulfillment] = (await read(order_sn)).fulfillments
    expect(fulfillment?.labels.map((label) => label.tracking_number)).toEqual([parcel?.tracking_number])
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({
      status: "completed",
      fulfillment_status: "delivered",
    })
  })

  it("a line from before Shopee named it is known by what it holds once Shopee does", async () => {
    const { order_sn, item_list } = await place({ status: "UNPAID" })
    const unnamed = item_list.map(({ line_item_id: _, ...item }) => item)
    await change(order_sn, { detail_overrides: { item_list: unnamed } })
    await shop.follow(order_sn)
    await change(order_sn, { detail_overrides: { item_list } })
    const paid = await shop.move(order_sn, "READY_TO_SHIP")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ payment_status: "captured" })
    await expectMoney(order_sn, paid.total_amount ?? 0)
    await shop.move(order_sn, "PROCESSED")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ fulfillment_status: "fulfilled" })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 7, reserved: 0 })
  })

  it("a reading from before the push is applied, and the order read again until Shopee has caught up", async () => {
    const { order_sn, update_time } = await place({ status: "UNPAID" })
    const pushed = new Date((update_time + 60) * 1000)
    await lookAgain(shop.container, [order_sn], { updateTime: pushed })
    await drainInbox(shop.container)
    const syncOf = async () => (await connectorOf(shop.container).listShopeeOrderSyncs({ ordersn: order_sn }))[0]
    expect(await syncOf()).toMatchObject({ status: "created", shopee_status: "UNPAID", attempts: 0, rereads: 1 })
    expect((await syncOf())?.due_at).not.toBeNull()

    await shop.move(order_sn, "READY_TO_SHIP", { at: update_time + 60 })
    const until = Date.now() + 30_000
    while ((await syncOf())?.due_at && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 200))
      await drainInbox(shop.container)
    }
    expect(await syncOf()).toMatchObject({ shopee_status: "READY_TO_SHIP", due_at: null, rereads: 0 })
    expect(await openExceptions()).toEqual([])
  })
})
