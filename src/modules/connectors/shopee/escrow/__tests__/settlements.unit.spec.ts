import { normalizeShopeeEscrow, readEscrowIncome } from "../../normalizers/escrow"
import { checkEscrow, sumAdjustments } from "../check-escrow"

/** One settlement as Shopee answers it: what the seller is told, and every amount behind it. */
interface Settlement {
  income: Record<string, unknown>
  /** Components with their sign, as they have to be counted. */
  components: Record<string, string>
  adjustments: string
}

/**
 * Whole settlements of a Singapore card shop, worked out by hand. Fees are on goods less the shop's voucher and what was returned:
 * commission 2.5 %, service 1.5 %, transaction fee 2 % of what the buyer paid.
 */
const SETTLEMENTS: [string, Settlement][] = [
  [
    // Two cards at 12.50, shipping 1.99; GST of 9/109 is in the price and is taken by Shopee: 25.00 × 9/109 = 2.06.
    "GST on the goods",
    {
      income: {
        ...{ original_cost_of_goods_sold: 25, buyer_paid_shipping_fee: 1.99, buyer_total_amount: 26.99 },
        ...{ commission_fee: 0.63, service_fee: 0.38, seller_transaction_fee: 0.54, credit_card_transaction_fee: 0.54 },
        ...{ final_escrow_product_gst: 2.06, escrow_amount: 23.38 },
      },
      components: {
        original_cost_of_goods_sold: "25",
        buyer_paid_shipping_fee: "1.99",
        commission_fee: "-0.63",
        service_fee: "-0.38",
        seller_transaction_fee: "-0.54",
        final_escrow_product_gst: "-2.06",
      },
      adjustments: "0",
    },
  ],
  [
    // Three slabs at 80.00, one came back; the return's freight of 2.50 is the seller's.
    "a partial return: the line is still listed, the refund is a negative number",
    {
      income: {
        ...{ original_cost_of_goods_sold: 240, cost_of_goods_sold: 160, seller_return_refund: -80 },
        ...{
          buyer_paid_shipping_fee: 1.99,
          final_shipping_fee: 1.99,
          drc_adjustable_refund: 80,
          buyer_total_amount: 161.99,
        },
        ...{ commission_fee: 4, service_fee: 2.4, seller_transaction_fee: 3.24, reverse_shipping_fee: 2.5 },
        ...{ escrow_amount: 149.85, items: [{ selling_price: 240, quantity_purchased: 3 }] },
      },
      components: {
        original_cost_of_goods_sold: "240",
        seller_return_refund: "-80",
        buyer_paid_shipping_fee: "1.99",
        commission_fee: "-4",
        service_fee: "-2.4",
        seller_transaction_fee: "-3.24",
        reverse_shipping_fee: "-2.5",
      },
      adjustments: "0",
    },
  ],
  [
    // A bundle of 3 for 27.30 in place of 37.50, the shop's voucher 2.00 and Shopee's 1.50, coins 0.30.
    "a bundle with a voucher of each kind and coins, whose buyer paid less than the seller is owed",
    {
      income: {
        ...{ original_price: 37.5, original_cost_of_goods_sold: 27.3, seller_discount: 10.2, voucher_from_seller: 2 },
        ...{ voucher_from_shopee: 1.5, coins: 0.3, buyer_paid_shipping_fee: 0, shopee_shipping_rebate: 1.99 },
        ...{ actual_shipping_fee: 1.99, commission_fee: 0.63, service_fee: 0.38, seller_transaction_fee: 0.47 },
        ...{ buyer_total_amount: 23.5, escrow_amount: 23.82 },
        items: [{ activity_type: "bundle_deal", discounted_price: 27.3, quantity_purchased: 3 }],
      },
      components: {
        original_cost_of_goods_sold: "27.3",
        voucher_from_seller: "-2",
        shopee_shipping_rebate: "1.99",
        actual_shipping_fee: "-1.99",
        commission_fee: "-0.63",
        service_fee: "-0.38",
        seller_transaction_fee: "-0.47",
      },
      adjustments: "0",
    },
  ],
  [
    // 25.00 settled as always, then 1.25 taken for weight and 0.40 given back.
    "adjustments, which come on top of the settlement and are in no component of it",
    {
      income: {
        ...{ original_cost_of_goods_sold: 25, commission_fee: 0.63, service_fee: 0.38, seller_transaction_fee: 0.5 },
        ...{ buyer_total_amount: 25, escrow_amount: 23.49, total_adjustment_amount: -0.85 },
        ...{ escrow_amount_after_adjustment: 22.64 },
        order_adjustment: [{ amount: -1.25, adjustment_reason: "Weight" }, { amount: 0.4 }],
      },
      components: {
        original_cost_of_goods_sold: "25",
        commission_fee: "-0.63",
        service_fee: "-0.38",
        seller_transaction_fee: "-0.5",
      },
      adjustments: "-0.85",
    },
  ],
  [
    // A parcel was lost: the buyer got 25.00 back, the courier's insurance paid the seller 20.00; no fees are left.
    "compensation for a lost parcel",
    {
      income: {
        ...{ original_cost_of_goods_sold: 25, seller_return_refund: -25, seller_lost_compensation: 20 },
        ...{ commission_fee: 0, service_fee: 0, seller_transaction_fee: 0, buyer_total_amount: 0, escrow_amount: 20 },
      },
      components: {
        original_cost_of_goods_sold: "25",
        seller_return_refund: "-25",
        seller_lost_compensation: "20",
      },
      adjustments: "0",
    },
  ],
  [
    // A tin with a drink in it: a deposit of 0.20 that the buyer pays and the seller gets.
    "a bottle deposit",
    {
      income: {
        ...{ original_cost_of_goods_sold: 30, buyer_paid_shipping_fee: 1.99, bcrs_deposit: 0.2 },
        ...{ commission_fee: 0.75, service_fee: 0.45, seller_transaction_fee: 0.64 },
        ...{ buyer_total_amount: 32.19, escrow_amount: 30.35 },
      },
      components: {
        original_cost_of_goods_sold: "30",
        buyer_paid_shipping_fee: "1.99",
        commission_fee: "-0.75",
        service_fee: "-0.45",
        seller_transaction_fee: "-0.64",
        bcrs_deposit: "0.2",
      },
      adjustments: "0",
    },
  ],
]

