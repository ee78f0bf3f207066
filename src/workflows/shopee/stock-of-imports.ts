import type { OrderImport } from "../../modules/connectors/shopee/types/order-import"
import type { CreatedOrder } from "./steps/create-orders"
import type { StockDemand } from "./steps/find-oversold"
import { type Reservation, type StockedLine, toLineDemands, toLineReservations } from "./stock-of-lines"

/**
 * What is reserved for freshly created orders. Backorder is always allowed: an order that Shopee has sold can't be refused, an
 * operator decides about what is short.
 */
export function toReservations({
  input,
  created,
  locationId,
}: {
  input: { orders: OrderImport[] }
  created: CreatedOrder[]
  locationId: string
}): Reservation[] {
  return input.orders.flatMap((order, orderIndex) =>
    order.reserve
      ? toLineReservations({
          lines: stockedLines(order, created[orderIndex]?.lineIds ?? []),
          locationId,
          ordersn: order.ordersn,
        })
      : []
  )
}

/** What the orders ask of the stock, in their sequence. */
export function toStockDemands({ input }: { input: { orders: OrderImport[] } }): StockDemand[] {
  return input.orders.flatMap((order) =>
    order.reserve ? toLineDemands({ lines: stockedLines(order, []), ordersn: order.ordersn }) : []
  )
}

/** The import's lines as those of an order; they have ids once the order is created. */
const stockedLines = (order: OrderImport, lineIds: string[]): StockedLine[] =>
  order.lines.map(({ variant, quantity }, index) => ({
    lineId: lineIds[index] ?? "",
    sku: variant?.sku ?? "",
    quantity,
    inventoryItems: variant?.inventoryItems ?? [],
  }))
