import { randomUUID } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { CONNECTOR_SHARED_MODULE } from "../types/module-key"
import { jobSubject } from "../exception-subject"
import { redactSecrets } from "../redaction"
import { fullJitterDelayMs } from "../retry-policy"
import type ConnectorExceptionService from "../service"
import { ErrorClass } from "../types/enums"
import type { JobClaim, JobKey } from "../types/job"
import type { JobDefinition, JobReport, JobRun } from "./job-definition"
import { JobDeadlineError, JobLeaseLostError, JobStoppedError, ReportedJobError } from "./job-errors"
import { describeSchedule, nextRunAfter } from "./schedule"

/** A run that is not renewed for this long is dead; its job is repeated. */
const LEASE_MS = 30_000
const RENEW_EVERY_MS = 10_000
/** How long a run that was told to end may take to let go before nobody waits for it. */
const GRACE_MS = 20_000

/**
 * - `succeeded`, `failed`: the run took place.
 * - `not_due`: its time has not come, or another run holds it.
 * - `replaced`: another run took over meanwhile, and its end is what counts.
 * - `stopped`: the process stops; the job is as due as it was.
 */
export type JobOutcome = "succeeded" | "failed" | "not_due" | "replaced" | "stopped"

export interface RunJobOptions {
  scope?: string
  /** Asks for the run first: it then takes place also when its time has not come. */
  request?: boolean
}

const sharedServiceOf = (container: MedusaContainer): ConnectorExceptionService =>
  container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)

/**
 * Runs a job when it is due and no other worker is at it, and writes down how it ended.
 *
 * A failure is an exception of class `job_failed` (settled by the next success) and a retry with backoff, never a rejection.
 *
 * @throws errors of our own database; the job is then still due once its lease has run out
 */
export async function runJob(
  container: MedusaContainer,
  definition: JobDefinition,
  { scope = "", request = false }: RunJobOptions = {}
): Promise<JobOutcome> {
  const service = sharedServiceOf(container)
  const key = { connector: definition.connector, name: definition.name, scope }
  if (service.runningJobs.isStopping) {
    return "stopped"
  }
  if (request) {
    await service.requestJob(key)
  }
  const controller = new AbortController()
  // Kept from before the claim: a stop in between would otherwise leave a run behind that nobody aborts.
  return await service.runningJobs.keep(controller, claimAndRun(container, definition, key, controller))
}

async function claimAndRun(
  container: MedusaContainer,
  definition: JobDefinition,
  key: JobKey,
  controller: AbortController
): Promise<JobOutcome> {
  const claim = await sharedServiceOf(container).claimJob({
    ...key,
    claimId: randomUUID(),
    leaseMs: LEASE_MS,
    deadlineMs: definition.deadlineMs,
    schedule: describeSchedule(definition.schedule),
  })
  return claim ? await performRun(container, definition, key.scope, claim, controller) : "not_due"
}

async function performRun(
  container: MedusaContainer,
  definition: JobDefinition,
  scope: string,
  claim: JobClaim,
  controller: AbortController
): Promise<JobOutcome> {
  const service = sharedServiceOf(container)
  try {
    const report = await whileHeld(service, definition, claim, controller, async () =>
      definition.run(container, toRun(service, definition, scope, claim, controller.signal))
    )
    return await settleSuccess(service, definition, scope, claim, report)
  } catch (error) {
    if (error instanceof JobLeaseLostError) {
      return "replaced"
    }
    if (error instanceof JobStoppedError) {
      await service.releaseJob(claim.claimId)
      return "stopped"
    }
    return await settleFailure(container, definition, scope, claim, error)
  }
}

function toRun(
  service: ConnectorExceptionService,
  { name }: JobDefinition,
  scope: string,
  claim: JobClaim,
  signal: AbortSignal
): JobRun {
  return {
    scope,
    runId: claim.claimId,
    startedAt: claim.startedAt,
    watermark: claim.watermark,
    state: claim.state,
    lastSuccessAt: claim.lastSuccessAt,
    signal,
    checkpoint: async ({ watermark = null, state = null }) => {
      signal.throwIfAborted()
      if (!(await service.checkpointJob({ claimId: claim.claimId, watermark, state }))) {
        throw new JobLeaseLostError(name)
      }
    },
  }
}

