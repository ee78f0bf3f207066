import type { SqlExecutor } from "../../../sql-executor"
import type { JobClaim, JobFacts, JobKey } from "../types/job"

/** A run that asks for its job. */
export interface JobClaimRequest extends JobKey {
  /** Id of the row when the job has none yet. */
  id: string
  claimId: string
  leaseMs: number
  deadlineMs: number
  /** The schedule as people read it. */
  schedule: string
}

interface ClaimedRow {
  last_started_at: Date
  watermark: Date | null
  state: JobFacts | null
  failures_in_a_row: number
  last_success_at: Date | null
}

/**
 * Hands the job to one run: when it is due (a job that nobody has heard of is) and no other run holds it. One statement, so two
 * workers can't both get it; all times are the database's, so a worker whose clock is off can't either.
 */
export async function claimJob(sql: SqlExecutor, request: JobClaimRequest): Promise<JobClaim | null> {
  const [row] = (await sql.execute(
    `INSERT INTO connector_job AS job (
       id, connector, name, scope, schedule, claim_id, lease_until, deadline_at, last_started_at, next_run_at,
       runs, failures_in_a_row, created_at, updated_at
     )
     VALUES (?, ?, ?, ?, ?, ?, now() + ? * interval '1 millisecond', now() + ? * interval '1 millisecond', now(), now(),
       1, 0, now(), now())
     ON CONFLICT (connector, name, scope) WHERE deleted_at IS NULL
     DO UPDATE SET
       schedule = excluded.schedule,
       claim_id = excluded.claim_id,
       lease_until = excluded.lease_until,
       deadline_at = excluded.deadline_at,
       last_started_at = now(),
       runs = CASE WHEN job.runs < 2147483647 THEN job.runs + 1 ELSE job.runs END,
       updated_at = now()
     WHERE (job.lease_until IS NULL OR job.lease_until <= now())
       AND (job.next_run_at IS NULL OR job.next_run_at <= now())
     RETURNING last_started_at, watermark, state, failures_in_a_row, last_success_at`,
    [
      request.id,
      request.connector,
      request.name,
      request.scope,
      request.schedule,
      request.claimId,
      request.leaseMs,
      request.deadlineMs,
    ]
  )) as ClaimedRow[]
  return row
    ? {
        claimId: request.claimId,
        startedAt: new Date(row.last_started_at),
        watermark: row.watermark === null ? null : new Date(row.watermark),
        state: row.state,
        failuresInARow: row.failures_in_a_row,
        lastSuccessAt: row.last_success_at === null ? null : new Date(row.last_success_at),
      }
    : null
}
