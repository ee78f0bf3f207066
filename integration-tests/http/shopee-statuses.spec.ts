import type { OrderSpec } from "../../sandbox/control-client"
import { drainInbox } from "../../src/modules/connectors/shopee/inbox/drain"
import { AdminApi } from "../../demo/admin-api"
import { logIn } from "../support/log-in"
import { shopSuite, type SuiteShop } from "../support/shop-suite"
import { callsAboutOrders, lookAgain, stockOf } from "../support/shopee-shop"

const DRAKE = "EMB-014-NM"
const SPRITE = "TID-102-LP"
const LINES = [
  { sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 2 },
  { sku: SPRITE, name: "Tide Sprite #102", price: 7.3, quantity: 1 },
]
/** 2 × 12.50 + 7.30 + 1.99 shipping. */
const TOTAL = 34.29

interface Scenario {
  name: string
  /** Statuses after UNPAID, one after the other. */
  way: string[]
  spec?: Partial<OrderSpec>
  packages?: number
  order: { status: string; payment: string; fulfillment: string; total: number }
  /** Of the two drakes: taken from the stock, and reserved in it. */
  drakes: { taken: number; reserved: number }
  /** What is different when nothing was heard before the end. */
  firstSeen?: Partial<Scenario["order"]>
  /** Every parcel has the tracking number that push 4 told. */
  tracked?: boolean
  exception?: string
}

const open = { status: "pending", total: TOTAL }
const held = { taken: 0, reserved: 2 }
const gone = { taken: 2, reserved: 0 }
const back = { taken: 0, reserved: 0 }
const PACKED = ["READY_TO_SHIP", "PROCESSED"]
const SHIPPED = [...PACKED, "SHIPPED"]
const ARRIVED = [...SHIPPED, "TO_CONFIRM_RECEIVE"]
/** Medusa takes what was refunded off an order's total; nothing is refunded of one that was never paid in Medusa. */
const off = { status: "canceled", total: 0 }

/** The status contract, row by row (product paper §6.1). */
const SCENARIOS: Scenario[] = [
  { name: "UNPAID", way: [], order: { ...open, payment: "not_paid", fulfillment: "not_fulfilled" }, drakes: held },
  {
    ...{ name: "READY_TO_SHIP", way: ["READY_TO_SHIP"], drakes: held },
    order: { ...open, payment: "captured", fulfillment: "not_fulfilled" },
  },
  {
    ...{ name: "PROCESSED", way: PACKED, drakes: gone },
    order: { ...open, payment: "captured", fulfillment: "fulfilled" },
  },
  {
    ...{ name: "PROCESSED, two packages", way: PACKED, packages: 2, drakes: gone },
    order: { ...open, payment: "captured", fulfillment: "fulfilled" },
  },
  {
    ...{ name: "RETRY_SHIP", way: [...PACKED, "RETRY_SHIP"], drakes: gone },
    order: { ...open, payment: "captured", fulfillment: "fulfilled" },
  },
  {
    ...{ name: "SHIPPED", way: SHIPPED, drakes: gone, tracked: true },
    order: { ...open, payment: "captured", fulfillment: "shipped" },
  },
  {
    ...{ name: "SHIPPED, two packages", way: SHIPPED, packages: 2, drakes: gone, tracked: true },
    order: { ...open, payment: "captured", fulfillment: "shipped" },
  },
  {
    ...{ name: "TO_CONFIRM_RECEIVE", way: ARRIVED, drakes: gone, tracked: true },
    order: { ...open, payment: "captured", fulfillment: "delivered" },
  },
  {
    ...{ name: "COMPLETED", way: [...ARRIVED, "COMPLETED"], drakes: gone, tracked: true },
    order: { status: "completed", total: TOTAL, payment: "captured", fulfillment: "delivered" },
  },
  {
    ...{ name: "cash on delivery, on its way", way: ["PROCESSED", "SHIPPED"], spec: { cod: true }, drakes: gone },
    ...{ order: { ...open, payment: "not_paid", fulfillment: "shipped" }, tracked: true },
  },
  {
    ...{ name: "cash on delivery, COMPLETED", spec: { cod: true }, drakes: gone, tracked: true },
    way: ["PROCESSED", "SHIPPED", "TO_CONFIRM_RECEIVE", "COMPLETED"],
    order: { status: "completed", total: TOTAL, payment: "captured", fulfillment: "delivered" },
  },
  {
    ...{ name: "CANCELLED before it was paid", way: ["CANCELLED"], drakes: back },
    order: { ...off, payment: "canceled", fulfillment: "not_fulfilled", total: TOTAL },
  },
  {
    ...{ name: "CANCELLED after it was paid", way: ["READY_TO_SHIP", "CANCELLED"], drakes: back },
    order: { ...off, payment: "refunded", fulfillment: "not_fulfilled" },
    firstSeen: { payment: "canceled", total: TOTAL },
  },
  {
    ...{ name: "CANCELLED after it was packed", way: [...PACKED, "CANCELLED"], drakes: back },
    order: { ...off, payment: "refunded", fulfillment: "canceled" },
    firstSeen: { payment: "canceled", fulfillment: "not_fulfilled", total: TOTAL },
  },
  {
    ...{ name: "CANCELLED after it was shipped", way: [...SHIPPED, "CANCELLED"], drakes: gone, tracked: true },
    order: { ...open, payment: "refunded", fulfillment: "shipped", total: 0 },
    exception: "cancelled_after_shipping",
  },
  {
    ...{ name: "IN_CANCEL", way: ["READY_TO_SHIP", "IN_CANCEL"], drakes: held },
    order: { ...open, payment: "captured", fulfillment: "not_fulfilled" },
  },
  {
    ...{ name: "IN_CANCEL that was refused", way: [...PACKED, "IN_CANCEL", "PROCESSED"], drakes: gone },
    order: { ...open, payment: "captured", fulfillment: "fulfilled" },
  },
  {
    ...{ name: "TO_RETURN", way: [...ARRIVED, "TO_RETURN"], drakes: gone, tracked: true },
    order: { ...open, payment: "captured", fulfillment: "delivered" },
  },
  {
    ...{ name: "a status of next year", way: ["READY_TO_SHIP", "NEXT_YEARS_STATUS"], drakes: held },
    order: { ...open, payment: "captured", fulfillment: "not_fulfilled" },
  },
]

