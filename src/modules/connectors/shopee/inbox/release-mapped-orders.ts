import type { MedusaContainer } from "@medusajs/framework/types"
import { findVariantsBySku } from "../mappers/sku-to-variant"
import type ShopeeConnectorService from "../service"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { wakeInbox } from "./drain"

/**
 * Makes the held orders due whose SKU Medusa knows by now, exactly once: one that has become ambiguous still needs a person.
 *
 * @returns how many orders were released
 */
export async function releaseMappedOrders(container: MedusaContainer): Promise<number> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const waiting = await service.listWaitingSkus()
  if (waiting.length === 0) {
    return 0
  }
  const found = await findVariantsBySku(container, waiting)
  const mapped = waiting.filter((sku) => found.get(sku)?.length === 1)
  const released = await service.wakeWaitingOrders(mapped)
  if (released > 0) {
    wakeInbox(container)
  }
  return released
}
