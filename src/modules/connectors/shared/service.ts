import type { Context } from "@medusajs/framework/types"
import { generateEntityId, InjectManager, MedusaContext, MedusaError, MedusaService } from "@medusajs/framework/utils"
import { executorOf } from "../../sql-executor"
import { ALERT_GROUPING, toGroupedPayload } from "./alert-grouping"
import { deliverConnectorAlert } from "./alerting"
import { failPoint } from "./fail-point"
import { foldFindings } from "./fold-findings"
import { JobStoppedError } from "./jobs/job-errors"
import { RunningJobs } from "./jobs/running-jobs"
import ConnectorException from "./models/connector-exception"
import ConnectorJob from "./models/connector-job"
import { storableNotice } from "./notice"
import { redactSecrets } from "./redaction"
import { ALL_CLEAR_CLASSES, fullJitterDelayMs } from "./retry-policy"
import { checkpointJob } from "./sql/checkpoint-job"
import { claimAlerts } from "./sql/claim-alerts"
import { claimJob, type JobClaimRequest } from "./sql/claim-job"
import { completeJob, type CompletedRun } from "./sql/complete-job"
import { countOpenExceptions, type OpenExceptionCount } from "./sql/count-open-exceptions"
import { failJob } from "./sql/fail-job"
import { insertNotices } from "./sql/insert-notices"
import { listJobSuccesses, type JobSuccess } from "./sql/list-job-successes"
import { listOverdueJobs, type OverdueJob } from "./sql/list-overdue-jobs"
import { markAlerted } from "./sql/mark-alerted"
import { measureExceptions } from "./sql/measure-exceptions"
import { postponeAlerts } from "./sql/postpone-alerts"
import { raiseExceptions, type RaisedRow } from "./sql/raise-exceptions"
import { registerJob } from "./sql/register-job"
import { releaseJob } from "./sql/release-job"
import { renewJob } from "./sql/renew-job"
import { requestJob } from "./sql/request-job"
import { resolveSubjects } from "./sql/resolve-subjects"
import { type ExceptionSettlement, settleException } from "./sql/settle-exception"
import type { AlertPayload } from "./types/alert"
import type { ConnectorName, ErrorClass } from "./types/enums"
import type { DueAlert, ExceptionFinding, ExceptionLevels, Notice, RaisedException } from "./types/exception"
import type { JobClaim, JobFacts, JobKey } from "./types/job"

/** Far longer than a delivery takes (5 s), so that only a process that died loses its claim. */
const ALERT_LEASE_MS = 60_000
/** A webhook that failed this often in a row is down; the rest stays due instead of waiting 5 s each. */
const FAILURES_THAT_END_A_RUN = 3
/** Messages that one run posts at most; the next run goes on. */
const MOST_POSTS_A_RUN = 100

/** What the connectors share: exceptions and the outbox of their alerts, and scheduled jobs. CRUD plus the statements below. */
class ConnectorExceptionService extends MedusaService({ ConnectorException, ConnectorJob }) {
  /** The job runs that this process is at. */
  readonly runningJobs = new RunningJobs()

  /** Called by Medusa. A stop gives the jobs at hand back, so that another worker goes on with them at once. */
  readonly __hooks = {
    onApplicationStart: async (): Promise<void> => this.runningJobs.open(),
    onApplicationPrepareShutdown: async (): Promise<void> => {
      await this.runningJobs.stop(new JobStoppedError("The job"))
    },
  }

  /**
   * Opens an exception for every finding, or counts it where one of the same subject and class is open: `retry_count` rises by
   * the finding's `count`, message, event, details and `last_seen_at` are refreshed, and it alerts no more. A new one owes
   * an alert when its class's policy says so. Findings of one key are folded, the last message winning.
   *
   * Secrets are stripped from messages and details; details are allow-listed and get the policy's `action` when they have none.
   */
  @InjectManager()
  async raiseExceptions(
    findings: ExceptionFinding[],
    @MedusaContext() context: Context = {}
  ): Promise<RaisedException[]> {
    if (findings.length === 0) {
      return []
    }
    const rows = foldFindings(findings).map((row) => ({ id: generateEntityId(undefined, "cex"), ...row }))
    const offered = new Set(rows.map((row) => row.id))
    const raised = await raiseExceptions(executorOf(context), rows)
    return raised.map((row) => toRaisedException(row, offered.has(row.id)))
  }

