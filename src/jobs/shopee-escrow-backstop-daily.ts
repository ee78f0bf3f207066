import type { MedusaContainer } from "@medusajs/framework/types"
import { runFromJobFile } from "../modules/connectors/shared/jobs/run-due-jobs"
import { escrowBackstop } from "../modules/connectors/shopee/escrow/escrow-backstop"

/** Fills what is missing of the settlements, and tells what is late or short. */
export default async function backstopShopeeEscrows(container: MedusaContainer, scheduled?: object): Promise<void> {
  await runFromJobFile(container, escrowBackstop, scheduled)
}

/** 04:00 in Singapore. The job's own schedule says UTC; this one, a wake-up, means it where the process runs in UTC. */
export const config = {
  name: "shopee-escrow-backstop-daily",
  schedule: "0 20 * * *",
}
