import type { MedusaContainer } from "@medusajs/framework/types"
import { fetchDueEscrows } from "../modules/connectors/shopee/escrow/fetch-due-escrows"

/** Fetches what completed orders are settled at. Nobody waits for it, so a minute is soon enough and lets a batch come together. */
export default async function fetchShopeeEscrow(container: MedusaContainer): Promise<void> {
  await fetchDueEscrows(container)
}

export const config = {
  name: "shopee-fetch-escrow",
  schedule: { interval: 60_000 },
}
