import type { StockedLineView } from "../../modules/connectors/shopee/types/plan"
import type { StockDemand } from "./steps/find-oversold"

/** A reservation as Medusa's inventory takes it. */
export interface Reservation {
  line_item_id: string
  inventory_item_id: string
  location_id: string
  quantity: number
  allow_backorder: true
  description: string
}

/** What a line needs to say of itself to be reserved. */
export type StockedLine = Omit<StockedLineView, "reserved">

/** What is reserved for lines of an order that Medusa has. Backorder is allowed, as at import. */
export function toLineReservations({
  lines,
  locationId,
  ordersn,
}: {
  lines: StockedLine[]
  locationId: string
  ordersn: string
}): Reservation[] {
  return lines.flatMap((line) =>
    line.inventoryItems.map((item): Reservation => ({
      line_item_id: line.lineId,
      inventory_item_id: item.inventoryItemId,
      location_id: locationId,
      quantity: line.quantity * item.requiredQuantity,
      allow_backorder: true,
      description: `Shopee order ${ordersn}`,
    }))
  )
}

/** What those lines ask of the stock. */
export function toLineDemands({ lines, ordersn }: { lines: StockedLine[]; ordersn: string }): StockDemand[] {
  return lines.flatMap((line) =>
    line.inventoryItems.map((item) => ({
      ordersn,
      sku: line.sku,
      inventoryItemId: item.inventoryItemId,
      quantity: line.quantity * item.requiredQuantity,
    }))
  )
}
