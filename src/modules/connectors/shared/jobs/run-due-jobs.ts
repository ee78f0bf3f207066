import { setTimeout as sleep } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { redactSecrets } from "../redaction"
import { jobSubject } from "../exception-subject"
import type ConnectorExceptionService from "../service"
import { ErrorClass, ExceptionStatus } from "../types/enums"
import type { ExceptionFinding } from "../types/exception"
import { CONNECTOR_SHARED_MODULE } from "../types/module-key"
import type { JobDefinition } from "./job-definition"
import { runJob } from "./run-job"
import { describeSchedule, nextRunAfter } from "./schedule"

/** Workers that restart one after the other, or one that starts in a loop, need no run each. */
const STARTS_WITHIN_MS = 60_000
const LOOK_AGAIN_MS = 200

/** What a job has runs for now. */
const scopesOf = async (container: MedusaContainer, { scopes }: JobDefinition): Promise<string[]> =>
  scopes ? await scopes(container) : [""]

/**
 * Runs every scope of a job that is due. One that is new becomes due at the first time that its schedule names. One scope's failure
 * keeps no other one waiting.
 *
 * @throws errors of our own database
 */
export async function runDueScopes(container: MedusaContainer, definition: JobDefinition): Promise<void> {
  const service = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const { connector, name, schedule } = definition
  await forEachScope(container, definition, async (scope) => {
    await service.registerJob({
      connector,
      name,
      scope,
      schedule: describeSchedule(schedule),
      nextRunAt: nextRunAfter(schedule, new Date()),
    })
    await runJob(container, definition, { scope })
  })
}

/**
 * Runs every scope of a job now, whether it is due or not, and waits for the ends: for a person who asks. A run that is on is waited
 * for, and then repeated, since it may have passed by what the person means.
 *
 * @throws errors of our own database
 */
export async function runScopesNow(container: MedusaContainer, definition: JobDefinition): Promise<void> {
  const service = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const { connector, name } = definition
  await forEachScope(container, definition, async (scope) => {
    await service.requestJob({ connector, name, scope })
    while ((await runJob(container, definition, { scope })) === "not_due") {
      const [job] = await service.listConnectorJobs({ connector, name, scope }, { take: 1 })
      if (!job?.claim_id) {
        // Another worker has done what was asked for.
        return
      }
      await sleep(LOOK_AGAIN_MS)
    }
  })
}

/**
 * What a file in `src/jobs` does: called by Medusa's scheduler, which names the time that it was scheduled for, it starts what is due
 * and doesn't wait; called by anyone else it runs the job now.
 */
export async function runFromJobFile(
  container: MedusaContainer,
  definition: JobDefinition,
  scheduled: object | undefined
): Promise<void> {
  if (scheduled) {
    startDueScopes(container, definition)
  } else {
    await runScopesNow(container, definition)
  }
}

async function forEachScope(
  container: MedusaContainer,
  definition: JobDefinition,
  run: (scope: string) => Promise<void>
): Promise<void> {
  const runs = await Promise.allSettled((await scopesOf(container, definition)).map(run))
  const failed = runs.find((one) => one.status === "rejected")
  if (failed) {
    throw failed.reason
  }
}

/**
 * Starts a job's due runs without waiting for them: they may take an hour, and Medusa's scheduler does one job at a time. Nothing is
 * lost when that fails: the job is still due, and the next tick comes back to it.
 */
export function startDueScopes(container: MedusaContainer, definition: JobDefinition): void {
  runDueScopes(container, definition).catch((error: unknown) => {
    const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
    logger.error(
      `[connector-job] ${definition.name} could not be started and is still due: ${redactSecrets(String(error))}`
    )
  })
}

/**
 * The tick behind all schedules: starts what is due, also what became due while no worker was up, and says which jobs have not
 * succeeded for too long. The first tick of a worker asks for the jobs that run at every start.
 *
 * @throws errors of our own database
 */
export async function tickJobs(container: MedusaContainer, definitions: readonly JobDefinition[]): Promise<void> {
  const service = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  if (service.runningJobs.isFirstTick()) {
    for (const definition of definitions.filter(({ runsAtStart }) => runsAtStart)) {
      for (const scope of await scopesOf(container, definition)) {
        await service.requestJob({ connector: definition.connector, name: definition.name, scope }, STARTS_WITHIN_MS)
      }
    }
  }
  for (const definition of definitions) {
    startDueScopes(container, definition)
  }
  await service.raiseExceptions((await Promise.all(definitions.map((one) => findOverdue(container, one)))).flat())
}

async function findOverdue(container: MedusaContainer, definition: JobDefinition): Promise<ExceptionFinding[]> {
  const { connector, name, overdueAfterMs, title } = definition
  if (overdueAfterMs === undefined) {
    return []
  }
  const service = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const scopes = new Set(await scopesOf(container, definition))
  const overdue = (await service.listOverdueJobs({ connector, name, overdueAfterMs })).filter(({ scope }) =>
    scopes.has(scope)
  )
  if (overdue.length === 0) {
    return []
  }
  const told = await service.listConnectorExceptions(
    {
      connector,
      subject: overdue.map(({ scope }) => jobSubject(name, scope)),
      error_class: ErrorClass.JOB_OVERDUE,
      status: ExceptionStatus.OPEN,
    },
    { select: ["id", "subject"], take: overdue.length }
  )
  const known = new Set(told.map(({ subject }) => subject))
  return overdue
    .filter(({ scope }) => !known.has(jobSubject(name, scope)))
    .map(({ scope, lastSuccessAt, lastError }) => ({
      connector,
      subject: jobSubject(name, scope),
      error_class: ErrorClass.JOB_OVERDUE,
      error_message:
        `${title} is overdue: it last succeeded ${lastSuccessAt ? `at ${lastSuccessAt.toISOString()}` : "never"}` +
        `${lastError ? `, and then failed with: ${lastError}` : ""}.`,
      details: { job: name, scope, last_success_at: lastSuccessAt?.toISOString() ?? null },
    }))
}