  /**
   * Settles the open exceptions of the subjects, all classes or those given. Alerts that are still owed go out all the same,
   * with level `resolved`; classes whose policy has an all-clear are announced once more.
   *
   * @returns how many were open
   */
  @InjectManager()
  async resolveSubjects(
    connector: ConnectorName,
    subjects: string[],
    by: string = "system",
    note: string | null = null,
    errorClasses: ErrorClass[] | null = null,
    @MedusaContext() context: Context = {}
  ): Promise<number> {
    if (subjects.length === 0) {
      return 0
    }
    return await resolveSubjects(executorOf(context), {
      connector,
      subjects,
      errorClasses,
      resolvedBy: by,
      note,
      allClearClasses: ALL_CLEAR_CLASSES,
    })
  }

  /**
   * Tells people something that needs nobody: posted like an exception's alert, with the notice's level, and never open.
   *
   * @returns the ids of the rows
   */
  @InjectManager()
  async announce(notices: Notice[], @MedusaContext() context: Context = {}): Promise<string[]> {
    if (notices.length === 0) {
      return []
    }
    const rows = notices.map((notice) => ({ id: generateEntityId(undefined, "cex"), ...storableNotice(notice) }))
    await insertNotices(executorOf(context), rows)
    return rows.map(({ id }) => id)
  }

  /**
   * Settles one open exception for a person. An alert that is still owed goes out all the same, with level `resolved`.
   *
   * @throws MedusaError: not_found for an unknown id, conflict for one that is settled already
   */
  @InjectManager()
  async settleException(settlement: ExceptionSettlement, @MedusaContext() context: Context = {}): Promise<void> {
    if (await settleException(executorOf(context), settlement)) {
      return
    }
    const { status } = await this.retrieveConnectorException(settlement.id, {}, context)
    throw new MedusaError(MedusaError.Types.CONFLICT, `Exception ${settlement.id} is settled already (${status}).`)
  }

  @InjectManager()
  async countOpenExceptions(@MedusaContext() context: Context = {}): Promise<OpenExceptionCount[]> {
    return await countOpenExceptions(executorOf(context))
  }

  /** What is open and what is still to be announced, for the metrics. */
  @InjectManager()
  async measureExceptions(@MedusaContext() context: Context = {}): Promise<ExceptionLevels[]> {
    return await measureExceptions(executorOf(context))
  }

  /**
   * Claims the alert that is longest due, or all of its class when they are posted together (`alert-grouping.ts`), for `leaseMs` (database
   * clock). Two callers never get the same one.
   */
  @InjectManager()
  async claimAlerts(leaseMs: number, @MedusaContext() context: Context = {}): Promise<DueAlert[]> {
    return await claimAlerts(executorOf(context), { leaseMs, ...ALERT_GROUPING })
  }

  /** The claimed alerts of these exceptions went out. */
  @InjectManager()
  async markAlerted(ids: string[], @MedusaContext() context: Context = {}): Promise<void> {
    await markAlerted(executorOf(context), ids)
  }

  /** The claimed alerts of these exceptions did not go out; they are due again in `nextInMs`. */
  @InjectManager()
  async alertsFailed(ids: string[], nextInMs: number, @MedusaContext() context: Context = {}): Promise<void> {
    await postponeAlerts(executorOf(context), ids, nextInMs)
  }

