import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { findVariantsById } from "../mappers/sku-to-variant"
import type ShopeeConnectorService from "../service"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import type { SkuMapping } from "../types/sku-mapping"
import { wakeInbox } from "./drain"

/**
 * Decides for good what a Shopee listing sells, and lets the orders go through that waited for it. Orders that were imported before stay
 * as they are.
 *
 * @param decidedBy who said so, for the record
 * @returns the mapping's id, and how many held orders were released
 * @throws MedusaError (invalid_data) when there is no such variant
 */
export async function mapListing(
  container: MedusaContainer,
  mapping: SkuMapping,
  decidedBy: string | null
): Promise<{ id: string; releasedOrders: number }> {
  const variants = await findVariantsById(container, [mapping.variantId])
  if (!variants.has(mapping.variantId)) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `Medusa has no variant ${mapping.variantId}. Pick one that exists.`
    )
  }
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const result = await service.setSkuMapping(mapping, decidedBy)
  if (result.releasedOrders > 0) {
    wakeInbox(container)
  }
  return result
}
