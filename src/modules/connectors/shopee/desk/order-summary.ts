import type { ListedOrder } from "../sql/list-orders"
import type { OrderProgress, ShopeeOrderSummary } from "../types/desk"
import { OrderSyncStatus } from "../types/enums"
import { timestamp, timestampOrNull } from "./json-values"

/** The same as `sql/order-filter.ts` asks the table. */
function progressOf({ status, due_at, attempts }: ListedOrder, now: Date): OrderProgress {
  if (due_at === null) {
    return status === OrderSyncStatus.FAILED ? "held" : "done"
  }
  return attempts > 0 && due_at > now ? "retrying" : "waiting"
}

/** The column is an enum that the database checks. */
const syncStatusOf = (status: string): ShopeeOrderSummary["sync_status"] =>
  Object.values(OrderSyncStatus).find((known) => known === status) ?? OrderSyncStatus.PENDING

/** What is known of an order, without its escrow. */
export function toOrderSummary(order: ListedOrder, now: Date): ShopeeOrderSummary {
  return {
    ordersn: order.ordersn,
    shop_id: order.shop_id,
    shopee_status: order.shopee_status,
    shopee_update_time: timestampOrNull(order.shopee_update_time),
    sync_status: syncStatusOf(order.status),
    progress: progressOf(order, now),
    medusa_order_id: order.medusa_order_id,
    attempts: order.attempts,
    first_failed_at: timestampOrNull(order.first_failed_at),
    next_attempt_at: timestampOrNull(order.due_at),
    waiting_skus: order.waiting_skus ?? [],
    created_at: timestamp(order.created_at),
    updated_at: timestamp(order.updated_at),
  }
}
