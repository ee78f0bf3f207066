import type { MedusaContainer } from "@medusajs/framework/types"
import { type LineQuantity, readFulfillmentHistory } from "./fulfillment-history"
import { readFulfillments } from "./fulfillment-record"

/** Pieces of stock of one inventory item at one place. */
export interface StockPieces {
  inventoryItemId: string
  locationId: string
  quantity: number
}

/** What one parcel holds of a line, and what of the stock that was. */
interface PackedLine {
  lineId: string
  locationId: string
  pieces: number
  stock: { inventoryItemId: string; perPiece: number }[]
}

/** What the order's parcels hold of its lines, in the sequence in which they were packed. */
async function readPackedLines(container: MedusaContainer, orderId: string): Promise<PackedLine[]> {
  const history = await readFulfillmentHistory(container, orderId)
  const fulfillments = await readFulfillments(container, [...history.keys()])
  return [...history].flatMap(([id, { packed, canceled }]) => {
    const fulfillment = fulfillments.get(id)
    if (!fulfillment || canceled || fulfillment.canceledAt) {
      return []
    }
    return packed.map(({ lineId, quantity }) => ({
      lineId,
      locationId: fulfillment.locationId,
      pieces: quantity,
      stock: fulfillment.items.flatMap((item) =>
        item.lineId === lineId && item.inventoryItemId !== null
          ? [{ inventoryItemId: item.inventoryItemId, perPiece: item.quantity / quantity }]
          : []
      ),
    }))
  })
}

/**
 * Where pieces of an order's lines go when they come back: into the location that they were packed from, as the stock that they were
 * packed as.
 *
 * @param alreadyBack pieces of the lines that came back before: they stand for the parcels that were packed first
 */
export async function stockOfReturned(
  container: MedusaContainer,
  orderId: string,
  returned: LineQuantity[],
  alreadyBack: ReadonlyMap<string, number>
): Promise<StockPieces[]> {
  const packed = await readPackedLines(container, orderId)
  const rows = new Map<string, StockPieces>()
  for (const { lineId, quantity } of returned) {
    let skipped = alreadyBack.get(lineId) ?? 0
    let left = quantity
    for (const { locationId, pieces, stock } of packed.filter((line) => line.lineId === lineId)) {
      const passed = Math.min(skipped, pieces)
      const taken = Math.min(left, pieces - passed)
      skipped -= passed
      left -= taken
      for (const { inventoryItemId, perPiece } of taken > 0 ? stock : []) {
        const key = `${inventoryItemId} ${locationId}`
        const row = rows.get(key) ?? { inventoryItemId, locationId, quantity: 0 }
        rows.set(key, { ...row, quantity: row.quantity + taken * perPiece })
      }
    }
  }
  return [...rows.values()]
}
