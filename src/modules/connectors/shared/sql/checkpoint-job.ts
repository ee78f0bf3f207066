import type { SqlExecutor } from "../../../sql-executor"
import type { JobFacts } from "../types/job"

/** Stores how far a run has come; null leaves a value as it is. @returns false when the job is held by another run */
export async function checkpointJob(
  sql: SqlExecutor,
  { claimId, watermark, state }: { claimId: string; watermark: Date | null; state: JobFacts | null }
): Promise<boolean> {
  const stored = (await sql.execute(
    `UPDATE connector_job
     SET watermark = coalesce(?::timestamptz, watermark), state = coalesce(?::jsonb, state), updated_at = now()
     WHERE claim_id = ? AND deleted_at IS NULL
     RETURNING id`,
    [watermark?.toISOString() ?? null, state && JSON.stringify(state), claimId]
  )) as { id: string }[]
  return stored.length > 0
}
