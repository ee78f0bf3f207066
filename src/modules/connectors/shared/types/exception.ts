import type { AlertLevel, ConnectorName, ErrorClass, ExceptionStatus } from "./enums"

/**
 * The facts an exception may carry into its row, the Admin and the alert. An allow-list: keys that aren't here are dropped
 * (`exception-details.ts`), so that a buyer's data or a token can't travel in them by accident.
 */
export const EXCEPTION_FACTS = [
  "action",
  "amount",
  "attempts",
  "available",
  "callback_url",
  "count",
  "currency",
  "endpoint",
  "error_code",
  "expected",
  "expires_at",
  "field",
  "first_failed_at",
  "found",
  "http_status",
  "item_id",
  "job",
  "last_success_at",
  "line",
  "listings",
  "location_ids",
  "medusa_order_id",
  "missing",
  "model_id",
  "next_attempt_at",
  "ordersns",
  "package_number",
  "product_ids",
  "push_code",
  "request_id",
  "repaired",
  "requested",
  "released_at",
  "retry_after_ms",
  "return_sn",
  "returns",
  "sku",
  "skus",
  "scope",
  "source_error_class",
  "stale",
  "status",
  "variant_ids",
  "window_from",
  "window_to",
] as const

export type ExceptionFact = (typeof EXCEPTION_FACTS)[number]
export type ExceptionFactValue = string | number | boolean | null | string[]

/** Facts by name. `action` is what the operator should do; when it is missing the failure policy's sentence is used. */
export type ExceptionDetails = Partial<Record<ExceptionFact, ExceptionFactValue>>

/** Something that went wrong, as handed to `raiseExceptions`. */
export interface ExceptionFinding {
  connector: ConnectorName
  error_class: ErrorClass
  /** What it is about, from `exception-subject.ts`. */
  subject: string
  /** For a person. Secrets are stripped and the length is capped before it is stored; it must not hold buyers' data. */
  error_message: string
  raw_event_id?: string | null
  ordersn?: string | null
  shop_id?: string | null
  details?: ExceptionDetails
  /** Default: the level of the class's policy. */
  level?: Exclude<AlertLevel, AlertLevel.RESOLVED>
  /** How many times it happened. Default 1. */
  count?: number
}

/** Something worth knowing that needs nobody, as handed to `announce`. */
export interface Notice {
  connector: ConnectorName
  /** For a person. Secrets are stripped; it must not hold buyers' data. */
  message: string
  shop_id?: string | null
  ordersn?: string | null
  details?: ExceptionDetails
}

/** The open exception that a finding ended in. */
export interface RaisedException {
  id: string
  connector: ConnectorName
  subject: string
  error_class: ErrorClass
  /** False when an open exception of this subject and class was there already: it was counted and alerts no more. */
  is_new: boolean
}

/** What an alert is built from: the columns of `connector_exception` that may leave the house. */
export interface AlertableException {
  id: string
  connector: ConnectorName
  error_class: ErrorClass
  error_message: string
  status: ExceptionStatus
  level: string
  raw_event_id?: string | null
  ordersn?: string | null
  shop_id?: string | null
  details?: Record<string, unknown> | null
  created_at: Date | string
}

/** An exception whose alert was claimed for posting. */
export interface DueAlert extends AlertableException {
  /** Tries so far, this one included. */
  alert_attempts: number
}

/** How many exceptions of a class are open, and how many alerts of it have not gone out. */
export interface ExceptionLevels {
  connector: string
  errorClass: string
  open: number
  alertsOwed: number
  /** How long ago the oldest exception whose alert is owed was last seen; 0 = none is owed. */
  oldestOwedSeconds: number
}
