import type { MedusaContainer } from "@medusajs/framework/types"
import { releaseMappedOrders } from "../modules/connectors/shopee/inbox/release-mapped-orders"

/** Lets orders go through that waited for a SKU, also when the event that announced its variant was lost. */
export default async function releaseMappedShopeeOrders(container: MedusaContainer): Promise<void> {
  await releaseMappedOrders(container)
}

export const config = {
  name: "shopee-release-mapped-orders",
  schedule: { interval: 30_000 },
}
