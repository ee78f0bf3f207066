import { shopeeDisplayId } from "../../config/custom-display-id"
import type { OrderImport } from "../../modules/connectors/shopee/types/order-import"
import type { CreatedOrder } from "./steps/create-orders"
import type { LineToReserve } from "./steps/reserve-copies"

/** The lines of freshly created orders that may want graded copies; the order that was placed first comes first. */
export function toCopyLines({
  input,
  created,
}: {
  input: { orders: OrderImport[] }
  created: CreatedOrder[]
}): LineToReserve[] {
  const placedFirst = input.orders
    .map((order, index) => ({
      order,
      lineIds: created[index]?.lineIds ?? [],
      placedAt: String(order.metadata.shopee_created_at),
    }))
    .sort((a, b) => (a.placedAt < b.placedAt ? -1 : a.placedAt > b.placedAt ? 1 : 0))
  return placedFirst.flatMap(({ order, lineIds }) =>
    order.reserve
      ? order.lines.flatMap(({ variant, quantity, metadata }, index): LineToReserve[] => {
          const key = metadata.shopee_line_key
          return variant === null || typeof key !== "string"
            ? []
            : [
                {
                  ordersn: order.ordersn,
                  order: shopeeDisplayId(order.ordersn),
                  lineId: lineIds[index] ?? "",
                  key,
                  variantId: variant.id,
                  sku: variant.sku,
                  quantity,
                },
              ]
        })
      : []
  )
}
