import { MathBN } from "@medusajs/framework/utils"
import type { EscrowCheck, EscrowComponent } from "../types/escrow"
import { amount, trimKeys } from "../types/tolerant-fields"

/** What the seller is owed. `original_cost_of_goods_sold` is before vouchers and returns; a refund comes as a negative number. */
const ADDED = [
  "original_cost_of_goods_sold",
  "seller_return_refund",
  "shopee_discount",
  "buyer_paid_shipping_fee",
  "shopee_shipping_rebate",
  "shipping_fee_discount_from_3pl",
  "rsf_seller_protection_fee_claim_amount",
  "buyer_paid_packaging_fee",
]

/**
 * What is taken off. Not in it: `credit_card_transaction_fee`, the transaction fee under its other name; `voucher_from_shopee` and `coins`,
 * which Shopee pays for; `final_shipping_fee` and `drc_adjustable_refund`, which sum up what is listed here already.
 */
const DEDUCTED = [
  "original_shopee_discount",
  "voucher_from_seller",
  "seller_coin_cash_back",
  "actual_shipping_fee",
  "reverse_shipping_fee",
  "final_return_to_seller_shipping_fee",
  "commission_fee",
  "service_fee",
  "seller_transaction_fee",
  "campaign_fee",
  "shipping_seller_protection_fee_amount",
  "delivery_seller_protection_fee_premium_amount",
  "final_escrow_product_gst",
  "order_ams_commission_fee",
  "escrow_tax",
  "sales_tax_on_lvg",
  "reverse_shipping_fee_sst",
  "shipping_fee_sst",
  "withholding_tax",
  "overseas_return_service_fee",
  "vat_on_imported_goods",
  "withholding_vat_tax",
  "withholding_pit_tax",
  "withholding_cit_tax",
  "seller_order_processing_fee",
  "trade_in_bonus_by_seller",
  "fbs_fee",
  "ads_escrow_top_up_fee_or_technical_support_fee",
  "th_import_duty",
]

/**
 * Amounts that Shopee's formula doesn't name although the seller's money is theirs to move. No sample settles whether they are in
 * `escrow_amount`, so they count exactly when the sum is right with them and wrong without.
 */
const UNSETTLED: readonly { name: string; sign: 1 | -1 }[] = [
  { name: "seller_lost_compensation", sign: 1 },
  { name: "bcrs_deposit", sign: 1 },
  { name: "fsf_seller_protection_fee_claim_amount", sign: 1 },
  { name: "final_escrow_shipping_gst", sign: -1 },
  { name: "final_product_vat_tax", sign: -1 },
  { name: "final_shipping_vat_tax", sign: -1 },
]

/** Less than half a cent is the noise of Shopee's own floating point. */
const TOLERANCE = "0.005"

const AmountSchema = amount()

/**
 * Whether the components of an escrow come to its `escrow_amount` (the formula of a local shop, Shopee reference §7), and by how much they
 * don't. An amount that is absent or unreadable is 0: the difference then shows it. Decimal arithmetic; pure.
 *
 * @param income the `order_income` of Shopee's answer
 */
export function checkEscrow(income: unknown): EscrowCheck {
  const fields = toFields(income)
  const named = [
    ...ADDED.map((name) => component(fields, name, 1)),
    ...DEDUCTED.map((name) => component(fields, name, -1)),
  ].filter(isSomething)
  const escrowAmount = readAmount(fields.escrow_amount)
  const gap = MathBN.sub(escrowAmount, total(named))
  const unsettled = UNSETTLED.map(({ name, sign }) => component(fields, name, sign)).filter(isSomething)
  const closing = isNothing(gap) ? [] : smallestSumming(unsettled, gap.toFixed())
  const components = [...named, ...(closing ?? [])]
  const computed = total(components)
  const difference = MathBN.sub(escrowAmount, computed)
  const addsUp = isNothing(difference)
  return {
    adds_up: addsUp,
    computed,
    difference: addsUp ? "0" : difference.toFixed(),
    components,
  }
}

/**
 * What came on top of an escrow or off it later, in major units: Shopee's own sum, or the sum of the adjustments where it has none.
 *
 * @param income the `order_income` of Shopee's answer
 */
export function sumAdjustments(income: unknown): string {
  const { total_adjustment_amount: sum, order_adjustment: adjustments } = toFields(income)
  if (AmountSchema.parse(sum) !== null || !Array.isArray(adjustments)) {
    return MathBN.convert(readAmount(sum)).toFixed()
  }
  return MathBN.sum(0, ...adjustments.map((adjustment) => readAmount(toFields(adjustment).amount))).toFixed()
}

const toFields = (value: unknown): Record<string, unknown> => {
  const trimmed = trimKeys(value)
  return typeof trimmed === "object" && trimmed !== null ? { ...trimmed } : {}
}

const readAmount = (value: unknown): number => AmountSchema.parse(value) ?? 0

function component(fields: Record<string, unknown>, name: string, sign: 1 | -1): EscrowComponent {
  // The transaction fee has two names; older answers know only the other one.
  const value = name === "seller_transaction_fee" ? (fields[name] ?? fields.credit_card_transaction_fee) : fields[name]
  return { name, amount: MathBN.mult(readAmount(value), sign).toFixed() }
}

const isSomething = ({ amount: value }: EscrowComponent): boolean => !MathBN.eq(value, 0)

const isNothing = (value: Parameters<typeof MathBN.abs>[0]): boolean => MathBN.lt(MathBN.abs(value), TOLERANCE)

const total = (components: EscrowComponent[]): string =>
  MathBN.sum(0, ...components.map(({ amount: value }) => value)).toFixed()

/** The fewest of the components that come to an amount; null when none do. */
function smallestSumming(components: EscrowComponent[], wanted: string): EscrowComponent[] | null {
  const subsets = components
    .reduce<EscrowComponent[][]>((known, one) => [...known, ...known.map((subset) => [...subset, one])], [[]])
    .sort((a, b) => a.length - b.length)
  return subsets.find((subset) => isNothing(MathBN.sub(total(subset), wanted))) ?? null
}
