import { allowedDetails } from "./exception-details"
import { redactSecrets } from "./redaction"
import { FAILURE_POLICY } from "./retry-policy"
import type { ExceptionToRaise } from "./sql/raise-exceptions"
import { storableText } from "./storable-text"
import type { ExceptionFinding } from "./types/exception"

/** Longest `count` that a finding is taken to mean: `retry_count` is an int4. */
const LARGEST_COUNT = 1_000_000

/**
 * One row for each (connector, subject, class), ready to be stored: the last finding's message and details, the last event that
 * was named, all occurrences. Postgres refuses to touch a row twice in one `ON CONFLICT` statement.
 */
export function foldFindings(findings: ExceptionFinding[]): Omit<ExceptionToRaise, "id">[] {
  const rows = new Map<string, Omit<ExceptionToRaise, "id">>()
  for (const finding of findings) {
    const row = toRow(finding)
    const key = JSON.stringify([row.connector, row.subject, row.error_class])
    const earlier = rows.get(key)
    rows.set(key, {
      ...row,
      raw_event_id: row.raw_event_id ?? earlier?.raw_event_id ?? null,
      ordersn: row.ordersn ?? earlier?.ordersn ?? null,
      shop_id: row.shop_id ?? earlier?.shop_id ?? null,
      occurrences: Math.min(LARGEST_COUNT, row.occurrences + (earlier?.occurrences ?? 0)),
    })
  }
  return [...rows.values()]
}

function toRow(finding: ExceptionFinding): Omit<ExceptionToRaise, "id"> {
  const policy = FAILURE_POLICY[finding.error_class]
  return {
    connector: finding.connector,
    error_class: finding.error_class,
    subject: storableText(finding.subject),
    error_message: storableText(redactSecrets(finding.error_message)),
    raw_event_id: finding.raw_event_id ?? null,
    ordersn: finding.ordersn == null ? null : storableText(finding.ordersn),
    shop_id: finding.shop_id == null ? null : storableText(finding.shop_id),
    details: { action: policy.action, ...allowedDetails(finding.details) },
    level: finding.level ?? policy.level,
    occurrences: Math.max(1, Math.min(LARGEST_COUNT, Math.trunc(finding.count ?? 1) || 1)),
    alert: policy.alert,
  }
}
