import type { SqlExecutor } from "../../../sql-executor"
import { listingKey, type ShopeeListing } from "../types/sku-mapping"
import { wakeHeldOrders } from "./wake-held-orders"

/** Makes the orders of the shop due that are held because nobody knew what this listing is. @returns how many. */
export async function wakeOrdersOfListing(sql: SqlExecutor, listing: ShopeeListing): Promise<number> {
  return await wakeHeldOrders(sql, "waiting_listings IS NOT NULL AND shop_id = ? AND waiting_listings @> ARRAY[?]", [
    listing.shopId,
    listingKey(listing),
  ])
}
