/** Names of the jobs that others ask for by name. */
export const RECONCILE_JOB = "shopee-reconcile-daily"
export const BACKFILL_JOB = "shopee-backfill"
