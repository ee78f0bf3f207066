import type { FulfillmentDTO } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createWorkflow, transform, when } from "@medusajs/framework/workflows-sdk"
import { deliverFulfillmentsStep } from "../../src/workflows/shopee/steps/deliver-fulfillments"
import { shipFulfillmentsStep } from "../../src/workflows/shopee/steps/ship-fulfillments"
import { shownOrder } from "../support/admin-orders"
import { driveWorkflow } from "../support/drive-fulfilment"
import { shopSuite } from "../support/shop-suite"
import { followOrders } from "../support/shopee-shop"

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

interface Moves {
  ship?: Parcel[]
  deliver?: Parcel[]
}

const hold = { syncId: "of-the-suite" }

const moveWorkflow = createWorkflow("move-parcels-for-the-suite", function (input: Moves) {
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

shopSuite({ stock: { [DRAKE]: 20, [SPRITE]: 20 } }, (shop) => {
  const move = (moves: Moves) => moveWorkflow(shop.container).run({ input: moves })

  /** Orders of one kind, each packed into one parcel. */
  async function packed(count: number): Promise<(Parcel & { ordersn: string })[]> {
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
    const parcels: (Parcel & { ordersn: string })[] = []
    for (const ordersn of ordersns) {
      const { id } = await shownOrder(shop.container, ordersn)
      const items = (await read(id)).items.map((line) => ({ lineId: line.id, quantity: line.quantity }))
      await driveWorkflow(shop.container).run({
        input: { orderId: id, packages: [{ packageNumber: `OFG-${ordersn}`, items }] },
      })
      const fulfillmentId = (await read(id)).fulfillments[0]?.id ?? ""
      parcels.push({ orderId: id, fulfillmentId, trackingNumber: `SPX-${ordersn}`, ordersn })
    }
    return parcels
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
  async function recordOf({ orderId }: Parcel): Promise<Record<string, string[]>> {
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
