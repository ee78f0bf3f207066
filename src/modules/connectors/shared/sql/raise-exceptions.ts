import type { SqlExecutor } from "../../../sql-executor"

/** One row of the statement; `id` is taken when the exception is new. */
export interface ExceptionToRaise {
  id: string
  connector: string
  error_class: string
  subject: string
  error_message: string
  raw_event_id: string | null
  ordersn: string | null
  shop_id: string | null
  details: object
  level: string
  /** How many times it happened, at least 1. */
  occurrences: number
  alert: boolean
}

export interface RaisedRow {
  id: string
  connector: string
  subject: string
  error_class: string
}

/**
 * Opens exceptions, or counts them where one of the same subject and class is open. Keys must not repeat within a call.
 *
 * The rows are locked in the order of their key, as in `resolve-subjects.ts`: two batches with common subjects would
 * otherwise wait for each other. The conflict target repeats the predicate of the partial index, which Postgres requires.
 */
export async function raiseExceptions(executor: SqlExecutor, exceptions: ExceptionToRaise[]): Promise<RaisedRow[]> {
  return (await executor.execute(
    `INSERT INTO connector_exception AS existing (
       id, connector, error_class, subject, error_message, raw_event_id, ordersn, shop_id, details, level,
       retry_count, status, last_seen_at, alert_due_at, created_at, updated_at
     )
     SELECT
       id, connector, error_class, subject, error_message, raw_event_id, ordersn, shop_id, details, level,
       occurrences - 1, 'open', now(), CASE WHEN alert THEN now() END, now(), now()
     FROM jsonb_to_recordset(?::jsonb) AS raised (
       id text, connector text, error_class text, subject text, error_message text, raw_event_id text, ordersn text,
       shop_id text, details jsonb, level text, occurrences int, alert boolean
     )
     ORDER BY connector, subject, error_class
     ON CONFLICT (connector, subject, error_class)
       WHERE status = 'open' AND subject IS NOT NULL AND deleted_at IS NULL
     DO UPDATE SET
       retry_count = least(existing.retry_count::bigint + excluded.retry_count + 1, 2147483647),
       error_message = excluded.error_message,
       raw_event_id = coalesce(excluded.raw_event_id, existing.raw_event_id),
       details = excluded.details,
       level = excluded.level,
       last_seen_at = now(),
       updated_at = now()
     RETURNING id, connector, subject, error_class`,
    [JSON.stringify(exceptions)]
  )) as RaisedRow[]
}
