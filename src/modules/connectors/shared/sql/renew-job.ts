import type { SqlExecutor } from "../../../sql-executor"

/**
 * Holds a run's job for `leaseMs` more, but never beyond its deadline, so that a run that hangs in a living process is replaced too.
 *
 * @returns false when the job is held by another run, or the lease has run out
 */
export async function renewJob(
  sql: SqlExecutor,
  { claimId, leaseMs }: { claimId: string; leaseMs: number }
): Promise<boolean> {
  const renewed = (await sql.execute(
    `UPDATE connector_job
     SET lease_until = least(now() + ? * interval '1 millisecond', deadline_at), updated_at = now()
     WHERE claim_id = ? AND deadline_at > now() AND deleted_at IS NULL
     RETURNING id`,
    [leaseMs, claimId]
  )) as { id: string }[]
  return renewed.length > 0
}
