import type { ConnectorName, ErrorClass, ExceptionStatus } from "./enums"
import type { ExceptionDetails } from "./exception"

/** An exception as the Admin's API answers it. Times are ISO 8601. */
export interface ExceptionView {
  id: string
  connector: `${ConnectorName}`
  error_class: `${ErrorClass}`
  status: `${ExceptionStatus}`
  level: string
  /** What happened, for a person. */
  message: string
  /** What the class means, in one plain sentence. */
  meaning: string
  /** What the operator should do, in one plain sentence. */
  action: string
  /** Whether a retry can change anything: else a person settles it. */
  retriable: boolean
  ordersn: string | null
  shop_id: string | null
  raw_event_id: string | null
  details: ExceptionDetails
  /** How often it happened, at least 1. */
  occurrences: number
  created_at: string
  last_seen_at: string | null
  alerted_at: string | null
  resolved_at: string | null
  resolved_by: string | null
  operator_note: string | null
}
