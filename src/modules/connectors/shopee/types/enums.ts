/** Where a raw event came from. `poll` covers lost pushes, `reconcile` the daily comparison, backfills and operators' retries. */
export enum RawEventSource {
  WEBHOOK = "webhook",
  POLL = "poll",
  RECONCILE = "reconcile",
}

/** State of the work item of one Shopee order: waiting or retrying, has its Medusa order, held for a person. */
export enum OrderSyncStatus {
  PENDING = "pending",
  CREATED = "created",
  FAILED = "failed",
}

/**
 * Codes of Shopee's pushes (Open Platform push mechanism). Codes that are not listed are stored and marked processed:
 * Shopee adds new ones without notice.
 */
export enum PushCode {
  VERIFY = 0,
  SHOP_AUTHORIZED = 1,
  SHOP_DEAUTHORIZED = 2,
  ORDER_STATUS_UPDATE = 3,
  TRACKING_NO = 4,
  SHOPEE_UPDATES = 5,
  BANNED_ITEM = 6,
  ITEM_PROMOTION = 7,
  RESERVED_STOCK_CHANGE = 8,
  PROMOTION_UPDATE = 9,
  WEBCHAT = 10,
  VIDEO_UPLOAD = 11,
  AUTH_EXPIRY = 12,
  BRAND_REGISTER_RESULT = 13,
  SHIPPING_DOCUMENT_STATUS = 15,
  VIOLATION_ITEM = 16,
  RETURN_UPDATES = 29,
  PACKAGE_FULFILLMENT_STATUS = 30,
  PACKAGE_INFO = 47,
}

/** `event_type` of a stored push whose body could not be read as a push. */
export const UNREADABLE_PUSH_CODE = -1

/** Order statuses that the connector knows. Any other value is kept as text and treated as unknown. */
export enum ShopeeOrderStatus {
  UNPAID = "UNPAID",
  READY_TO_SHIP = "READY_TO_SHIP",
  PROCESSED = "PROCESSED",
  RETRY_SHIP = "RETRY_SHIP",
  SHIPPED = "SHIPPED",
  TO_CONFIRM_RECEIVE = "TO_CONFIRM_RECEIVE",
  IN_CANCEL = "IN_CANCEL",
  CANCELLED = "CANCELLED",
  TO_RETURN = "TO_RETURN",
  COMPLETED = "COMPLETED",
}

/** State of a comparison with Shopee's list of orders: `complete` = the list was read to its end. */
export enum ReconcileStatus {
  RUNNING = "running",
  COMPLETE = "complete",
  FAILED = "failed",
}

/** State of a backfill: `done` = every window was read; what it injected may still be on its way. */
export enum BackfillStatus {
  OPEN = "open",
  DONE = "done",
}

/** Why a backfill was started. */
export enum BackfillReason {
  OPERATOR = "operator",
  REAUTHORIZATION = "reauthorization",
}

/** Statuses of a return that the connector knows. Any other value is kept as text and read as one that is still open. */
export enum ShopeeReturnStatus {
  REQUESTED = "REQUESTED",
  PROCESSING = "PROCESSING",
  ACCEPTED = "ACCEPTED",
  JUDGING = "JUDGING",
  SELLER_DISPUTE = "SELLER_DISPUTE",
  REFUND_PAID = "REFUND_PAID",
  CLOSED = "CLOSED",
  CANCELLED = "CANCELLED",
}
