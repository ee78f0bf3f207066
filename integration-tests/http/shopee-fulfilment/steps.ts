import { cancelOrderWorkflow } from "@medusajs/medusa/core-flows"
import { ContainerRegistrationKeys, Modules, ShippingOptionPriceType } from "@medusajs/framework/utils"
import type { OrderSpec, SandboxOrder } from "../../../sandbox/control-client"
import type { PackageToCreate } from "../../../src/workflows/shopee/parcel-fulfillment"
import { shownOrder } from "../../support/admin-orders"
import { type Drive, driveWorkflow } from "../../support/drive-fulfilment"
import { shopPart } from "../../support/shop-suite"
import { stockOf } from "../../support/shopee-shop"

const DRAKE = "EMB-014-NM"
const SPRITE = "TID-102-LP"
const LINES = [
  { sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 2 },
  { sku: SPRITE, name: "Tide Sprite #102", price: 7.3, quantity: 1 },
]

interface OrderAfter {
  id: string
  version: number
  items: { id: string; quantity: number; variant_sku: string | null; detail: { fulfilled_quantity: number } }[]
  fulfillments: {
    id: string
    provider_id: string
    data: Record<string, unknown>
    labels: { tracking_number: string; tracking_url: string }[]
    canceled_at: string | null
  }[]
}

