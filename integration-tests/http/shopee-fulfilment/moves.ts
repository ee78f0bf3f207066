import type { FulfillmentDTO } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createWorkflow, transform, when } from "@medusajs/framework/workflows-sdk"
import type { OrderHold } from "../../../src/workflows/shopee/order-hold"
import { createFulfillmentsStep } from "../../../src/workflows/shopee/steps/create-fulfillments"
import { deliverFulfillmentsStep } from "../../../src/workflows/shopee/steps/deliver-fulfillments"
import { ensureFulfillmentSetupStep } from "../../../src/workflows/shopee/steps/ensure-fulfillment-setup"
import { ensureSalesChannelStep } from "../../../src/workflows/shopee/steps/ensure-sales-channel"
import { ensureStockLocationStep } from "../../../src/workflows/shopee/steps/ensure-stock-location"
import { shipFulfillmentsStep } from "../../../src/workflows/shopee/steps/ship-fulfillments"
import { shownOrder } from "../../support/admin-orders"
import { failStep } from "../../support/drive-fulfilment"
import { shopPart } from "../../support/shop-suite"
import { followOrders, stockOf } from "../../support/shopee-shop"

const DRAKE = "EMB-014-NM"
const SPRITE = "TID-102-LP"
const LINES = [
  { sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 2 },
  { sku: SPRITE, name: "Tide Sprite #102", price: 7.3, quantity: 1 },
]

/** Tables that a change of an order writes, with the column that names the order. */
const TABLES = {
  order: "id",
  order_item: "order_id",
  order_summary: "order_id",
  order_shipping: "order_id",
  order_change: "order_id",
  order_change_action: "order_id",
}
/** What differs between two orders of one kind. */
const OWN = /^(id|.*_id|.*_at|display_id|ordering|data|metadata|email)$/

interface Parcel {
  orderId: string
  fulfillmentId: string
  trackingNumber: string | null
}

interface PackedOrder {
  items: { id: string; quantity: number }[]
  fulfillments: { id: string }[]
}

/** An order that is to go into one parcel. */
interface Unpacked {
  orderId: string
  ordersn: string
  items: { lineId: string; quantity: number }[]
  hold?: OrderHold
}

interface Moves {
  pack?: Unpacked[]
  ship?: Parcel[]
  deliver?: Parcel[]
  /** A later step fails. */
  fail?: boolean
}

const hold = { syncId: "of-the-suite" }
const COUNTRY = "sg"

const moveWorkflow = createWorkflow("move-parcels-for-the-suite", function (input: Moves) {
  when("pack", input, ({ pack }) => pack !== undefined).then(() => {
    const locationId = ensureStockLocationStep({ salesChannelId: ensureSalesChannelStep() })
    createFulfillmentsStep({
      locationId,
      setups: ensureFulfillmentSetupStep({ locationId, countryCodes: [COUNTRY] }),
      orders: transform({ input }, ({ input: { pack = [] } }) =>
        pack.map(({ orderId, ordersn, items, hold: own = hold }) => ({
          orderId,
          hold: own,
          countryCode: COUNTRY,
          packages: [{ packageNumber: `OFG-${ordersn}`, items }],
        }))
      ),
    })
  })
  when("ship", input, ({ ship }) => ship !== undefined).then(() => {
    shipFulfillmentsStep({
      orders: transform({ input }, ({ input: { ship = [] } }) =>
        ship.map(({ orderId, ...parcel }) => ({ orderId, hold, shipments: [{ ...parcel, carrier: "SPX" }] }))
      ),
    })
  })
  when("deliver", input, ({ deliver }) => deliver !== undefined).then(() => {
    deliverFulfillmentsStep({
      orders: transform({ input }, ({ input: { deliver = [] } }) =>
        deliver.map(({ orderId, fulfillmentId }) => ({ orderId, hold, fulfillmentIds: [fulfillmentId] }))
      ),
    })
  })
  when("fail", input, ({ fail }) => fail === true).then(() => {
    failStep()
  })
})

/** A value without what makes it the one that it is: ids and times become "set" or null. */
function kindOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(kindOf)
  }
  if (typeof value !== "object" || value === null || value instanceof Date) {
    return value
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, field]): [string, unknown] => [
      name,
      OWN.test(name) ? (field === null ? null : "set") : kindOf(field),
    ])
  )
}

const sorted = (rows: unknown[]): string[] => rows.map((row) => JSON.stringify(kindOf(row))).sort()

