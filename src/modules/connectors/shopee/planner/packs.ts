import type { NormalizedLineItem, NormalizedOrder, NormalizedPackage } from "../types/normalized-order"

/** The line counted anew, whatever it was counted in before. */
function countIn(pieces: number, line: NormalizedLineItem): NormalizedLineItem {
  const counted = (quantity: number) => (quantity / line.pieces_per_unit) * pieces
  return {
    ...line,
    pieces_per_unit: pieces,
    quantity: counted(line.quantity),
    active_quantity: counted(line.active_quantity),
    cancel_requested_quantity: counted(line.cancel_requested_quantity),
    cancelled_quantity: counted(line.cancelled_quantity),
    return_requested_quantity: counted(line.return_requested_quantity),
    returned_quantity: counted(line.returned_quantity),
  }
}

/** Parcels name listings, and all lines of one listing hold the same number of pieces: the first says how many. */
function parcelsIn(before: NormalizedLineItem[], after: NormalizedLineItem[], packages: NormalizedPackage[]) {
  return packages.map((parcel) => ({
    ...parcel,
    items: parcel.items.map((item) => {
      const index = before.findIndex(({ item_id, model_id }) => item_id === item.item_id && model_id === item.model_id)
      const [was, is] = [before[index]?.pieces_per_unit ?? 1, after[index]?.pieces_per_unit ?? 1]
      return { ...item, quantity: (item.quantity / was) * is }
    }),
  }))
}

/**
 * The order counted in what Medusa stocks: a box that Shopee sells as one is 36 packs here. A line's price stays that of a unit as it was
 * sold; `priceOrder` shares it out. Counting again changes nothing. Pure.
 *
 * @param piecesPerUnit by the line's key; lines that are missing hold one piece a unit
 */
export function inPieces(order: NormalizedOrder, piecesPerUnit: ReadonlyMap<string, number>): NormalizedOrder {
  const before = order.line_items
  const after = before.map((line) => countIn(piecesPerUnit.get(line.key) ?? 1, line))
  return { ...order, line_items: after, packages: parcelsIn(before, after, order.packages) }
}
