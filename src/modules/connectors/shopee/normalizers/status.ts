/** What a Shopee order status asks for. A label only: what an order must become is the planner's (product §6.1). */
export type ShopeeStatusAction =
  | "create_pending"
  | "mark_payment_captured"
  | "create_shipment"
  | "fulfill"
  | "cancel"
  | "complete_and_fetch_escrow"
  | "log_only"
  | "unknown"

const ACTIONS: ReadonlyMap<string, ShopeeStatusAction> = new Map([
  ["UNPAID", "create_pending"],
  ["READY_TO_SHIP", "mark_payment_captured"],
  ["PROCESSED", "create_shipment"],
  ["SHIPPED", "fulfill"],
  ["CANCELLED", "cancel"],
  ["COMPLETED", "complete_and_fetch_escrow"],
  ["RETRY_SHIP", "log_only"],
  ["TO_CONFIRM_RECEIVE", "log_only"],
  ["IN_CANCEL", "log_only"],
  ["TO_RETURN", "log_only"],
])

/** Labels a Shopee order status; anything that isn't listed is `unknown` (product §2). Never throws. */
export const mapShopeeStatusToAction = (status: string): ShopeeStatusAction => ACTIONS.get(status) ?? "unknown"
