import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

/** @returns ids of the levels that were missing and are created, at a stock of zero */
export async function ensureLevels(
  container: MedusaContainer,
  locationId: string,
  inventoryItemIds: string[]
): Promise<string[]> {
  const ids = [...new Set(inventoryItemIds)]
  if (ids.length === 0) {
    return []
  }
  const inventory = container.resolve(Modules.INVENTORY)
  const levels = await inventory.listInventoryLevels(
    { inventory_item_id: ids, location_id: locationId },
    { select: ["inventory_item_id"] }
  )
  const stocked = new Set(levels.map((level) => level.inventory_item_id))
  const missing = ids.filter((id) => !stocked.has(id))
  if (missing.length === 0) {
    return []
  }
  const created = await inventory.createInventoryLevels(
    missing.map((id) => ({ inventory_item_id: id, location_id: locationId, stocked_quantity: 0 }))
  )
  return created.map(({ id }) => id)
}

/**
 * An inventory level at the location for every item that is about to be reserved. A variant that was never stocked there gets one of
 * zero: its order is imported all the same and flagged as oversold.
 *
 * Not compensated: another worker may have reserved at the level meanwhile. One of zero harms nobody.
 *
 * @returns ids of the levels that were created
 */
export const ensureInventoryLevelsStep = createStep(
  "ensure-shopee-inventory-levels",
  async ({ locationId, inventoryItemIds }: { locationId: string; inventoryItemIds: string[] }, { container }) =>
    new StepResponse(await ensureLevels(container, locationId, inventoryItemIds))
)
