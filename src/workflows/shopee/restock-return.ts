import type { InventoryLevelDTO, MedusaContainer, UpdateInventoryLevelInput } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import { RESTOCKED_KEY } from "../../modules/connectors/shopee/types/return-record"
import type { StockPieces } from "./packed-stock"
import { withStockLocked } from "./stock-lock"
import { ensureLevels } from "./steps/ensure-inventory-levels"

/** Key in a level's metadata: returns whose pieces it got, until Medusa's return says so as well. */
const RESTOCKED_RETURNS_KEY = "shopee_restocked_returns"

const markersOf = ({ metadata }: Pick<InventoryLevelDTO, "metadata">): string[] => {
  const markers: unknown = metadata?.[RESTOCKED_RETURNS_KEY]
  return Array.isArray(markers) ? markers.filter((marker) => typeof marker === "string") : []
}

/** Medusa's module takes a level's `metadata`, only its type leaves it out. */
const withMetadata = (
  update: UpdateInventoryLevelInput,
  metadata: Record<string, unknown>
): UpdateInventoryLevelInput & { metadata: Record<string, unknown> } => ({ ...update, metadata })

/** Markers that are still needed: a return that says itself that it is in stock needs none. */
async function stillNeeded(container: MedusaContainer, markers: string[]): Promise<Set<string>> {
  if (markers.length === 0) {
    return new Set()
  }
  const returns = await container.resolve(Modules.ORDER).listReturns({ id: markers }, { select: ["id", "metadata"] })
  const settled = new Set(returns.flatMap(({ id, metadata }) => (metadata?.[RESTOCKED_KEY] === true ? [id] : [])))
  return new Set(markers.filter((marker) => !settled.has(marker)))
}

/**
 * Puts the pieces of a return back into stock, exactly once. Stock and order are two modules with a transaction each: the stock's own
 * transaction therefore leaves the return's id with the level, so that a run that is killed before the return says it is done is not
 * counted twice.
 */
export async function restockReturn(container: MedusaContainer, returnId: string, rows: StockPieces[]): Promise<void> {
  if (rows.length === 0) {
    return
  }
  const inventory = container.resolve(Modules.INVENTORY)
  const itemIds = [...new Set(rows.map(({ inventoryItemId }) => inventoryItemId))]
  for (const locationId of new Set(rows.map((row) => row.locationId))) {
    await ensureLevels(
      container,
      locationId,
      rows.flatMap((row) => (row.locationId === locationId ? [row.inventoryItemId] : []))
    )
  }
  await withStockLocked(container, itemIds, async () => {
    const levels = await inventory.listInventoryLevels({ inventory_item_id: itemIds })
    if (levels.some((level) => markersOf(level).includes(returnId))) {
      return
    }
    const needed = await stillNeeded(container, levels.flatMap(markersOf))
    await inventory.updateInventoryLevels(
      rows.flatMap(({ inventoryItemId, locationId, quantity }) => {
        const level = levels.find(
          (each) => each.inventory_item_id === inventoryItemId && each.location_id === locationId
        )
        const markers = [...(level ? markersOf(level).filter((marker) => needed.has(marker)) : []), returnId]
        const stocked = MathBN.add(level?.stocked_quantity ?? 0, quantity).toNumber()
        return withMetadata(
          { inventory_item_id: inventoryItemId, location_id: locationId, stocked_quantity: stocked },
          { ...level?.metadata, [RESTOCKED_RETURNS_KEY]: markers }
        )
      })
    )
  })
}