  /**
   * Posts the alerts that are due, one message after the other, and never gives one up: what fails is due again after a backoff with
   * full jitter (5 s → 30 min). Many of one class are one message (`alert-grouping.ts`). Three failures in a row end the run. Any number of processes may call it at once.
   *
   * Delivery is at least once: a process that dies between the webhook's answer and our note posts the alert again.
   *
   * @param deliver settles well within a minute; false or a rejection = try again later
   * @returns how many messages were posted and how many were not
   */
  async postDueAlerts(
    deliver: (payload: AlertPayload) => Promise<boolean> = deliverConnectorAlert
  ): Promise<{ posted: number; failed: number }> {
    let posted = 0
    let failed = 0
    let failedInARow = 0
    while (posted + failed < MOST_POSTS_A_RUN && failedInARow < FAILURES_THAT_END_A_RUN) {
      const alerts = await this.claimAlerts(ALERT_LEASE_MS)
      if (alerts.length === 0) {
        break
      }
      const ids = alerts.map(({ id }) => id)
      if (await isDelivered(alerts, deliver)) {
        failPoint("alert-delivered")
        await this.markAlerted(ids)
        posted += 1
        failedInARow = 0
      } else {
        const tries = Math.min(...alerts.map(({ alert_attempts }) => alert_attempts))
        await this.alertsFailed(ids, fullJitterDelayMs(tries, Math.random))
        failed += 1
        failedInARow += 1
      }
    }
    return { posted, failed }
  }

  // --- jobs (what each promises is said in `sql/` and `jobs/`) --------------------------------------------------------------

  @InjectManager()
  async registerJob(
    job: JobKey & { schedule: string; nextRunAt: Date },
    @MedusaContext() context: Context = {}
  ): Promise<void> {
    await registerJob(executorOf(context), { id: generateEntityId(undefined, "cjob"), ...job })
  }

  @InjectManager()
  async claimJob(
    request: Omit<JobClaimRequest, "id">,
    @MedusaContext() context: Context = {}
  ): Promise<JobClaim | null> {
    return await claimJob(executorOf(context), { id: generateEntityId(undefined, "cjob"), ...request })
  }

  @InjectManager()
  async renewJob(
    claim: { claimId: string; leaseMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<boolean> {
    return await renewJob(executorOf(context), claim)
  }

  @InjectManager()
  async checkpointJob(
    progress: { claimId: string; watermark: Date | null; state: JobFacts | null },
    @MedusaContext() context: Context = {}
  ): Promise<boolean> {
    return await checkpointJob(executorOf(context), progress)
  }

  @InjectManager()
  async completeJob(run: CompletedRun, @MedusaContext() context: Context = {}): Promise<boolean> {
    return await completeJob(executorOf(context), run)
  }

  @InjectManager()
  async failJob(
    failure: { claimId: string; error: string; retryInMs: number; nextRunAt: Date },
    @MedusaContext() context: Context = {}
  ): Promise<boolean> {
    return await failJob(executorOf(context), failure)
  }

  @InjectManager()
  async releaseJob(claimId: string, @MedusaContext() context: Context = {}): Promise<void> {
    await releaseJob(executorOf(context), claimId)
  }

  /**
   * Makes a job due now, also when its time has not come; a run that is on is followed by another.
   *
   * @param notWithinMs nothing happens when a run began this recently
   * @returns whether it was made due
   */
  @InjectManager()
  async requestJob(key: JobKey, notWithinMs: number = 0, @MedusaContext() context: Context = {}): Promise<boolean> {
    return await requestJob(executorOf(context), { id: generateEntityId(undefined, "cjob"), ...key, notWithinMs })
  }

  /** When each job last succeeded, for the metrics. */
  @InjectManager()
  async listJobSuccesses(@MedusaContext() context: Context = {}): Promise<JobSuccess[]> {
    return await listJobSuccesses(executorOf(context))
  }

  @InjectManager()
  async listOverdueJobs(
    job: Pick<JobKey, "connector" | "name"> & { overdueAfterMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<OverdueJob[]> {
    return await listOverdueJobs(executorOf(context), job)
  }
}

async function isDelivered(alerts: DueAlert[], deliver: (payload: AlertPayload) => Promise<boolean>): Promise<boolean> {
  try {
    return await deliver(toGroupedPayload(alerts))
  } catch (error) {
    console.warn(
      `[connector-alert] delivery failed (${redactSecrets(String(error)).replace(/\s+/g, " ")}): ${alerts[0]?.id}`
    )
    return false
  }
}

const toRaisedException = (row: RaisedRow, isNew: boolean): RaisedException => ({
  id: row.id,
  connector: row.connector as ConnectorName,
  subject: row.subject,
  error_class: row.error_class as ErrorClass,
  is_new: isNew,
})

export default ConnectorExceptionService