export const moves = shopPart({ stock: { [DRAKE]: 20, [SPRITE]: 20 } }, (shop) => {
  const move = (moves: Moves) => moveWorkflow(shop.container).run({ input: moves })

  /** Orders of one kind, imported. */
  async function placed(count: number): Promise<Unpacked[]> {
    const orders = await Promise.all(
      Array.from({ length: count }, () =>
        shop.sandbox.control.createOrder({
          lines: LINES,
          shipping_fee: 1.99,
          buyer_fee: 0.77,
          seller_voucher: 1,
          push: false,
          status: "READY_TO_SHIP",
        })
      )
    )
    const ordersns = orders.map(({ order_sn }) => order_sn)
    await followOrders(shop.container, ...ordersns)
    return await Promise.all(
      ordersns.map(async (ordersn) => {
        const { id } = await shownOrder(shop.container, ordersn)
        const items = (await read(id)).items.map((line) => ({ lineId: line.id, quantity: line.quantity }))
        return { orderId: id, ordersn, items }
      })
    )
  }

  /** The one parcel of each order. */
  const parcelsOf = async (orders: Unpacked[]): Promise<(Parcel & { ordersn: string })[]> =>
    await Promise.all(
      orders.map(async ({ orderId, ordersn }) => ({
        orderId,
        fulfillmentId: (await read(orderId)).fulfillments[0]?.id ?? "",
        trackingNumber: `SPX-${ordersn}`,
        ordersn,
      }))
    )

  /** Orders of one kind, each packed into one parcel. */
  async function packed(count: number): Promise<(Parcel & { ordersn: string })[]> {
    const orders = await placed(count)
    for (const order of orders) {
      await move({ pack: [order] })
    }
    return await parcelsOf(orders)
  }

  const stocks = async () => await Promise.all([DRAKE, SPRITE].map((sku) => stockOf(shop.container, sku)))

  const fulfillmentCount = async () => (await shop.container.resolve(Modules.FULFILLMENT).listFulfillments({})).length

  /** What of an order has to be as before once a change was taken back. */
  const standOf = async (order: Pick<Parcel, "orderId">) => {
    const { order: head, order_item: lines } = await recordOf(order)
    return { head, lines, fulfillments: (await read(order.orderId)).fulfillments }
  }

  async function read(id: string): Promise<PackedOrder> {
    const { data } = await shop.container.resolve(ContainerRegistrationKeys.QUERY).graph({
      entity: "order",
      fields: ["id", "items.*", "fulfillments.id"],
      filters: { id },
    })
    const [order]: PackedOrder[] = data
    if (!order) {
      throw new Error(`Medusa has no order ${id}.`)
    }
    return order
  }

  const fulfillmentOf = async ({ fulfillmentId }: Parcel): Promise<FulfillmentDTO> =>
    await shop.container
      .resolve(Modules.FULFILLMENT)
      .retrieveFulfillment(fulfillmentId, { relations: ["labels", "items"] })

  const statusOf = async ({ ordersn }: { ordersn: string }) =>
    (await shownOrder(shop.container, ordersn)).fulfillment_status

  /** Every row of an order's record, as kinds. */
  async function recordOf({ orderId }: Pick<Parcel, "orderId">): Promise<Record<string, string[]>> {
    const record: Record<string, string[]> = {}
    for (const [table, column] of Object.entries(TABLES)) {
      const { rows }: { rows: unknown[] } = await shop.container
        .resolve(ContainerRegistrationKeys.PG_CONNECTION)
        .raw(`SELECT * FROM "${table}" WHERE ${column} = ? AND deleted_at IS NULL`, [orderId])
      record[table] = sorted(rows)
    }
    return record
  }

  /** Names of the events that a move emits, with how often each is. */
  async function eventsOf(moves: Moves): Promise<Map<string, number>> {
    const emit = jest.spyOn(shop.container.resolve(Modules.EVENT_BUS), "emit")
    await move(moves)
    const names = emit.mock.calls.flatMap(([messages]) => [messages].flat().map(({ name }) => name))
    emit.mockRestore()
    return new Map([...new Set(names)].sort().map((name) => [name, names.filter((each) => each === name).length]))
  }

  it("orders that move together have the record of one that moves alone, and emit its events", async () => {
    const [alone, ...together] = await packed(3)
    if (!alone) {
      throw new Error("No order was packed.")
    }
    for (const kind of ["ship", "deliver"] as const) {
      const one = await eventsOf({ [kind]: [alone] })
      const two = await eventsOf({ [kind]: together })

      expect(one.size).toBeGreaterThan(0)
      expect(two).toEqual(new Map([...one].map(([name, count]) => [name, count * 2])))
      const record = await recordOf(alone)
      for (const other of together) {
        expect(await recordOf(other)).toEqual(record)
        expect(sorted([await fulfillmentOf(other)])).toEqual(
          sorted([await fulfillmentOf(alone)]).map((row) => row.replaceAll(alone.ordersn, other.ordersn))
        )
        expect(await statusOf(other)).toBe(await statusOf(alone))
      }
    }
    expect(await statusOf(alone)).toBe("delivered")
  })

  it("orders that are packed together have record, parcel and events of one that is packed alone, and each takes its stock once", async () => {
    const [first, alone, ...together] = await placed(4)
    if (!first || !alone) {
      throw new Error("Two orders should be placed.")
    }
    await move({ pack: [first] }) // Sets the location up.
    const before = await stocks()
    const one = await eventsOf({ pack: [alone] })
    const two = await eventsOf({ pack: together })

    expect(one.size).toBeGreaterThan(0)
    // What is written at once for all orders is one event: links, and the levels of cards that several of them take.
    const perOrder = ([name]: [string, number]) => !/^Link|inventory-level/.test(name)
    expect([...two].filter(perOrder)).toEqual([...one].filter(perOrder).map(([name, count]) => [name, count * 2]))
    expect([...two.keys()]).toEqual([...one.keys()])
    const [parcel, ...others] = await parcelsOf([alone, ...together])
    if (!parcel) {
      throw new Error("No order was packed.")
    }
    const [record, fulfillment] = [await recordOf(parcel), sorted([await fulfillmentOf(parcel)])]
    for (const other of others) {
      expect(await recordOf(other)).toEqual(record)
      expect(sorted([await fulfillmentOf(other)])).toEqual(fulfillment)
      expect(await fulfillmentOf(other)).toMatchObject({ data: { package_number: `OFG-${other.ordersn}` } })
      expect(await statusOf(other)).toBe("fulfilled")
    }
    expect(before).toMatchObject([{ reserved: 6 }, { reserved: 3 }])
    expect(await stocks()).toEqual([
      { stocked: (before[0]?.stocked ?? 0) - 6, reserved: 0 },
      { stocked: (before[1]?.stocked ?? 0) - 3, reserved: 0 },
    ])
  })

  it.each([
    [
      "one of them can't be packed",
      async (order: Unpacked) => ({ ...order, items: [{ lineId: "none", quantity: 1 }] }),
      false,
    ],
    ["a later step fails", async (order: Unpacked) => order, true],
  ])("packed orders are as before when %s, and are packed afterwards", async (_, spoil, fail) => {
    const orders = await placed(2)
    const [before, stock] = [await Promise.all(orders.map(standOf)), await stocks()]
    const [first, second] = orders
    if (!first || !second) {
      throw new Error("Two orders should be placed.")
    }

    await expect(move({ pack: [first, await spoil(second)], fail })).rejects.toBeDefined()

    expect(await Promise.all(orders.map(standOf))).toEqual(before)
    expect([await stocks(), await fulfillmentCount()]).toEqual([stock, 0])
    await move({ pack: orders })
    expect(await Promise.all(orders.map(statusOf))).toEqual(["fulfilled", "fulfilled"])
    expect((await stocks()).map(({ reserved }) => reserved)).toEqual([0, 0])
  })

  it("an order that another worker has taken over is left to it, and the others are as before", async () => {
    const [kept, lost] = await placed(2)
    if (!kept || !lost) {
      throw new Error("Two orders should be placed.")
    }
    const [before, stock] = [await standOf(kept), await stocks()]

    const pack = [kept, { ...lost, hold: { syncId: "of-another", claimId: "that-is-gone" } }]
    await expect(move({ pack })).rejects.toMatchObject({ message: expect.stringMatching(/another worker's hands/) })

    expect([await standOf(kept), await stocks()]).toEqual([before, stock])
    // The other worker finds a parcel that is recorded, and finishes it: its stock goes once.
    await move({ pack: [kept, lost] })
    expect([await statusOf(kept), await statusOf(lost), await fulfillmentCount()]).toEqual([
      "fulfilled",
      "fulfilled",
      2,
    ])
    expect((await stocks()).map(({ stocked }, index) => (stock[index]?.stocked ?? 0) - stocked)).toEqual([4, 2])
  })

  it("when one parcel can't be written, none has moved and none is recorded; all move afterwards", async () => {
    const parcels = await packed(2)
    const before = await Promise.all(parcels.map(recordOf))
    const unwritable = parcels.map((parcel, index) => ({ ...parcel, trackingNumber: index === 1 ? "\u0000" : "SPX-1" }))

    await expect(move({ ship: unwritable })).rejects.toBeDefined()

    for (const [index, parcel] of parcels.entries()) {
      expect(await fulfillmentOf(parcel)).toMatchObject({ shipped_at: null, labels: [] })
      const { order, order_item } = await recordOf(parcel)
      expect({ order, order_item }).toEqual({ order: before[index]?.order, order_item: before[index]?.order_item })
    }
    await move({ ship: parcels })
    for (const parcel of parcels) {
      expect(await statusOf(parcel)).toBe("shipped")
    }
  })

  it("an order whose record somebody else has open keeps none of the others' parcels half moved", async () => {
    const [free, taken] = await packed(2)
    if (!free || !taken) {
      throw new Error("Two orders should be packed.")
    }
    const orders = shop.container.resolve(Modules.ORDER)
    const open = await orders.createOrderChange({ order_id: taken.orderId, created_by: "somebody" })
    const before = await recordOf(free)

    await expect(move({ ship: [free, taken] })).rejects.toMatchObject({
      message: expect.stringMatching(/existing active order change/),
    })

    expect(await recordOf(free)).toEqual(before)
    await orders.cancelOrderChange(open.id)
    await move({ ship: [free, taken] })
    expect([await statusOf(free), await statusOf(taken)]).toEqual(["shipped", "shipped"])
  })
})
