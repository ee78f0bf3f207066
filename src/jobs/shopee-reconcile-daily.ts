import type { MedusaContainer } from "@medusajs/framework/types"
import { runFromJobFile } from "../modules/connectors/shared/jobs/run-due-jobs"
import { reconcileDaily } from "../modules/connectors/shopee/recovery/reconcile"

/** Proves every night that we have all of Shopee's orders, and takes in those that are missing or behind. */
export default async function reconcileShopeeDaily(container: MedusaContainer, scheduled?: object): Promise<void> {
  await runFromJobFile(container, reconcileDaily, scheduled)
}

/** 03:00 in Singapore. The job's own schedule says UTC; this one, a wake-up, means it where the process runs in UTC. */
export const config = {
  name: "shopee-reconcile-daily",
  schedule: "0 19 * * *",
}
