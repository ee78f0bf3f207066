import type { ConnectorName } from "./enums"

/** What can be stored of a run: JSON values. */
export type JobValue = string | number | boolean | null | JobValue[] | { [key: string]: JobValue }

/** Facts by name, for the Admin and the next run. */
export type JobFacts = { [key: string]: JobValue }

/** Which job, and of what (for example a shop's id; "" = the job has no scope). */
export interface JobKey {
  connector: ConnectorName
  name: string
  scope: string
}

/** A run that was claimed, as the database knows it. */
export interface JobClaim {
  claimId: string
  /** The database's clock at the claim. */
  startedAt: Date
  watermark: Date | null
  state: JobFacts | null
  /** Failed runs since the last success. */
  failuresInARow: number
  lastSuccessAt: Date | null
}