interface ShownOrder {
  status: string
  payment_status: string
  fulfillment_status: string
  total: number
  original_total: number
  items: { id: string; variant_sku: string | null }[]
  fulfillments: { canceled_at: string | null; labels: { tracking_number: string }[] }[]
  custom_display_id: string
}

/** Every row of the status contract, heard step by step and heard at its end alone, as the operator reads it in Medusa's Admin. */
shopSuite({ stock: { [DRAKE]: 100, [SPRITE]: 100 } }, (shop: SuiteShop) => {
  let admin: AdminApi

  beforeEach(async () => {
    const { email } = await logIn(shop.container, shop.url, "ann@shop.example")
    admin = new AdminApi(shop.url)
    await admin.login(email, "a-password-of-the-suites")
  })

  /** @returns the order at Shopee, and the calls that its last look took */
  async function live({ way, spec, packages }: Scenario, isHeardThroughout: boolean) {
    const { order_sn } = await shop.sandbox.control.createOrder({
      lines: LINES,
      shipping_fee: 1.99,
      push: false,
      ...spec,
    })
    if (isHeardThroughout) {
      await shop.follow(order_sn)
    }
    for (const status of way) {
      const options = { force: true, ...(status === "PROCESSED" && packages ? { packages } : {}) }
      const moved = await shop.move(order_sn, status, options)
      await shop.tellTracking(moved)
      if (isHeardThroughout) {
        await shop.follow(order_sn)
      }
    }
    await shop.sandbox.control.resetCalls()
    await lookAgain(shop.container, [order_sn])
    await drainInbox(shop.container)
    return { order: await shop.sandbox.control.order(order_sn), calls: await callsAboutOrders(shop.sandbox) }
  }

  async function shown(ordersn: string): Promise<ShownOrder> {
    const { orders } = await admin.get<{ orders: ShownOrder[] }>("/admin/orders", {
      q: ordersn,
      fields:
        "status,payment_status,fulfillment_status,total,original_total,custom_display_id,*items,*fulfillments,*fulfillments.labels",
    })
    const [order, ...others] = orders.filter(({ custom_display_id: id }) => id === `SHP-${ordersn}`)
    if (!order || others.length > 0) {
      throw new Error(`Medusa has ${order ? others.length + 1 : 0} orders of ${ordersn}.`)
    }
    return order
  }

  async function reservedFor({ items }: ShownOrder): Promise<number> {
    const line = items.find(({ variant_sku }) => variant_sku === DRAKE)
    const { reservations } = await admin.get<{ reservations: { quantity: number }[] }>("/admin/reservations", {
      "line_item_id[]": line?.id ?? "",
    })
    return reservations.reduce((all, { quantity }) => all + quantity, 0)
  }

  it.each(SCENARIOS)("$name", async (scenario) => {
    for (const isHeardThroughout of [true, false]) {
      const before = await stockOf(shop.container, DRAKE)
      const { order, calls } = await live(scenario, isHeardThroughout)
      const medusa = await shown(order.order_sn)
      expect({
        status: medusa.status,
        payment: medusa.payment_status,
        fulfillment: medusa.fulfillment_status,
        total: medusa.total,
      }).toEqual(
        isHeardThroughout || !scenario.firstSeen ? scenario.order : { ...scenario.order, ...scenario.firstSeen }
      )
      expect(medusa.original_total).toBe(TOTAL)

      const after = await stockOf(shop.container, DRAKE)
      expect({ taken: before.stocked - after.stocked, reserved: after.reserved - before.reserved }).toEqual(
        scenario.drakes
      )
      expect(await reservedFor(medusa)).toBe(scenario.drakes.reserved)
      const parcels = medusa.fulfillments.filter(({ canceled_at }) => canceled_at === null)
      expect(parcels).toHaveLength(scenario.drakes.taken > 0 ? (scenario.packages ?? 1) : 0)
      expect(parcels.flatMap(({ labels }) => labels.map(({ tracking_number: number }) => number)).sort()).toEqual(
        scenario.tracked ? order.packages.map(({ tracking_number: number }) => number).sort() : []
      )
      expect(calls).toMatchObject({ get_order_detail: 1 })
    }
    expect((await shop.exceptions({ status: "open" })).map(({ error_class }) => error_class)).toEqual(
      scenario.exception ? [scenario.exception, scenario.exception] : []
    )
  })
})