describe("a settlement with", () => {
  it.each(SETTLEMENTS)("%s comes to the cent, and nothing of it is lost", (_, { income, components, adjustments }) => {
    const answer = { order_sn: "260301ABCDEF09", order_income: income }
    const stored = normalizeShopeeEscrow(answer, "SGD")
    const check = checkEscrow(readEscrowIncome(stored.raw_escrow_payload))

    expect(check).toMatchObject({ adds_up: true, difference: "0", computed: String(income.escrow_amount) })
    expect(Object.fromEntries(check.components.map(({ name, amount }) => [name, amount]))).toEqual(components)
    expect(sumAdjustments(readEscrowIncome(stored.raw_escrow_payload))).toBe(adjustments)
    expect(stored.raw_escrow_payload).toEqual(answer)
    const columns: Record<string, unknown> = { ...stored }
    for (const [name, amount] of Object.entries(income).filter(([column]) => column in columns)) {
      expect([name, columns[name]]).toEqual([name, amount])
    }
  })

  it.each(SETTLEMENTS)("%s is told to be wrong when it is a cent off", (_, { income }) => {
    for (const cent of [0.01, -0.01]) {
      const escrow_amount = Math.round((Number(income.escrow_amount) + cent) * 100) / 100
      expect(checkEscrow({ ...income, escrow_amount })).toMatchObject({ adds_up: false })
    }
  })
})
