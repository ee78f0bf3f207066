import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { OrderSpec, SandboxOrder } from "../../../sandbox/control-client"
import { drainInbox } from "../../../src/modules/connectors/shopee/inbox/drain"
import { shopPart } from "../../support/shop-suite"
import { shownOrder, shownOrders } from "../../support/admin-orders"
import { stockOf } from "../../support/shopee-shop"

const DRAKE = "EMB-014-NM"
const SPRITE = "TID-102-LP"
const LINES = [
  { sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 2 },
  { sku: SPRITE, name: "Tide Sprite #102", price: 7.3, quantity: 1 },
]

/** An order from placement to its end, whatever of it was heard (product paper §6.1). */
export const life = shopPart({ stock: { [DRAKE]: 10, [SPRITE]: 10 } }, (shop) => {
  const place = (spec: Partial<OrderSpec> = {}): Promise<SandboxOrder> =>
    shop.sandbox.control.createOrder({
      lines: LINES,
      shipping_fee: 1.99,
      push: false,
      status: "READY_TO_SHIP",
      ...spec,
    })

  async function fulfillmentsOf(ordersn: string) {
    const { data } = await shop.container.resolve(ContainerRegistrationKeys.QUERY).graph({
      entity: "order",
      fields: ["fulfillments.*", "fulfillments.labels.*"],
      filters: { custom_display_id: `SHP-${ordersn}` },
    })
    const [order]: {
      fulfillments: { data: Record<string, unknown>; labels: { tracking_number: string }[]; canceled_at: unknown }[]
    }[] = data
    return order?.fulfillments ?? []
  }

  it("an order that is heard of at every step is packed, shipped with its tracking number, delivered and completed", async () => {
    const { order_sn } = await place()
    await shop.follow(order_sn)
    const packed = await shop.move(order_sn, "PROCESSED")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({
      status: "pending",
      fulfillment_status: "fulfilled",
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })

    await shop.tellTracking(packed)

    await drainInbox(shop.container)
    await shop.move(order_sn, "SHIPPED")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({
      status: "pending",
      fulfillment_status: "shipped",
    })
    const [parcel] = await fulfillmentsOf(order_sn)
    expect(parcel).toMatchObject({
      data: { package_number: packed.packages[0]?.package_number },
      labels: [{ tracking_number: packed.packages[0]?.tracking_number }],
    })

    await shop.move(order_sn, "TO_CONFIRM_RECEIVE")
    await shop.follow(order_sn)
    await shop.move(order_sn, "COMPLETED")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({
      status: "completed",
      payment_status: "captured",
      fulfillment_status: "delivered",
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })
    expect(await fulfillmentsOf(order_sn)).toHaveLength(1)
    expect(await shop.exceptions({ status: "open" })).toEqual([])
  })

  it("an order that is first heard of when it is completed ends in the same place", async () => {
    const { order_sn, total_amount } = await place({ buyer_fee: 0.5 })
    for (const status of ["PROCESSED", "SHIPPED", "TO_CONFIRM_RECEIVE", "COMPLETED"]) {
      await shop.move(order_sn, status)
    }
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({
      status: "completed",
      payment_status: "captured",
      fulfillment_status: "delivered",
      total: total_amount,
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })
    await shop.follow(order_sn)
    expect(await shownOrders(shop.container, order_sn)).toHaveLength(1)
    expect(await fulfillmentsOf(order_sn)).toHaveLength(1)
  })

  it("two packages are two fulfillments", async () => {
    const { order_sn } = await place()
    await shop.follow(order_sn)
    await shop.move(order_sn, "PROCESSED", { packages: 2 })
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ fulfillment_status: "fulfilled" })
    expect(await fulfillmentsOf(order_sn)).toHaveLength(2)
    await shop.move(order_sn, "SHIPPED")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ fulfillment_status: "shipped" })
  })

  it("a tracking number that comes after the shipment is put on it", async () => {
    const { order_sn } = await place()
    const packed = await shop.move(order_sn, "PROCESSED")
    await shop.move(order_sn, "SHIPPED")
    await shop.follow(order_sn)
    await shop.tellTracking(packed)
    await drainInbox(shop.container)
    const [parcel] = await fulfillmentsOf(order_sn)
    expect(parcel?.labels.map((label) => label.tracking_number)).toEqual([packed.packages[0]?.tracking_number])
  })

  it("an order that is sent again after a failed pick-up stays packed", async () => {
    const { order_sn } = await place()
    await shop.move(order_sn, "PROCESSED")
    await shop.follow(order_sn)
    await shop.move(order_sn, "RETRY_SHIP")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ fulfillment_status: "fulfilled" })
    expect(await fulfillmentsOf(order_sn)).toHaveLength(1)
  })

  it("a cancellation that is asked for and taken back changes nothing", async () => {
    const { order_sn } = await place()
    await shop.follow(order_sn)
    await shop.move(order_sn, "IN_CANCEL")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ status: "pending", payment_status: "captured" })
    await shop.move(order_sn, "READY_TO_SHIP")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ status: "pending", payment_status: "captured" })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 2 })
  })

  it("an order that is cancelled after packing is unpacked, cancelled and refunded, its stock back", async () => {
    const { order_sn } = await place()
    await shop.move(order_sn, "PROCESSED")
    await shop.follow(order_sn)
    await shop.move(order_sn, "CANCELLED", { cancel_by: "buyer" })
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ status: "canceled", payment_status: "refunded" })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })
  })

  it("an order that is cancelled after shipping is refunded and reported, never cancelled", async () => {
    const { order_sn } = await place()
    await shop.move(order_sn, "PROCESSED")
    await shop.move(order_sn, "SHIPPED")
    await shop.follow(order_sn)
    await shop.move(order_sn, "CANCELLED", { cancel_by: "system" })
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({
      status: "pending",
      payment_status: "refunded",
      fulfillment_status: "shipped",
    })
    expect(await shop.exceptions({ status: "open" })).toMatchObject([
      { error_class: "cancelled_after_shipping", ordersn: order_sn },
    ])
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ payment_status: "refunded" })
  })

  it("cash on delivery is captured when the order is completed", async () => {
    const { order_sn, total_amount } = await place({ cod: true })
    await shop.follow(order_sn)
    for (const status of ["PROCESSED", "SHIPPED", "TO_CONFIRM_RECEIVE"]) {
      await shop.move(order_sn, status)
      await shop.follow(order_sn)
      expect(await shownOrder(shop.container, order_sn)).toMatchObject({ payment_status: "not_paid" })
    }
    await shop.move(order_sn, "COMPLETED")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({
      status: "completed",
      payment_status: "captured",
      total: total_amount,
    })
  })

  it("an oversold order is packed all the same, and reservations don't go below zero", async () => {
    const { order_sn } = await place({ lines: [{ sku: DRAKE, name: "Drake", price: 1, quantity: 11 }] })
    await shop.follow(order_sn)
    await shop.move(order_sn, "PROCESSED")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ fulfillment_status: "fulfilled" })
    expect((await stockOf(shop.container, DRAKE)).reserved).toBe(0)
  })
})