/**
 * Does the work while its lease is renewed, until it ends or is aborted. Work that was told to end and doesn't is left behind after a
 * moment: whatever it still writes is fenced by its claim, or may be done twice.
 */
async function whileHeld(
  service: ConnectorExceptionService,
  { name, deadlineMs }: JobDefinition,
  { claimId }: JobClaim,
  controller: AbortController,
  work: () => Promise<JobReport>
): Promise<JobReport> {
  controller.signal.throwIfAborted()
  const renewal = setInterval(() => {
    service.renewJob({ claimId, leaseMs: LEASE_MS }).then(
      (isHeld) => {
        if (!isHeld) {
          controller.abort(new JobLeaseLostError(name))
        }
      },
      // The lease then ends by itself, and the end of the run, which is fenced, finds that out.
      () => undefined
    )
  }, RENEW_EVERY_MS)
  const deadline = setTimeout(() => controller.abort(new JobDeadlineError(name, deadlineMs)), deadlineMs)
  let grace: NodeJS.Timeout | undefined
  try {
    const given_up = new Promise<never>((_, reject) => {
      controller.signal.addEventListener("abort", () => {
        const reason: unknown = controller.signal.reason
        grace = setTimeout(() => reject(reason), reason instanceof JobDeadlineError ? 0 : GRACE_MS)
      })
    })
    const report = await Promise.race([work(), given_up])
    return report
  } catch (error) {
    // Whatever the work made of being aborted, the reason for it is what happened.
    throw controller.signal.aborted ? controller.signal.reason : error
  } finally {
    clearInterval(renewal)
    clearTimeout(deadline)
    clearTimeout(grace)
  }
}

async function settleSuccess(
  service: ConnectorExceptionService,
  definition: JobDefinition,
  scope: string,
  claim: JobClaim,
  report: JobReport
): Promise<JobOutcome> {
  const ended = await service.completeJob({
    claimId: claim.claimId,
    watermark: report.watermark ?? null,
    state: report.state ?? null,
    statistics: report.statistics ?? null,
    nextRunAt: nextRunAfter(definition.schedule, claim.startedAt),
  })
  if (!ended) {
    return "replaced"
  }
  await service.resolveSubjects(definition.connector, [jobSubject(definition.name, scope)], "system", null, [
    ErrorClass.JOB_FAILED,
    ErrorClass.JOB_OVERDUE,
  ])
  return "succeeded"
}

async function settleFailure(
  container: MedusaContainer,
  definition: JobDefinition,
  scope: string,
  claim: JobClaim,
  error: unknown
): Promise<JobOutcome> {
  const service = sharedServiceOf(container)
  const message = redactSecrets(error instanceof Error ? error.message : String(error))
  const attempts = claim.failuresInARow + 1
  if (!(error instanceof ReportedJobError)) {
    // Before the job is given back: a crash in between repeats the run, and no failure goes unheard.
    await service.raiseExceptions([
      {
        connector: definition.connector,
        subject: jobSubject(definition.name, scope),
        error_class: ErrorClass.JOB_FAILED,
        error_message: `${definition.title} failed: ${message}`,
        details: { job: definition.name, scope, attempts },
      },
    ])
  }
  const retryInMs = fullJitterDelayMs(attempts, Math.random)
  const ended = await service.failJob({
    claimId: claim.claimId,
    error: message,
    retryInMs: Math.max(retryInMs, error instanceof ReportedJobError ? (error.retryInMs ?? 0) : 0),
    nextRunAt: nextRunAfter(definition.schedule, claim.startedAt),
  })
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .warn(`[connector-job] ${definition.name}${scope && ` (${scope})`} failed: ${message}`)
  return ended ? "failed" : "replaced"
}
