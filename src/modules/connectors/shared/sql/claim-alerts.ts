import type { SqlExecutor } from "../../../sql-executor"
import type { DueAlert } from "../types/exception"

export interface AlertClaim {
  /** How long nobody else gets them. */
  leaseMs: number
  /** Alerts of one class that are posted one by one within `windowMs`. */
  mostAlone: number
  windowMs: number
  /** Most alerts of one class that are posted together. */
  largestDigest: number
}

/**
 * Hands the alert that is longest due to one process, or, when its class owes more than may be posted one by one, all of its class together.
 * A class that had its share within the window waits. All times are the database's.
 *
 * @returns alerts of one connector and class, the longest due first; empty = none may be posted now.
 */
export async function claimAlerts(
  executor: SqlExecutor,
  { leaseMs, mostAlone, windowMs, largestDigest }: AlertClaim
): Promise<DueAlert[]> {
  const due = `alert.alert_due_at IS NOT NULL AND alert.alerted_at IS NULL AND alert.deleted_at IS NULL
         AND alert.alert_due_at <= now() AND (alert.alert_lease_until IS NULL OR alert.alert_lease_until <= now())`
  return (await executor.execute(
    `WITH posted AS (
       SELECT connector, error_class, count(*) AS lately
         FROM connector_exception
        WHERE alerted_at > now() - ? * interval '1 millisecond' AND deleted_at IS NULL
        GROUP BY connector, error_class
     ), head AS (
       SELECT alert.id, alert.connector, alert.error_class, ? - COALESCE(posted.lately, 0) AS may_go_alone
         FROM connector_exception alert
         LEFT JOIN posted ON posted.connector = alert.connector AND posted.error_class = alert.error_class
        WHERE ${due} AND COALESCE(posted.lately, 0) < ?
        ORDER BY alert.alert_due_at, alert.id
        LIMIT 1
        FOR UPDATE OF alert SKIP LOCKED
     ), peers AS (
       SELECT alert.id, alert.alert_due_at
         FROM connector_exception alert
         JOIN head ON head.connector = alert.connector AND head.error_class = alert.error_class
        WHERE ${due}
        ORDER BY alert.alert_due_at, alert.id
        LIMIT ?
        FOR UPDATE OF alert SKIP LOCKED
     ), claimed AS (
       UPDATE connector_exception exception
          SET alert_lease_until = now() + ? * interval '1 millisecond', alert_attempts = alert_attempts + 1,
              updated_at = now()
         FROM peers, head
        WHERE exception.id = peers.id
          AND (peers.id = head.id OR (SELECT count(*) FROM peers) > head.may_go_alone)
       RETURNING exception.id, exception.connector, exception.error_class, exception.error_message, exception.status,
         exception.level, exception.raw_event_id, exception.ordersn, exception.shop_id, exception.details,
         exception.created_at, exception.alert_attempts, peers.alert_due_at AS was_due_at
     )
     SELECT id, connector, error_class, error_message, status, level, raw_event_id, ordersn, shop_id, details, created_at,
            alert_attempts
       FROM claimed
      ORDER BY was_due_at, id`,
    [windowMs, mostAlone, mostAlone, largestDigest, leaseMs]
  )) as DueAlert[]
}
