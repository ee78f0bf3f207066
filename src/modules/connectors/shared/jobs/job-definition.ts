import type { MedusaContainer } from "@medusajs/framework/types"
import type { ConnectorName } from "../types/enums"
import type { JobFacts } from "../types/job"
import type { JobSchedule } from "./schedule"

/** A job that runs by schedule, one run at a time over all workers. */
export interface JobDefinition {
  connector: ConnectorName
  /** Unique within the connector; the name of the job's file. */
  name: string
  /** What it does, as a person reads it in "<title> failed": "The nightly comparison with Shopee's orders". */
  title: string
  schedule: JobSchedule
  /** A run that takes longer is given up and replaced. */
  deadlineMs: number
  /** An exception says so when no run has succeeded for this long; absent = nobody is told. */
  overdueAfterMs?: number
  /** Whether every start of a worker asks for a run, also when none is due. */
  runsAtStart?: boolean
  /** What there is a run of its own for, each with its own row; absent = one run, scope "". */
  scopes?(container: MedusaContainer): Promise<string[]>
  /**
   * The work. It has to bear being repeated: a run that died is done again from its last checkpoint.
   *
   * @throws to fail; `ReportedJobError` when people know about it already
   */
  run(container: MedusaContainer, run: JobRun): Promise<JobReport>
}

/** What a run knows and can do. */
export interface JobRun {
  scope: string
  /** Id of this run, for findings and proofs. */
  runId: string
  /** When it began, on the database's clock. */
  startedAt: Date
  /** How far the runs before came; null = nowhere yet. */
  watermark: Date | null
  /** What the runs before left; null = nothing. */
  state: JobFacts | null
  lastSuccessAt: Date | null
  /** Aborted when the run has to end: its deadline, a lost lease, a process that stops. Look at it between two calls. */
  signal: AbortSignal
  /**
   * Stores how far the run has come, so that a successor goes on from there.
   *
   * @throws JobLeaseLostError when another run has taken over
   */
  checkpoint(progress: JobProgress): Promise<void>
}

/** What is left out stays as it is. */
export interface JobProgress {
  watermark?: Date
  state?: JobFacts
}

/** How a successful run ended. */
export interface JobReport extends JobProgress {
  /** What it counted, for the Admin. */
  statistics?: JobFacts
}