export const steps = shopPart({ stock: { [DRAKE]: 10, [SPRITE]: 10 } }, (shop) => {
  async function imported(spec: Partial<OrderSpec> = {}): Promise<{ shopee: SandboxOrder; order: OrderAfter }> {
    const shopee = await shop.sandbox.control.createOrder({
      lines: LINES,
      shipping_fee: 1.99,
      push: false,
      status: "READY_TO_SHIP",
      ...spec,
    })
    await shop.follow(shopee.order_sn)
    const { id } = await shownOrder(shop.container, shopee.order_sn)
    return { shopee, order: await read(id) }
  }

  async function read(id: string): Promise<OrderAfter> {
    const { data } = await shop.container.resolve(ContainerRegistrationKeys.QUERY).graph({
      entity: "order",
      fields: ["id", "version", "items.*", "items.detail.*", "fulfillments.*", "fulfillments.labels.*"],
      filters: { id },
    })
    const [order]: OrderAfter[] = data
    if (!order) {
      throw new Error(`Medusa has no order ${id}.`)
    }
    return order
  }

  const drive = (input: Drive) => driveWorkflow(shop.container).run({ input })
  const everything = (order: OrderAfter) => order.items.map(({ id, quantity }) => ({ lineId: id, quantity }))
  const lineOf = (order: OrderAfter, sku: string | null) =>
    order.items.find(({ variant_sku }) => variant_sku === sku)?.id ?? ""
  const statusOf = async (shopee: SandboxOrder) =>
    (await shownOrder(shop.container, shopee.order_sn)).fulfillment_status
  const onePackage = (order: OrderAfter): PackageToCreate[] => [{ packageNumber: "OFG-1", items: everything(order) }]

  async function packed(spec: Partial<OrderSpec> = {}) {
    const { shopee, order } = await imported(spec)
    await drive({ orderId: order.id, packages: onePackage(order) })
    const after = await read(order.id)
    return { shopee, order: after, fulfillmentId: after.fulfillments[0]?.id ?? "" }
  }

  it("a parcel is packed, shipped with its tracking number, delivered and the order completed, its stock taken once", async () => {
    const { shopee, order, fulfillmentId } = await packed()
    expect(await statusOf(shopee)).toBe("fulfilled")
    expect(order.fulfillments).toMatchObject([{ provider_id: "shopee_shopee", data: { package_number: "OFG-1" } }])
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })

    await drive({ orderId: order.id, ship: [{ fulfillmentId, trackingNumber: "SPXSG1", carrier: "SPX" }] })
    expect(await statusOf(shopee)).toBe("shipped")
    expect((await read(order.id)).fulfillments).toMatchObject([
      {
        labels: [{ tracking_number: "SPXSG1", tracking_url: "" }],
        data: { package_number: "OFG-1", carrier: "SPX" },
      },
    ])
    await drive({ orderId: order.id, deliver: [fulfillmentId] })
    expect(await statusOf(shopee)).toBe("delivered")
    await drive({ orderId: order.id, complete: true })
    expect((await shownOrder(shop.container, shopee.order_sn)).status).toBe("completed")
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })
    expect(await stockOf(shop.container, SPRITE)).toEqual({ stocked: 9, reserved: 0 })
  })

  it("a worker that lost its order while it packed takes no stock and takes nothing back; whoever has the order finishes it", async () => {
    const { shopee, order } = await imported()
    const packages = onePackage(order)

    await expect(drive({ orderId: order.id, packages, claimId: "of-a-worker-that-stood-still" })).rejects.toMatchObject(
      { message: expect.stringContaining("in another worker's hands") }
    )
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 2 })
    await drive({ orderId: order.id, packages })

    expect(await statusOf(shopee)).toBe("fulfilled")
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })
    expect((await read(order.id)).fulfillments).toHaveLength(1)
  })

  it("a capture that the order's account never heard of is booked, once", async () => {
    const { shopee, order } = await imported()
    const orders = shop.container.resolve(Modules.ORDER)
    const booked = async () => await orders.listOrderTransactions({ order_id: order.id })
    const [before] = await booked()
    await orders.deleteOrderTransactions([before?.id ?? ""])

    await shop.follow(shopee.order_sn)
    await shop.follow(shopee.order_sn)

    expect(await booked()).toEqual([expect.objectContaining({ amount: before?.amount, reference: "capture" })])
  })

  it("every step does nothing when it is run again", async () => {
    const { order, fulfillmentId } = await packed()
    const steps: Drive[] = [
      { orderId: order.id, packages: onePackage(order) },
      { orderId: order.id, ship: [{ fulfillmentId, trackingNumber: "SPXSG1", carrier: null }] },
      { orderId: order.id, track: [{ fulfillmentId, trackingNumber: "SPXSG1", carrier: null }] },
      { orderId: order.id, deliver: [fulfillmentId] },
      { orderId: order.id, complete: true },
      { orderId: order.id, refund: true },
    ]
    for (const step of steps) {
      await drive(step)
      const once = await read(order.id)
      await drive(step)
      const twice = await read(order.id)
      expect([step, twice.version, twice.fulfillments.length]).toEqual([step, once.version, 1])
    }
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })
  })

  it("an order of two parcels is partially fulfilled after the first", async () => {
    const { shopee, order } = await imported()
    const [drake, sprite] = [lineOf(order, DRAKE), lineOf(order, SPRITE)]
    await drive({
      orderId: order.id,
      packages: [{ packageNumber: "OFG-1", items: [{ lineId: drake, quantity: 1 }] }],
    })
    expect(await statusOf(shopee)).toBe("partially_fulfilled")
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 9, reserved: 1 })
    await drive({
      orderId: order.id,
      packages: [
        {
          packageNumber: "OFG-2",
          items: [
            { lineId: drake, quantity: 1 },
            { lineId: sprite, quantity: 1 },
          ],
        },
      ],
    })
    expect(await statusOf(shopee)).toBe("fulfilled")
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })

    const [first, second] = (await read(order.id)).fulfillments
    await drive({
      orderId: order.id,
      ship: [first, second].map((fulfillment) => ({
        fulfillmentId: fulfillment?.id ?? "",
        trackingNumber: null,
        carrier: null,
      })),
    })
    expect(await statusOf(shopee)).toBe("shipped")
  })

  it("a line that nobody ships goes with the first parcel", async () => {
    const { shopee, order } = await packed({ buyer_fee: 0.77 })
    expect(order.items).toHaveLength(3)
    expect(await statusOf(shopee)).toBe("fulfilled")
  })

  it("a tracking number that arrives later replaces the one before", async () => {
    const { order, fulfillmentId } = await packed()
    await drive({ orderId: order.id, ship: [{ fulfillmentId, trackingNumber: null, carrier: null }] })
    expect((await read(order.id)).fulfillments).toMatchObject([{ labels: [] }])
    for (const trackingNumber of ["SPXSG1", "SPXSG2"]) {
      await drive({ orderId: order.id, track: [{ fulfillmentId, trackingNumber, carrier: null }] })
      const [after] = (await read(order.id)).fulfillments
      expect(after?.labels.map((label) => label.tracking_number)).toEqual([trackingNumber])
    }
  })

  it("an oversold order is packed all the same: stock goes below zero, reservations don't, and unpacking brings both back", async () => {
    const { shopee, order, fulfillmentId } = await packed({
      lines: [{ sku: DRAKE, name: "Drake", price: 1, quantity: 11 }],
    })
    expect(await statusOf(shopee)).toBe("fulfilled")
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: -1, reserved: 0 })
    await drive({ orderId: order.id, unpack: [fulfillmentId] })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 11 })
  })

  it("a packed order is unpacked, and can then be cancelled and refunded", async () => {
    const { shopee, order, fulfillmentId } = await packed()
    await drive({ orderId: order.id, unpack: [fulfillmentId] })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 2 })
    await drive({ orderId: order.id, unpack: [fulfillmentId] })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 2 })

    await drive({ orderId: order.id, mark: true })
    await cancelOrderWorkflow(shop.container).run({ input: { order_id: order.id, canceled_by: "shopee" } })
    expect(await shownOrder(shop.container, shopee.order_sn)).toMatchObject({
      status: "canceled",
      payment_status: "refunded",
      fulfillment_status: "canceled",
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })
  })

  it("an order that was cancelled after shipping is refunded and stays shipped, with nothing left to pay", async () => {
    const { shopee, order, fulfillmentId } = await packed()
    await drive({ orderId: order.id, ship: [{ fulfillmentId, trackingNumber: "SPXSG1", carrier: null }] })
    await drive({ orderId: order.id, refund: true })
    expect(await shownOrder(shop.container, shopee.order_sn)).toMatchObject({
      status: "pending",
      payment_status: "refunded",
      fulfillment_status: "shipped",
    })
    const [summary] = await shop.container
      .resolve(Modules.ORDER)
      .listOrders({ id: order.id }, { relations: ["summary"] })
    expect(Number(summary?.summary?.pending_difference)).toBe(0)
    await expect(drive({ orderId: order.id, unpack: [fulfillmentId] })).rejects.toMatchObject({
      message: expect.stringMatching(/has left/),
    })
  })

  it.each<[string, (fulfillmentId: string) => Partial<Drive>]>([
    ["shipping", (fulfillmentId) => ({ ship: [{ fulfillmentId, trackingNumber: "SPXSG1", carrier: "SPX" }] })],
    ["unpacking", (fulfillmentId) => ({ unpack: [fulfillmentId] })],
  ])("%s is taken back when a later step fails, and works afterwards", async (_, step) => {
    const { shopee, order, fulfillmentId } = await packed()
    await expect(drive({ orderId: order.id, ...step(fulfillmentId), fail: true })).rejects.toMatchObject({
      message: expect.stringMatching(/later step/),
    })
    expect(await statusOf(shopee)).toBe("fulfilled")
    const after = await read(order.id)
    expect(after.fulfillments).toMatchObject([{ labels: [], canceled_at: null }])
    expect(after.version).toBe(order.version)
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })
    await drive({ orderId: order.id, ...step(fulfillmentId) })
    expect(await statusOf(shopee)).not.toBe("fulfilled")
  })

  it("delivery and completion are taken back when a later step fails", async () => {
    const { shopee, order, fulfillmentId } = await packed()
    await drive({ orderId: order.id, ship: [{ fulfillmentId, trackingNumber: "SPXSG1", carrier: null }] })
    await expect(
      drive({ orderId: order.id, deliver: [fulfillmentId], complete: true, fail: true })
    ).rejects.toMatchObject({ message: expect.stringMatching(/later step/) })
    expect(await shownOrder(shop.container, shopee.order_sn)).toMatchObject({
      status: "pending",
      fulfillment_status: "shipped",
    })
    const [after] = (await read(order.id)).fulfillments
    expect(after?.labels.map((label) => label.tracking_number)).toEqual(["SPXSG1"])
  })

  it.each([
    ["all", 2],
    ["a part", 1],
  ])("packing %s is taken back when a later step fails, and works afterwards", async (_, quantity) => {
    const { shopee, order } = await imported()
    const packages = [{ packageNumber: "OFG-1", items: [{ lineId: lineOf(order, DRAKE), quantity }] }]
    await expect(drive({ orderId: order.id, packages, fail: true })).rejects.toMatchObject({
      message: expect.stringMatching(/later step/),
    })
    expect(await statusOf(shopee)).toBe("not_fulfilled")
    expect((await read(order.id)).fulfillments).toEqual([])
    expect(await shop.container.resolve(Modules.FULFILLMENT).listFulfillments({})).toEqual([])
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 2 })
    await drive({ orderId: order.id, packages })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10 - quantity, reserved: 2 - quantity })
  })

  it("a parcel with more than is left to pack is refused whole, and leaves nothing behind", async () => {
    const { shopee, order } = await imported()
    const packages = [{ packageNumber: "OFG-1", items: [{ lineId: lineOf(order, DRAKE), quantity: 3 }] }]
    await expect(drive({ orderId: order.id, packages })).rejects.toMatchObject({
      message: expect.stringMatching(/more items than what was ordered/),
    })
    expect(await shop.container.resolve(Modules.FULFILLMENT).listFulfillments({})).toEqual([])
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 2 })
    await drive({ orderId: order.id, packages: onePackage(order) })
    expect(await statusOf(shopee)).toBe("fulfilled")
  })

  it("a run that was killed before it linked the parcel is finished by the next, with the stock taken once", async () => {
    const { shopee, order, fulfillmentId } = await packed()
    const link = shop.container.resolve(ContainerRegistrationKeys.LINK)
    const dismiss = () =>
      link.dismiss([
        { [Modules.ORDER]: { order_id: order.id }, [Modules.FULFILLMENT]: { fulfillment_id: fulfillmentId } },
      ])
    await dismiss()
    await drive({ orderId: order.id, packages: [{ packageNumber: "OFG-1", items: [] }] })
    expect((await read(order.id)).fulfillments.map(({ id }) => id)).toEqual([fulfillmentId])
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })

    // Killed even earlier: recorded on the order, and the stock not yet taken.
    await dismiss()
    const inventory = shop.container.resolve(Modules.INVENTORY)
    const [item] = await inventory.listInventoryItems({ sku: DRAKE })
    const [level] = await inventory.listInventoryLevels({ inventory_item_id: item?.id ?? "" })
    const at = { inventory_item_id: item?.id ?? "", location_id: level?.location_id ?? "" }
    await inventory.adjustInventory(at.inventory_item_id, at.location_id, 2)
    await inventory.createReservationItems([{ ...at, line_item_id: lineOf(order, DRAKE), quantity: 2 }])
    await drive({ orderId: order.id, packages: [{ packageNumber: "OFG-1", items: [] }] })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 8, reserved: 0 })
    expect(await statusOf(shopee)).toBe("fulfilled")
  })

  it("products of several shipping profiles go into one parcel, beside a set of the shop's own for the same country", async () => {
    const fulfillment = shop.container.resolve(Modules.FULFILLMENT)
    const link = shop.container.resolve(ContainerRegistrationKeys.LINK)
    const { shopee, order } = await imported()
    const [location] = await shop.container.resolve(Modules.STOCK_LOCATION).listStockLocations({})
    const own = await fulfillment.createShippingProfiles({ name: "Bulky", type: "default" })
    const [product] = await shop.container.resolve(Modules.PRODUCT).listProducts({})
    const set = await fulfillment.createFulfillmentSets({
      name: "Home delivery",
      type: "shipping",
      service_zones: [{ name: "Singapore", geo_zones: [{ type: "country", country_code: "sg" }] }],
    })
    const at = { [Modules.STOCK_LOCATION]: { stock_location_id: location?.id ?? "" } }
    await link.create([
      {
        [Modules.PRODUCT]: { product_id: product?.id ?? "" },
        [Modules.FULFILLMENT]: { shipping_profile_id: own.id },
      },
      { ...at, [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" } },
      { ...at, [Modules.FULFILLMENT]: { fulfillment_set_id: set.id } },
    ])
    await fulfillment.createShippingOptions({
      name: "Courier",
      price_type: ShippingOptionPriceType.FLAT,
      service_zone_id: set.service_zones[0]?.id ?? "",
      shipping_profile_id: own.id,
      provider_id: "manual_manual",
      type: { label: "Courier", description: "Courier", code: "courier" },
    })

    await drive({ orderId: order.id, packages: onePackage(order) })
    await drive({ orderId: order.id, packages: onePackage(order) })
    expect(await statusOf(shopee)).toBe("fulfilled")
    const options = await fulfillment.listShippingOptions({}, { relations: ["rules"] })
    expect(options.map(({ name, provider_id }) => [name, provider_id]).sort()).toEqual([
      ["Courier", "manual_manual"],
      ["Shopee logistics", "shopee_shopee"],
    ])
    const ours = options.find(({ name }) => name === "Shopee logistics")
    expect(ours?.rules).toEqual(
      expect.arrayContaining([expect.objectContaining({ attribute: "enabled_in_store", value: "false" })])
    )
    expect((await read(order.id)).fulfillments[0]?.provider_id).toBe("shopee_shopee")
  })
})
