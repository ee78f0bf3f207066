import { ContainerRegistrationKeys, MathBN } from "@medusajs/framework/utils"
import type { LineSpec, OrderSpec, SandboxOrder } from "../../../sandbox/control-client"
import { BUYER_FEE_TITLE, DISCOUNT_DESCRIPTION } from "../../../src/modules/connectors/shopee/mappers/order-import"
import { shopPart } from "../../support/shop-suite"
import { shownOrder, shownOrders } from "../../support/admin-orders"
import { stockOf } from "../../support/shopee-shop"

const DRAKE = "EMB-014-NM"
const SPRITE = "TID-102-LP"
const BOX = "BOX-OGN-36"

const line = (sku: string, price: number, quantity = 1, fields: Partial<LineSpec> = {}): LineSpec => ({
  ...{ sku, name: `Card ${sku}`, price, quantity },
  ...fields,
})

const usual = [line(DRAKE, 12.5, 2), line(SPRITE, 7.3)]
const thirds = [line(DRAKE, 3.33), line(SPRITE, 3.33), line(BOX, 3.33)]

/** Whatever a buyer of a Singapore card shop can bring into an order's total (product paper §6.2). */
const SCENARIOS: [string, Partial<OrderSpec>][] = [
  ["plain", {}],
  [
    "a bundle deal, whose lines Shopee prices at 0",
    { lines: [line(DRAKE, 9.1, 2, { bundle: true, original_price: 12.5 }), line(SPRITE, 5, 1, { bundle: true })] },
  ],
  [
    "an add-on deal with a free gift",
    {
      lines: [
        line(BOX, 189.9),
        line(SPRITE, 3.5, 1, { add_on: true }),
        line(DRAKE, 0, 1, { add_on: true, original_price: 12.5 }),
      ],
    },
  ],
  ["a wholesale price", { lines: [line(DRAKE, 11.07, 12, { wholesale: true, original_price: 12.5 })] }],
  ["a voucher of the shop", { seller_voucher: 3.33 }],
  ["a voucher of Shopee's", { shopee_voucher: 5 }],
  ["coins", { coins: 0.07 }],
  ["everything at once", { seller_voucher: 1.01, shopee_voucher: 2.5, coins: 0.29, buyer_fee: 0.5 }],
  ["free shipping", { shipping_discount: 1.99 }],
  ["no shipping fee at all", { shipping_fee: 0 }],
  ["a buyer fee", { buyer_fee: 0.77 }],
  ["a bottle deposit", { bottle_deposit: 0.2 }],
  ["a voucher larger than the goods", { seller_voucher: 33 }],
  ["nothing to pay", { seller_voucher: 34.29 }],
  ["one cent off three equal lines", { lines: thirds, coins: 0.01 }],
  ["one cent more than its parts", { lines: thirds, buyer_fee: 0.01 }],
  ["two cents off three equal lines", { lines: thirds, shopee_voucher: 0.02 }],
  [
    "a currency without decimals",
    {
      ...{ currency: "VND", region: "VN", shipping_fee: 15_000, shopee_voucher: 10_001 },
      lines: [line(DRAKE, 52_600), line(SPRITE, 17_500, 3)],
    },
  ],
  ["cash on delivery", { cod: true, coins: 0.11 }],
]

interface Adjusted {
  adjustments?: { amount: number; description: string | null; code: string | null }[] | null
}

interface MoneyRow {
  items: (Adjusted & { title: string; unit_price: number; quantity: number })[]
  shipping_methods: (Adjusted & { amount: number })[]
  payment_collections: { amount: number; captured_amount: number | null }[]
  summary: { current_order_total: number }
}

const sum = (amounts: (number | null)[]): number =>
  amounts.reduce<number>((all, amount) => MathBN.add(all, amount ?? 0).toNumber(), 0)

