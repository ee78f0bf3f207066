import { MathBN } from "@medusajs/framework/utils"
import { ShopeeReturnStatus } from "../types/enums"
import type { NormalizedReturn, NormalizedReturnItem, ReturnGoods } from "../types/normalized-return"
import { type ShopeeReturn, ShopeeReturnSchema } from "../types/shopee-return"
import { NormalizationError } from "./normalization-error"

/** Statuses in which Shopee decides between the buyer and the seller. */
const DISPUTED: ReadonlySet<string> = new Set([ShopeeReturnStatus.JUDGING, ShopeeReturnStatus.SELLER_DISPUTE])

/** Money and goods are settled once one of these is reached, but for goods of a paid return that are still on their way. */
const LAST_STATUSES: ReadonlySet<string> = new Set([
  ShopeeReturnStatus.REFUND_PAID,
  ShopeeReturnStatus.CLOSED,
  ShopeeReturnStatus.CANCELLED,
])

/** Returns of goods that the buyer never got travel with the courier who had them, and are not marked as needing one. */
const RAISED_ON_THE_WAY = [1, 2]

/**
 * A return of a Shopee order in our terms.
 *
 * @param answer `response` of `get_return_detail`
 * @throws NormalizationError when it names no return, order, status or time
 */
export function normalizeShopeeReturn(answer: unknown): NormalizedReturn {
  const parsed = ShopeeReturnSchema.safeParse(answer)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new NormalizationError(
      null,
      `return.${issue?.path.join(".") ?? ""}`,
      "is missing, or not what a return holds there",
      "Look at the order's return in Shopee's Seller Centre, then retry the order."
    )
  }
  const found = parsed.data
  const isRefunded = found.refund_amount !== null && found.refund_amount >= 0
  const isOpen = !LAST_STATUSES.has(found.status)
  return {
    return_sn: found.return_sn,
    ordersn: found.order_sn,
    status: found.status,
    reason: found.reason,
    refund_amount: isRefunded ? MathBN.convert(found.refund_amount ?? 0).toFixed() : null,
    currency: found.currency?.trim().toUpperCase() ?? null,
    goods: goodsOf(found),
    after_completion: found.return_refund_type?.toUpperCase() === "RRAOC",
    disputed: DISPUTED.has(found.status) || (isOpen && found.seller_proof?.seller_proof_status === "PENDING"),
    due_at: found.seller_proof?.seller_evidence_deadline ?? found.due_date,
    logistics_status: reverseLogisticsOf(found),
    tracking_number: found.tracking_number,
    items: found.item.map(toItem),
    requested_at: found.create_time,
    updated_at: found.update_time,
  }
}

/** Whether nothing about a return can change any more. */
export function isFinalReturn({ status, goods }: Pick<NormalizedReturn, "status" | "goods">): boolean {
  return LAST_STATUSES.has(status) && !(status === ShopeeReturnStatus.REFUND_PAID && goods === "awaited")
}

/** The newer field covers all returns, the older one only those of goods that the buyer has. */
const reverseLogisticsOf = (found: ShopeeReturn): string | null =>
  found.reverse_logistic_status ?? found.reverse_logistics_status ?? found.logistics_status

/**
 * Nothing comes back when Shopee only refunds, or says that no courier is needed. Goods are with the seller once the way back ends there:
 * under warehouse validation it ends at Shopee's warehouse, and what follows is told nowhere in a return.
 */
function goodsOf(found: ShopeeReturn): ReturnGoods {
  const isRefundOnly = ["1", "REFUND", "REFUND_ONLY"].includes(found.return_solution?.toUpperCase() ?? "")
  const isOnItsWay = RAISED_ON_THE_WAY.includes(found.return_refund_request_type ?? 0)
  if (isRefundOnly || (found.needs_logistics === false && !isOnItsWay)) {
    return "none"
  }
  // Returns raised on the way use words ("Delivered", "Lost") where the others use LOGISTICS_… names.
  switch (
    reverseLogisticsOf(found)
      ?.toUpperCase()
      .replace(/^LOGISTICS_/, "")
  ) {
    case "DELIVERY_DONE":
    case "DELIVERED":
      return found.validation_type === "warehouse_validation" ? "at_warehouse" : "returned"
    case "LOST":
      return "lost"
    default:
      return "awaited"
  }
}

const toItem = (item: ShopeeReturn["item"][number]): NormalizedReturnItem => ({
  item_id: item.item_id === null ? null : String(item.item_id),
  model_id: String(item.model_id ?? 0),
  quantity: item.amount === 0 ? null : item.amount,
  sku: item.variation_sku ?? item.item_sku,
})
