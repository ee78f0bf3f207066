import type { MedusaContainer } from "@medusajs/framework/types"
import { runFromJobFile } from "../modules/connectors/shared/jobs/run-due-jobs"
import { lostPushRecovery } from "../modules/connectors/shopee/recovery/recover-lost-pushes"

/** Takes in the pushes that Shopee could not deliver. */
export default async function recoverLostShopeePushes(container: MedusaContainer, scheduled?: object): Promise<void> {
  await runFromJobFile(container, lostPushRecovery, scheduled)
}

export const config = {
  name: "shopee-lost-push-recovery",
  schedule: "0 * * * *",
}
