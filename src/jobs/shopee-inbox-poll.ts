import type { MedusaContainer } from "@medusajs/framework/types"
import { wakeInbox } from "../modules/connectors/shopee/inbox/drain"

/** The guarantee behind all wake-ups: whatever is due is found within two seconds. */
export default async function pollShopeeInbox(container: MedusaContainer): Promise<void> {
  wakeInbox(container)
}

export const config = {
  name: "shopee-inbox-poll",
  schedule: { interval: 2_000 },
}
