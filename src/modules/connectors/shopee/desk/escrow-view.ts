import { MathBN } from "@medusajs/framework/utils"
import { checkEscrow } from "../escrow/check-escrow"
import { readEscrowIncome } from "../normalizers/escrow"
import type { EscrowRecord } from "../sql/escrow-row"
import type { Amount, DifferenceCause, EscrowRow, EscrowView } from "../types/desk"
import { decimal, timestamp } from "./json-values"

/** Less than half a cent is the noise of Shopee's own floating point. */
const TOLERANCE = "0.005"

const isNothing = (amount: Amount): boolean => MathBN.lt(MathBN.abs(amount), TOLERANCE)

/** How far the payout is from the escrow, or the escrow from its components, and why. Pure. */
function explainDifference(record: EscrowRecord): { difference: Amount; cause: DifferenceCause | null } {
  const componentsMiss = record.adds_up === false
  if (record.escrow_release_time === null || record.payout_amount === null) {
    return { difference: decimal(record.difference ?? "0"), cause: componentsMiss ? "components" : null }
  }
  const difference = MathBN.sub(record.payout_amount, record.escrow_amount).toFixed()
  if (isNothing(difference)) {
    return { difference: "0", cause: componentsMiss ? "components" : null }
  }
  const unexplained = MathBN.sub(difference, record.adjustment_amount ?? "0").toFixed()
  return { difference, cause: isNothing(unexplained) ? "adjustment" : "unexplained" }
}

/** An escrow as lists show it. */
export function toEscrowRow(record: EscrowRecord): EscrowRow {
  return {
    ordersn: record.ordersn,
    shop_id: record.shop_id,
    currency: record.currency,
    state: record.escrow_release_time === null ? "provisional" : "released",
    escrow_amount: decimal(record.escrow_amount),
    payout_amount: record.payout_amount === null ? null : decimal(record.payout_amount),
    adjustment_amount: decimal(record.adjustment_amount ?? "0"),
    ...explainDifference(record),
    late: record.late,
    buyer_total_amount: decimal(record.buyer_total_amount),
    commission_fee: decimal(record.commission_fee),
    service_fee: decimal(record.service_fee),
    seller_transaction_fee: decimal(record.seller_transaction_fee),
    created_at: timestamp(record.created_at),
    fetched_at: timestamp(record.fetched_at),
    released_at: record.escrow_release_time && timestamp(record.escrow_release_time),
    medusa_order_id: record.medusa_order_id,
  }
}

/** An escrow with its components, read off Shopee's whole answer. */
export function toEscrowView(record: EscrowRecord & { raw_escrow_payload: unknown }): EscrowView {
  const { components, difference } = checkEscrow(readEscrowIncome(record.raw_escrow_payload))
  return { ...toEscrowRow(record), components, unexplained: difference }
}
