import type { NormalizedEscrow } from "../types/normalized-escrow"
import { ORDERSN_PATTERN } from "../types/push"
import { amount, trimKeys } from "../types/tolerant-fields"
import { NormalizationError } from "./normalization-error"

const ACTION =
  "The order's escrow is fetched again by itself; if this stays, look the order up in Shopee's income report."

type AmountField =
  | "escrow_amount"
  | "original_price"
  | "seller_discount"
  | "shopee_discount"
  | "voucher_from_seller"
  | "voucher_from_shopee"
  | "commission_fee"
  | "service_fee"
  | "seller_transaction_fee"
  | "actual_shipping_fee"
  | "seller_lost_compensation"
  | "buyer_total_amount"

const AmountSchema = amount()

/**
 * One order's answer of `get_escrow_detail`, or one entry of the batch call, as a row of `shopee_escrow` (product §2). Accepts it with
 * the SDK's `response` wrapper, with the batch's `escrow_detail` wrapper, or bare. `currency` is the order's: the answer names none.
 * Absent amounts are 0, as is Shopee's literal -0.
 *
 * Shopee reports one fee as both `seller_transaction_fee` and `credit_card_transaction_fee`: the second stands in for the first
 * and is never added.
 *
 * @throws NormalizationError when the answer names no order, has no `order_income`, or has an amount that is no number
 */
export const normalizeShopeeEscrow = (
  response: unknown,
  currency: string,
  fetchedAt: Date = new Date()
): NormalizedEscrow => {
  const whole = isRecord(response) ? response : {}
  const detail = unwrap(whole)
  const ordersn = typeof detail.order_sn === "string" ? detail.order_sn.trim() : ""
  if (!ORDERSN_PATTERN.test(ordersn)) {
    throw new NormalizationError(null, "order_sn", "is missing from the escrow answer", ACTION)
  }
  const income = readEscrowIncome(whole)
  if (income === null) {
    throw new NormalizationError(ordersn, "order_income", "is missing from the escrow answer", ACTION)
  }

  const amountOf = (field: AmountField): number => readAmount(ordersn, field, sources(field, income, detail))
  return {
    ordersn,
    escrow_amount: amountOf("escrow_amount"),
    original_price: amountOf("original_price"),
    seller_discount: amountOf("seller_discount"),
    shopee_discount: amountOf("shopee_discount"),
    voucher_from_seller: amountOf("voucher_from_seller"),
    voucher_from_shopee: amountOf("voucher_from_shopee"),
    commission_fee: amountOf("commission_fee"),
    service_fee: amountOf("service_fee"),
    seller_transaction_fee: amountOf("seller_transaction_fee"),
    actual_shipping_fee: amountOf("actual_shipping_fee"),
    seller_lost_compensation: amountOf("seller_lost_compensation"),
    buyer_total_amount: amountOf("buyer_total_amount"),
    currency,
    escrow_release_time: null,
    raw_escrow_payload: whole,
    fetched_at: fetchedAt,
  }
}

/** The `order_income` of an answer in any of the forms that `normalizeShopeeEscrow` accepts; null when it has none. */
export const readEscrowIncome = (response: unknown): Record<string, unknown> | null =>
  asRecord(unwrap(isRecord(response) ? response : {}).order_income)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const asRecord = (value: unknown): Record<string, unknown> | null => {
  const trimmed = trimKeys(value)
  return isRecord(trimmed) ? trimmed : null
}

const unwrap = (whole: Record<string, unknown>): Record<string, unknown> => {
  const response = asRecord(whole.response) ?? whole
  return asRecord(response?.escrow_detail) ?? response
}

/** Where an amount may stand, best first. */
const sources = (field: AmountField, income: Record<string, unknown>, detail: Record<string, unknown>): unknown[] => {
  if (field === "seller_transaction_fee") {
    return [income.seller_transaction_fee, income.credit_card_transaction_fee]
  }
  if (field === "buyer_total_amount") {
    return [income.buyer_total_amount, asRecord(detail.buyer_payment_info)?.buyer_total_amount]
  }
  return [income[field]]
}

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && ["", "-"].includes(value.trim()))

const readAmount = (ordersn: string, field: AmountField, candidates: unknown[]): number => {
  const value = candidates.find((candidate) => !isAbsent(candidate))
  if (value === undefined) {
    return 0
  }
  const read = AmountSchema.parse(value)
  if (read === null) {
    throw new NormalizationError(ordersn, `order_income.${field}`, "is not a number", ACTION)
  }
  return read
}
