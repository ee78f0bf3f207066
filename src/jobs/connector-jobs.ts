import type { MedusaContainer } from "@medusajs/framework/types"
import { tickJobs } from "../modules/connectors/shared/jobs/run-due-jobs"
import { SHOPEE_JOBS } from "../modules/connectors/shopee/jobs"

/**
 * Runs what is due by its schedule in UTC, also what became due while no worker was up. The jobs' own cron expressions are wake-ups:
 * Medusa reads them in the process's time zone, and forgets those that passed while it was down.
 */
export default async function tickConnectorJobs(container: MedusaContainer): Promise<void> {
  await tickJobs(container, SHOPEE_JOBS)
}

export const config = {
  name: "connector-jobs",
  schedule: { interval: 15_000 },
}
