import type { MedusaContainer } from "@medusajs/framework/types"
import { reverifyRejectedPushes } from "../modules/connectors/shopee/inbox/reverify-rejected"

/** Takes in pushes that were rejected because a key or the callback URL was wrong, soon after a start with the right ones. */
export default async function reverifyRejectedShopeePushes(container: MedusaContainer): Promise<void> {
  await reverifyRejectedPushes(container)
}

export const config = {
  name: "shopee-reverify-rejected",
  schedule: { interval: 60_000 },
}
