import type { MedusaContainer } from "@medusajs/framework/types"
import type { JobDefinition } from "../../shared/jobs/job-definition"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName } from "../../shared/types/enums"
import { SHOPEE_JOBS } from "../jobs"
import type { JobStatus } from "../types/desk"
import { timestampOrNull } from "./json-values"

/** Jobs are a dozen, some of them once for each shop. */
const MOST_JOBS = 200

/** A worker looks for due jobs every 15 s; one that is late by this much has no worker, or none that gets to it. */
const BEGINS_WITHIN_MS = 10 * 60_000

interface JobTimes {
  created_at: Date
  next_run_at: Date | null
  last_success_at: Date | null
}

/** Whether a job is late with its success, or with its start. Pure. */
export function isOverdue(
  { created_at, next_run_at, last_success_at }: JobTimes,
  { running, overdueAfterMs, now }: { running: boolean; overdueAfterMs: number | undefined; now: Date }
): boolean {
  const sinceSuccessMs = now.getTime() - (last_success_at ?? created_at).getTime()
  const sinceDueMs = next_run_at === null || running ? 0 : now.getTime() - next_run_at.getTime()
  return sinceDueMs > BEGINS_WITHIN_MS || (overdueAfterMs !== undefined && sinceSuccessMs > overdueAfterMs)
}

/** Whether there is still something to run a job for: a row outlives its shop's authorisation. */
async function isWanted(container: MedusaContainer, definition: JobDefinition, scope: string): Promise<boolean> {
  return definition.scopes === undefined || (await definition.scopes(container)).includes(scope)
}

/** Every job as its row tells of it. */
export async function readJobs(
  container: MedusaContainer,
  exceptions: ConnectorExceptionService
): Promise<JobStatus[]> {
  const jobs = await exceptions.listConnectorJobs(
    { connector: ConnectorName.SHOPEE },
    { take: MOST_JOBS, order: { name: "ASC", scope: "ASC" } }
  )
  const now = new Date()
  return await Promise.all(
    jobs.map(async (job): Promise<JobStatus> => {
      const definition = SHOPEE_JOBS.find(({ name }) => name === job.name)
      const running = job.claim_id !== null && job.lease_until !== null && job.lease_until > now
      const late = isOverdue(job, { running, overdueAfterMs: definition?.overdueAfterMs, now })
      return {
        name: job.name,
        scope: job.scope,
        schedule: job.schedule,
        next_run_at: timestampOrNull(job.next_run_at),
        running,
        overdue: late && definition !== undefined && (await isWanted(container, definition, job.scope)),
        last_started_at: timestampOrNull(job.last_started_at),
        last_success_at: timestampOrNull(job.last_success_at),
        last_error: job.failures_in_a_row > 0 ? job.last_error : null,
        failures_in_a_row: job.failures_in_a_row,
        last_duration_ms: job.last_duration_ms,
        last_statistics: job.last_statistics,
      }
    })
  )
}