export const totals = shopPart({ stock: { [DRAKE]: 500, [SPRITE]: 500, [BOX]: 500 } }, (shop) => {
  const exceptions = () => shop.exceptions({ status: "open" })

  const spec = (fields: Partial<OrderSpec>): OrderSpec => ({
    lines: usual,
    shipping_fee: 1.99,
    push: false,
    ...fields,
  })

  const follow = (orders: SandboxOrder[]) => shop.follow(...orders.map(({ order_sn }) => order_sn))

  async function moneyOf(ordersn: string): Promise<MoneyRow> {
    const { data } = await shop.container.resolve(ContainerRegistrationKeys.QUERY).graph({
      entity: "order",
      fields: [
        ...["total", "summary.*", "items.*", "items.adjustments.*", "shipping_methods.*"],
        ...["shipping_methods.adjustments.*", "payment_collections.amount", "payment_collections.captured_amount"],
      ],
      filters: { custom_display_id: `SHP-${ordersn}` },
    })
    const [row]: MoneyRow[] = data
    if (!row) {
      throw new Error(`Medusa has no order ${ordersn}.`)
    }
    return row
  }

  /** What lines and shipping come to, before Shopee says what was paid. */
  const listTotal = (order: SandboxOrder): number =>
    sum([
      order.amounts.shipping_fee,
      ...order.item_list.map(
        ({ model_discounted_price, model_original_price, promotion_type, model_quantity_purchased }) =>
          MathBN.mult(
            promotion_type === "bundle_deal" ? model_original_price : model_discounted_price,
            model_quantity_purchased
          ).toNumber()
      ),
    ])

  /** Both totals, with what names their difference, in one shape for each side. */
  async function comparison(order: SandboxOrder) {
    const total = order.amounts.total
    const remainder = MathBN.sub(total, listTotal(order)).toNumber()
    const { items, shipping_methods, payment_collections, summary } = await moneyOf(order.order_sn)
    const shown = await shownOrder(shop.container, order.order_sn)
    const adjustments = [...items, ...shipping_methods].flatMap((row) => row.adjustments ?? [])
    const isCaptured = !order.cod
    return {
      expected: {
        total,
        stored: total,
        collected: total,
        captured: isCaptured ? total : 0,
        payment: isCaptured ? "captured" : "not_paid",
        discount: Math.max(-remainder, 0),
        names: remainder < 0 ? [DISCOUNT_DESCRIPTION] : [],
        fee: Math.max(remainder, 0),
      },
      actual: {
        total: shown.total,
        stored: sum([summary.current_order_total]),
        collected: sum(payment_collections.map(({ amount }) => amount)),
        captured: sum(payment_collections.map(({ captured_amount }) => captured_amount)),
        payment: shown.payment_status,
        discount: sum(adjustments.map(({ amount }) => amount)),
        names: [...new Set(adjustments.map(({ description, code }) => [description, code].filter(Boolean).join(" ")))],
        fee: sum(items.filter(({ title }) => title === BUYER_FEE_TITLE).map(({ unit_price }) => unit_price)),
      },
    }
  }

  it("every total equals Shopee's to the cent before and after payment, and the difference has a name", async () => {
    const unpaid = await shop.sandbox.control.createOrders(SCENARIOS.map(([, fields]) => spec(fields)))
    await follow(unpaid)
    for (const [index, order] of unpaid.entries()) {
      const { total } = await shownOrder(shop.container, order.order_sn)
      const expected = order.cod ? order.total_amount : listTotal(order)
      expect([SCENARIOS[index]?.[0], total]).toEqual([SCENARIOS[index]?.[0], expected])
    }

    const paid: SandboxOrder[] = []
    for (const { order_sn, cod } of unpaid) {
      paid.push(cod ? await shop.sandbox.control.order(order_sn) : await shop.move(order_sn, "READY_TO_SHIP"))
    }
    const straight = await shop.sandbox.control.createOrders(
      SCENARIOS.map(([, fields]) => spec({ ...fields, status: "READY_TO_SHIP" }))
    )
    await follow([...paid, ...straight])
    for (const [index, order] of [...paid, ...straight].entries()) {
      const scenario = SCENARIOS[index % SCENARIOS.length]?.[0]
      const { expected, actual } = await comparison(order)
      expect([scenario, actual]).toEqual([scenario, expected])
      expect(expected.total).toBe(order.total_amount)
    }
    expect(await exceptions()).toEqual([])
  })

  it("a fee that comes to cash on delivery after its parcels were packed is on the order, which is packed, shipped and delivered whole", async () => {
    const { order_sn } = await shop.sandbox.control.createOrder(spec({ cod: true, status: "READY_TO_SHIP" }))
    await shop.move(order_sn, "PROCESSED")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ fulfillment_status: "fulfilled" })

    const { total_amount } = await shop.sandbox.control.updateOrder(order_sn, { buyer_fee: 0.77 })
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({
      ...{ fulfillment_status: "fulfilled", payment_status: "not_paid", total: total_amount },
      items: expect.arrayContaining([expect.objectContaining({ title: BUYER_FEE_TITLE, unit_price: 0.77 })]),
    })
    await shop.sandbox.control.updateOrder(order_sn, { buyer_fee: 0 })
    await shop.move(order_sn, "SHIPPED")
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({ fulfillment_status: "shipped", total: 34.29 })
    for (const status of ["TO_CONFIRM_RECEIVE", "COMPLETED"]) {
      await shop.move(order_sn, status)
    }
    await shop.follow(order_sn)
    expect(await shownOrder(shop.container, order_sn)).toMatchObject({
      ...{ status: "completed", fulfillment_status: "delivered", payment_status: "captured", total: 34.29 },
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 498, reserved: 0 })
    expect(await exceptions()).toEqual([])
  })

  it("a paid order without a usable total is held with its reason, beside others that flow, until Shopee tells one", async () => {
    const unusable = [null, -0.01, "NaN", "a lot", "Infinity"]
    const held = await shop.sandbox.control.createOrders(
      unusable.map((total_amount) => spec({ status: "READY_TO_SHIP", detail_overrides: { total_amount } }))
    )
    const [good] = await shop.sandbox.control.createOrders([spec({ status: "READY_TO_SHIP" })])
    if (!good) {
      throw new Error("The sandbox made no order.")
    }
    await follow([...held, good])
    expect((await shownOrder(shop.container, good.order_sn)).total).toBe(good.total_amount)
    for (const { order_sn } of held) {
      expect(await shownOrders(shop.container, order_sn)).toEqual([])
    }
    const open = await exceptions()
    expect(open.map(({ ordersn }) => ordersn).sort()).toEqual(held.map(({ order_sn }) => order_sn).sort())
    for (const { error_class, error_message, details } of open) {
      expect(error_class).toBe("normalization_failed")
      expect(error_message).toContain("`total_amount` is missing, negative or not a number")
      expect(details).toMatchObject({ field: "total_amount" })
    }

    for (const { order_sn, amounts } of held) {
      await shop.sandbox.control.updateOrder(order_sn, { detail_overrides: { total_amount: amounts.total } })
    }
    await follow(held)
    for (const { order_sn, amounts } of held) {
      expect((await shownOrder(shop.container, order_sn)).total).toBe(amounts.total)
    }
    expect(await exceptions()).toEqual([])
  })
})
