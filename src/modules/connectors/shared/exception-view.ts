import { allowedDetails } from "./exception-details"
import { redactSecrets } from "./redaction"
import { FAILURE_POLICY } from "./retry-policy"
import { retryTargetOf } from "./retry-target"
import { type ConnectorName, type ErrorClass, ExceptionStatus } from "./types/enums"
import type { ExceptionView } from "./types/exception-view"

/** A row of `connector_exception` as far as the view shows it. */
export interface ExceptionRecord {
  id: string
  connector: ConnectorName
  subject: string | null
  error_class: ErrorClass
  error_message: string
  status: ExceptionStatus
  level: string
  ordersn: string | null
  shop_id: string | null
  raw_event_id: string | null
  details: Record<string, unknown> | null
  retry_count: number
  created_at: Date | string
  last_seen_at: Date | string | null
  alerted_at: Date | string | null
  resolved_at: Date | string | null
  resolved_by: string | null
  operator_note: string | null
}

const timestamp = (time: Date | string | null): string | null => (time ? new Date(time).toISOString() : null)

/** What the operator is told of an exception: allow-listed facts, no secrets, what it means and what to do. */
export function toExceptionView(record: ExceptionRecord): ExceptionView {
  const details = allowedDetails(record.details)
  const policy = FAILURE_POLICY[record.error_class]
  return {
    id: record.id,
    connector: record.connector,
    error_class: record.error_class,
    status: record.status,
    level: record.level,
    message: redactSecrets(record.error_message),
    meaning: policy.meaning,
    action: typeof details.action === "string" ? details.action : policy.action,
    retriable: record.status === ExceptionStatus.OPEN && retryTargetOf(record) !== "nothing",
    ordersn: record.ordersn,
    shop_id: record.shop_id,
    raw_event_id: record.raw_event_id,
    details,
    occurrences: record.retry_count + 1,
    created_at: new Date(record.created_at).toISOString(),
    last_seen_at: timestamp(record.last_seen_at),
    alerted_at: timestamp(record.alerted_at),
    resolved_at: timestamp(record.resolved_at),
    resolved_by: record.resolved_by,
    operator_note: record.operator_note,
  }
}
