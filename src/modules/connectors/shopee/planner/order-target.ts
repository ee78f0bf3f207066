import { ShopeeOrderStatus } from "../types/enums"
import type { NormalizedOrder } from "../types/normalized-order"

/** Statuses that an order reaches only once it is paid, or that don't ask whether it is. */
const PAID_STATUSES: ReadonlySet<string> = new Set([
  ShopeeOrderStatus.READY_TO_SHIP,
  ShopeeOrderStatus.PROCESSED,
  ShopeeOrderStatus.RETRY_SHIP,
  ShopeeOrderStatus.SHIPPED,
  ShopeeOrderStatus.TO_CONFIRM_RECEIVE,
  ShopeeOrderStatus.TO_RETURN,
  ShopeeOrderStatus.COMPLETED,
])

/** Payment as the status contract sees it (product paper §6.1), before the total is known. */
export interface PaymentTarget {
  captured: boolean
  cancelled: boolean
  priced: boolean
}

/**
 * Whether Shopee's status means that the money is there. Statuses that say nothing about payment (IN_CANCEL, PENDING, unknown
 * ones) are read by what Shopee says of the payment itself, so that an order whose READY_TO_SHIP was missed ends no differently.
 */
function isPaid(order: NormalizedOrder): boolean {
  if (order.shopee_status === ShopeeOrderStatus.UNPAID) {
    return false
  }
  return PAID_STATUSES.has(order.shopee_status) || order.paid_at !== null || (order.total_amount ?? 0) > 0
}

/**
 * The status contract for payment and cancellation. COD is captured at completion: the courier has the money until then.
 *
 * @param hasLeft whether parcels of the order have left: a cancelled order whose goods did was paid for before it is refunded
 */
export function paymentTarget(order: NormalizedOrder, hasLeft = false): PaymentTarget {
  const cancelled = order.shopee_status === ShopeeOrderStatus.CANCELLED
  const paid = (!cancelled || hasLeft) && isPaid(order)
  const captured = paid && (!order.cod || order.shopee_status === ShopeeOrderStatus.COMPLETED)
  return { cancelled, captured, priced: paid && !cancelled && (!order.cod || captured) }
}
