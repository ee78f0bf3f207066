import { authorizedSdk, CARD, orderOf, refusal, SHOP_ID, startWorld, type World } from "./world"
import type { OrderSpec } from "../control-client"
import type { ShopeeSDK } from "@congminh1254/shopee-sdk" with { "resolution-mode": "import" }

const DAY = 86_400

/** A settlement as far as its arithmetic goes. */
interface Settlement {
  order_sn: string
  order_income: Record<string, number> & { items: Record<string, number>[]; order_adjustment: { amount: number }[] }
  buyer_payment_info: Record<string, number>
}

describe("escrow over the API", () => {
  let world: World
  let sdk: ShopeeSDK
  beforeAll(async () => {
    world = await startWorld({ escrowReleaseDelay: 3 * DAY })
    sdk = await authorizedSdk(world.sandbox)
  })
  afterAll(() => world.close())
  beforeEach(() => world.sandbox.control.reset({ keepTokens: true }))

  const settlement = async (orderSn: string): Promise<Settlement> => {
    const answer = await sdk.payment.getEscrowDetail({ order_sn: orderSn })
    return JSON.parse(JSON.stringify(answer.response))
  }
  const released = async (more: object = {}) => {
    const { now } = await world.sandbox.control.health()
    const answer = await sdk.payment.getEscrowList({ release_time_from: now - 30 * DAY, release_time_to: now, ...more })
    return answer.response
  }

  it.each<[string, Partial<OrderSpec>]>([
    ["a plain order", {}],
    ["vouchers, coins and a buyer fee", { seller_voucher: 1.33, shopee_voucher: 2, coins: 0.47, buyer_fee: 0.31 }],
    ["free shipping and a bottle deposit", { shipping_discount: 1.99, bottle_deposit: 0.2 }],
    [
      "a bundle and an odd voucher",
      {
        seller_voucher: 1,
        lines: [
          { sku: "A", name: "A", price: 3.33, original_price: 4, quantity: 3, bundle: true },
          { sku: "B", name: "B", price: 0.01, quantity: 1 },
          { sku: "C", name: "C", price: 19.99, quantity: 7 },
        ],
      },
    ],
  ])("adds up to the cent for %s", async (_, spec) => {
    const order = await world.sandbox.control.createOrder(orderOf({ status: "READY_TO_SHIP", ...spec }))
    const { order_income: income, buyer_payment_info: payment } = await settlement(order.order_sn)
    const cents = (...amounts: (number | undefined)[]) =>
      amounts.reduce<number>((sum, amount) => sum + Math.round((amount ?? Number.NaN) * 100), 0)
    const minus = (amount: number | undefined) => -(amount ?? Number.NaN)

    expect(cents(income.escrow_amount)).toBe(
      cents(
        income.original_cost_of_goods_sold,
        minus(income.voucher_from_seller),
        income.buyer_paid_shipping_fee,
        income.shopee_shipping_rebate,
        income.bcrs_deposit,
        minus(income.commission_fee),
        minus(income.service_fee),
        minus(income.seller_transaction_fee)
      )
    )
    expect(income.commission_fee).toBeGreaterThan(0)
    expect(income.credit_card_transaction_fee).toBe(income.seller_transaction_fee)
    expect(income.buyer_total_amount).toBe(order.total_amount)
    expect(cents(payment.buyer_total_amount)).toBe(
      cents(
        payment.merchant_subtotal,
        payment.shipping_fee,
        payment.bcrs_deposit,
        payment.buyer_service_fee,
        payment.seller_voucher,
        payment.shopee_voucher,
        payment.shopee_coins_redeemed
      )
    )
    const lineSum = (field: string) => cents(...income.items.map((item) => item[field]))
    expect(lineSum("selling_price")).toBe(cents(income.order_selling_price))
    expect(lineSum("original_price")).toBe(cents(income.original_price))
    expect(lineSum("discount_from_voucher_seller")).toBe(cents(income.voucher_from_seller))
    expect(lineSum("discount_from_voucher_shopee")).toBe(cents(income.voucher_from_shopee))
    expect(lineSum("discount_from_coin")).toBe(cents(income.coins))
  })

  it("holds line totals where the order detail holds prices per piece", async () => {
    const { order_sn, item_list } = await world.sandbox.control.createOrder(orderOf())
    expect(item_list[0]).toMatchObject({ model_discounted_price: 12.5, model_quantity_purchased: 2 })
    expect((await settlement(order_sn)).order_income.items[0]).toMatchObject({
      selling_price: 25,
      quantity_purchased: 2,
    })
  })

  it("settles a cancelled order at nothing and lessens a partly returned one", async () => {
    const { control } = world.sandbox
    const cancelled = await control.createOrder(orderOf({ status: "CANCELLED" }))
    expect((await settlement(cancelled.order_sn)).order_income).toMatchObject({
      escrow_amount: 0,
      buyer_total_amount: 0,
    })
    const returned = await control.createOrder(orderOf({ status: "TO_RETURN" }))
    const before = (await settlement(returned.order_sn)).order_income.escrow_amount ?? 0
    await control.updateOrder(returned.order_sn, { lines: [{ index: 0, returned_qty: 1 }] })
    const { order_income } = await settlement(returned.order_sn)
    expect(order_income).toMatchObject({ seller_return_refund: -12.5, original_cost_of_goods_sold: 25 })
    expect(order_income.escrow_amount).toBeLessThan(before - 11)
  })

  it("answers the batch as a list, without the orders it doesn't know, up to 50", async () => {
    const orders = await world.sandbox.control.createOrders(Array.from({ length: 51 }, () => orderOf({ push: false })))
    const sns = orders.map((order) => order.order_sn)
    const answer = await sdk.payment.getEscrowDetailBatch({ order_sn_list: [...sns.slice(0, 49), "261101UNKNOWN0"] })
    const details: { escrow_detail: Settlement }[] = JSON.parse(JSON.stringify(answer.response))
    expect(details.map((entry) => entry.escrow_detail.order_sn)).toEqual(sns.slice(0, 49))
    expect(details[0]?.escrow_detail).toEqual(await settlement(sns[0] ?? ""))
    expect(await refusal(sdk.payment.getEscrowDetailBatch({ order_sn_list: sns }))).toMatchObject({
      error: "exceed_max_limit",
    })
    expect(await refusal(sdk.payment.getEscrowDetail({ order_sn: "261101UNKNOWN0" }))).toMatchObject({
      error: "order_not_found",
    })
  })

  it("lists an order once its release time has come, with the payout and that time", async () => {
    const { control } = world.sandbox
    const order = await control.createOrder(orderOf({ status: "TO_CONFIRM_RECEIVE" }))
    const completed = await control.moveOrder(order.order_sn, "COMPLETED")
    await control.advanceClock(3 * DAY - 60)
    expect((await released()).escrow_list).toEqual([])
    await control.advanceClock(120)
    expect((await released()).escrow_list).toEqual([
      {
        order_sn: order.order_sn,
        payout_amount: completed.escrow.escrow_amount,
        escrow_release_time: completed.update_time + 3 * DAY,
      },
    ])
    expect((await control.order(order.order_sn)).escrow).toMatchObject({
      payout_amount: completed.escrow.escrow_amount,
    })
  })

  it("pays nothing out for an order that went back before its release", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: "COMPLETED" }))
    await control.moveOrder(order_sn, "TO_RETURN")
    await control.advanceClock(4 * DAY)
    expect((await released()).escrow_list).toEqual([])
  })

  it("pages the releases to the end and refuses a page of 101", async () => {
    const { control } = world.sandbox
    const completedAt = Math.floor(Date.now() / 1000) - 5 * DAY
    const orders = await control.createOrders(
      Array.from({ length: 45 }, (_, index) =>
        orderOf({ status: "COMPLETED", create_time: completedAt + index, push: false })
      )
    )
    await control.advanceClock(0)
    const seen: string[] = []
    for (let pageNo = 1, more = true; more; pageNo++) {
      const page = await released({ page_no: pageNo, page_size: 20 })
      seen.push(...page.escrow_list.map((entry) => entry.order_sn))
      more = page.more
    }
    expect(seen).toEqual(orders.map((order) => order.order_sn).reverse())
    expect((await released()).escrow_list).toHaveLength(40)
    expect(await refusal(released({ page_size: 101 }))).toMatchObject({ error: "error_param" })
    const firstRelease = completedAt + 3 * DAY
    expect(
      (await released({ release_time_from: firstRelease, release_time_to: firstRelease })).escrow_list
    ).toHaveLength(1)
  })

  it("picks up adjustments, also after the payout, without changing the payout", async () => {
    const { control } = world.sandbox
    const { order_sn, escrow } = await control.createOrder(orderOf({ lines: [CARD], status: "COMPLETED" }))
    await control.advanceClock(3 * DAY + 1)
    await control.addAdjustment(order_sn, -5.25, "Return after completion")
    await control.addAdjustment(order_sn, 1)
    const { order_income } = await settlement(order_sn)
    expect(order_income.order_adjustment).toMatchObject([{ amount: -5.25, currency: "SGD" }, { amount: 1 }])
    expect(order_income.total_adjustment_amount).toBe(-4.25)
    expect(order_income.escrow_amount_after_adjustment).toBeCloseTo(escrow.escrow_amount - 4.25, 10)
    expect((await released()).escrow_list[0]?.payout_amount).toBe(escrow.escrow_amount)
  })

  it("keeps the settlements of another shop to itself", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ shop_id: SHOP_ID + 1, status: "COMPLETED" }))
    await control.advanceClock(4 * DAY)
    expect(await refusal(settlement(order_sn))).toMatchObject({ error: "order_not_found" })
    expect((await released()).escrow_list).toEqual([])
  })
})
