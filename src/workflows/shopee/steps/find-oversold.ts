import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

/** Stock that one order asked for, oldest order first. */
export interface StockDemand {
  ordersn: string
  sku: string
  inventoryItemId: string
  quantity: number
}

/**
 * Which orders took more than there was. Looked at after the reservation, so that orders which other workers imported at the same
 * time count too; the shortage falls on the newest orders of the batch.
 *
 * @returns the SKUs that are short, by order_sn.
 */
export const findOversoldStep = createStep(
  "find-oversold-shopee-orders",
  async ({ locationId, demands }: { locationId: string; demands: StockDemand[] }, { container }) => {
    const short: Record<string, string[]> = {}
    const itemIds = [...new Set(demands.map((demand) => demand.inventoryItemId))]
    if (itemIds.length === 0) {
      return new StepResponse(short)
    }
    const levels = await container.resolve(Modules.INVENTORY).listInventoryLevels(
      { inventory_item_id: itemIds, location_id: locationId },
      {
        select: [
          "inventory_item_id",
          "stocked_quantity",
          "reserved_quantity",
          "raw_stocked_quantity",
          "raw_reserved_quantity",
        ],
      }
    )
    const shortage = new Map<string, number>()
    for (const level of levels) {
      const available = Number(level.stocked_quantity) - Number(level.reserved_quantity)
      if (available < 0) {
        shortage.set(level.inventory_item_id, -available)
      }
    }
    for (const demand of [...demands].reverse()) {
      const missing = shortage.get(demand.inventoryItemId) ?? 0
      if (missing > 0) {
        shortage.set(demand.inventoryItemId, missing - demand.quantity)
        const skus = (short[demand.ordersn] ??= [])
        if (!skus.includes(demand.sku)) {
          skus.push(demand.sku)
        }
      }
    }
    return new StepResponse(short)
  }
)
