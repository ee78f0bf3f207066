import fc from "fast-check"
import { checkEscrow, sumAdjustments } from "../check-escrow"

/** A Singapore order: two cards for 18.40, shipping paid by the buyer, three fees. */
const PLAIN = {
  escrow_amount: 19.19,
  original_cost_of_goods_sold: 18.4,
  buyer_paid_shipping_fee: 1.99,
  commission_fee: 0.46,
  service_fee: 0.33,
  seller_transaction_fee: 0.41,
  credit_card_transaction_fee: 0.41,
  buyer_total_amount: 20.39,
  original_price: 20,
  seller_discount: 1.6,
}

const amounts = (income: Record<string, unknown>) =>
  Object.fromEntries(checkEscrow(income).components.map(({ name, amount }) => [name, amount]))

describe("the components of an escrow", () => {
  it("come to its amount, and those that are not 0 are listed with their sign", () => {
    expect(checkEscrow(PLAIN)).toEqual({
      adds_up: true,
      computed: "19.19",
      difference: "0",
      components: [
        { name: "original_cost_of_goods_sold", amount: "18.4" },
        { name: "buyer_paid_shipping_fee", amount: "1.99" },
        { name: "commission_fee", amount: "-0.46" },
        { name: "service_fee", amount: "-0.33" },
        { name: "seller_transaction_fee", amount: "-0.41" },
      ],
    })
  })

  it.each<[string, Record<string, unknown>]>([
    ["GST on the goods", { escrow_amount: 17.53, final_escrow_product_gst: 1.66 }],
    [
      "a partial return: the refund is a negative number",
      { escrow_amount: 12.79, seller_return_refund: -6.4, cost_of_goods_sold: 12 },
    ],
    ["a shipping rebate against what shipping cost", { actual_shipping_fee: 3.2, shopee_shipping_rebate: 3.2 }],
    [
      "sums of what is listed already",
      { final_shipping_fee: 1.99, drc_adjustable_refund: 6.4, estimated_shipping_fee: 1.99 },
    ],
    ["what Shopee pays for", { voucher_from_shopee: 2, coins: 0.4, payment_promotion: 0.1 }],
    ["a voucher of the shop", { escrow_amount: 17.19, voucher_from_seller: 2 }],
    ["the shop's coin cash-back", { escrow_amount: 19.08, seller_coin_cash_back: 0.11 }],
    ["a rebate by Shopee", { escrow_amount: 19.94, original_shopee_discount: 0.5, shopee_discount: 1.25 }],
    ["a return's freight", { escrow_amount: 16.5, reverse_shipping_fee: 2.69, reverse_shipping_fee_sst: 0 }],
    ["a literal -0 and texts", { voucher_from_seller: -0, commission_fee: "0.46", service_fee: " 0.33 " }],
    ["a bundle, whose single prices are 0", { items: [{ discounted_price: 0, activity_type: "bundle_deal" }] }],
    ["an order that is cancelled", { ...zeroed(PLAIN) }],
  ])("add up to the cent with %s", (_, changes) => {
    expect(checkEscrow({ ...PLAIN, ...changes })).toMatchObject({ adds_up: true, difference: "0" })
  })

  it("count the transaction fee once, under whichever name it comes", () => {
    const { seller_transaction_fee: fee, ...older } = PLAIN
    expect(amounts(PLAIN).seller_transaction_fee).toBe(`-${fee}`)
    expect(amounts(older)).toEqual(amounts(PLAIN))
  })

  it("include a compensation for lost goods when the amount is right with it, and not when it is right without", () => {
    const lost = { ...PLAIN, seller_lost_compensation: 5, bcrs_deposit: 0.1, final_escrow_shipping_gst: 0.18 }
    expect(amounts(lost)).toEqual(amounts(PLAIN))
    expect(amounts({ ...lost, escrow_amount: 24.19 })).toEqual({ ...amounts(PLAIN), seller_lost_compensation: "5" })
    expect(amounts({ ...lost, escrow_amount: 24.01 })).toEqual({
      ...amounts(PLAIN),
      seller_lost_compensation: "5",
      final_escrow_shipping_gst: "-0.18",
    })
    expect(checkEscrow({ ...lost, escrow_amount: 24.2 })).toMatchObject({ adds_up: false, difference: "5.01" })
  })

  it.each([
    [19.2, "0.01"],
    [19.18, "-0.01"],
    [0, "-19.19"],
  ])("that don't come to %d say what is missing: %s", (escrow_amount, difference) => {
    expect(checkEscrow({ ...PLAIN, escrow_amount })).toMatchObject({ adds_up: false, computed: "19.19", difference })
  })

  it("may differ by the noise of floating point, and by no more", () => {
    expect(checkEscrow({ ...PLAIN, escrow_amount: 19.190000000000001 }).adds_up).toBe(true)
    expect(checkEscrow({ ...PLAIN, escrow_amount: 19.195 }).adds_up).toBe(false)
  })

  it.each([undefined, null, "", [], {}])("of an income that is %p come to nothing", (income) => {
    expect(checkEscrow(income)).toEqual({ adds_up: true, computed: "0", difference: "0", components: [] })
  })

  it("are added as decimals, however many cents there are", () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 })
    fc.assert(
      fc.property(cents, cents, cents, cents, cents, (goods, shipping, commission, service, refund) => {
        const income = {
          original_cost_of_goods_sold: goods / 100,
          buyer_paid_shipping_fee: shipping / 100,
          commission_fee: commission / 100,
          service_fee: service / 100,
          seller_return_refund: -refund / 100,
          escrow_amount: (goods + shipping - commission - service - refund) / 100,
        }
        expect(checkEscrow(income)).toMatchObject({ adds_up: true, difference: "0" })
        expect(checkEscrow({ ...income, service_fee: (service + 1) / 100 }).adds_up).toBe(false)
      })
    )
  })
})

describe("the adjustments of an escrow", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["are Shopee's sum", { total_adjustment_amount: -4.25, order_adjustment: [] }, "-4.25"],
    ["are added up when there is no sum", { order_adjustment: [{ amount: -5.25 }, { amount: "1.1" }, {}] }, "-4.15"],
    ["are 0 when there are none", {}, "0"],
    ["are 0 when the list is no list", { order_adjustment: "-" }, "0"],
  ])("%s", (_, income, sum) => {
    expect(sumAdjustments(income)).toBe(sum)
  })
})

function zeroed(income: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.keys(income).map((name) => [name, 0]))
}
