/** Every channel that a connector exists or is planned for. */
export enum ConnectorName {
  SHOPEE = "shopee",
  LAZADA = "lazada",
  TELEGRAM = "telegram",
  CAROUSELL = "carousell",
  INSTAGRAM = "instagram",
  IN_STORE = "in_store",
  EVENT = "event",
}

/** Why something could not go on by itself. Adding a class is fine, renaming one breaks runbooks and alert formatting. */
export enum ErrorClass {
  SIGNATURE_MISMATCH = "signature_mismatch",
  SKU_NOT_FOUND = "sku_not_found",
  AMBIGUOUS_SKU = "ambiguous_sku",
  NORMALIZATION_FAILED = "normalization_failed",
  MEDUSA_WORKFLOW_FAILED = "medusa_workflow_failed",
  ESCROW_FETCH_FAILED = "escrow_fetch_failed",
  SDK_TRANSIENT = "sdk_transient",
  TOKEN_EXPIRED = "token_expired",
  RETRY_EXHAUSTED = "retry_exhausted",
  OVERSOLD = "oversold",
  CANCELLED_AFTER_SHIPPING = "cancelled_after_shipping",
  PIECES_CANCELLED_AFTER_SHIPPING = "pieces_cancelled_after_shipping",
  PARCEL_MISMATCH = "parcel_mismatch",
  ESCROW_MISMATCH = "escrow_mismatch",
  /** Completed, but the channel has not paid out for too long. */
  SETTLEMENT_OVERDUE = "settlement_overdue",
  /** Paid out less than the settlement says. */
  SETTLEMENT_SHORT = "settlement_short",
  JOB_FAILED = "job_failed",
  /** A job has not succeeded for too long, whatever the reason. */
  JOB_OVERDUE = "job_overdue",
  /** The channel's push subscription is suspended, about to be, or set up wrongly. */
  PUSH_UNHEALTHY = "push_unhealthy",
  /** No push comes although orders change. */
  PUSH_SILENT = "push_silent",
  /** Nothing is wrong: something worth knowing, stored as settled. */
  NOTICE = "notice",
  RETURN_FETCH_FAILED = "return_fetch_failed",
  RETURN_NEEDS_ATTENTION = "return_needs_attention",
  UNKNOWN = "unknown",
}

export enum ExceptionStatus {
  OPEN = "open",
  RESOLVED = "resolved",
  WONT_FIX = "wont_fix",
}

/** How loud an alert is. `resolved` is never stored: it is what an alert says when its exception was settled before the alert went out. */
export enum AlertLevel {
  ERROR = "error",
  WARNING = "warning",
  INFO = "info",
  RESOLVED = "resolved",
}
