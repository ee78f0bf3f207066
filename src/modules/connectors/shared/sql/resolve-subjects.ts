import type { SqlExecutor } from "../../../sql-executor"

export interface Settlement {
  connector: string
  subjects: string[]
  /** null = exceptions of every class. */
  errorClasses: string[] | null
  resolvedBy: string
  note: string | null
  /** Classes whose end is announced when their beginning was. */
  allClearClasses: readonly string[]
}

/**
 * Settles the open exceptions of some subjects and says how many there were. Their alerts, when still owed, stay owed; an all-clear is the
 * same row's alert, owed again. One that is being posted at this moment loses its lease, so that it can't be noted as posted.
 */
export async function resolveSubjects(
  executor: SqlExecutor,
  { connector, subjects, errorClasses, resolvedBy, note, allClearClasses }: Settlement
): Promise<number> {
  const settled = (await executor.execute(
    `WITH open_exception AS (
       SELECT id, (alerted_at IS NOT NULL OR alert_lease_until > now())
                  AND error_class = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb))) AS owes_all_clear
       FROM connector_exception
       WHERE connector = ?
         AND subject = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb)))
         AND (?::jsonb IS NULL OR error_class = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb))))
         AND status = 'open' AND subject IS NOT NULL AND deleted_at IS NULL
       ORDER BY connector, subject, error_class
       FOR UPDATE
     )
     UPDATE connector_exception
     SET status = 'resolved', resolved_at = now(), resolved_by = ?, operator_note = coalesce(?, operator_note),
       alert_due_at = CASE WHEN owes_all_clear THEN now() ELSE alert_due_at END,
       alerted_at = CASE WHEN owes_all_clear THEN NULL ELSE alerted_at END,
       alert_lease_until = CASE WHEN owes_all_clear THEN NULL ELSE alert_lease_until END,
       alert_attempts = CASE WHEN owes_all_clear THEN 0 ELSE alert_attempts END,
       updated_at = now()
     FROM open_exception
     WHERE connector_exception.id = open_exception.id
     RETURNING connector_exception.id`,
    [
      JSON.stringify(allClearClasses),
      connector,
      JSON.stringify(subjects),
      errorClasses && JSON.stringify(errorClasses),
      errorClasses && JSON.stringify(errorClasses),
      resolvedBy,
      note,
    ]
  )) as { id: string }[]
  return settled.length
}
