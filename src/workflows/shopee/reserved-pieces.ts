import type { MedusaContainer } from "@medusajs/framework/types"
import { readOrderToPack } from "./order-to-pack"
import { lowerReservations, type MovedStock, nothingMoved, type ReservedPieces } from "./parcel-stock"

/** What a line keeps reserved at most, by what a piece of it takes from the stock. */
function toReserved(
  line: { lineId: string; stock: { inventoryItemId: string; perPiece: number }[] },
  pieces: number
): ReservedPieces[] {
  return line.stock.map(({ inventoryItemId, perPiece }) => ({
    lineId: line.lineId,
    inventoryItemId,
    quantity: pieces * perPiece,
  }))
}

/**
 * Releases what is reserved for pieces that are no longer wanted; what is packed has no reservation. Nothing is ever reserved here, so that a
 * repeat does nothing.
 *
 * @param wanted pieces that lines have to have, by line id; other lines are left alone
 * @returns what was moved, for `moveBack`
 */
export async function releaseUnwanted(
  container: MedusaContainer,
  orderId: string,
  wanted: ReadonlyMap<string, number>
): Promise<MovedStock> {
  if (wanted.size === 0) {
    return nothingMoved()
  }
  const order = await readOrderToPack(container, orderId)
  const rows = [...order.lines.values()].flatMap((line) => {
    const pieces = wanted.get(line.lineId)
    return pieces === undefined ? [] : toReserved(line, Math.max(pieces - line.fulfilled, 0))
  })
  return await lowerReservations(container, rows)
}
