import type { Order, OrderReturn } from "../orders/order"

/** One changed field, as push 29 tells it. */
export interface UpdatedValue {
  update_field: string
  old_value: string
  new_value: string
  update_time: number
}

/** The first thing push 29 tells of a return. */
export const openedAt = (at: number): UpdatedValue => ({
  update_field: "return_status",
  old_value: "",
  new_value: "REQUESTED",
  update_time: at,
})

/** The `data` of push 29. */
export function returnUpdate(
  order: Order,
  request: OrderReturn,
  updatedValues: UpdatedValue[]
): Record<string, unknown> {
  return { order_sn: order.orderSn, return_sn: request.returnSn, updated_values: updatedValues }
}
