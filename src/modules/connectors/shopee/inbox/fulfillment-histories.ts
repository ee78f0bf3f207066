import type { MedusaContainer } from "@medusajs/framework/types"
import { ChangeActionType, Modules } from "@medusajs/framework/utils"
import type { LineQuantity } from "../types/plan"

/** What an order's own record says of a fulfillment. */
export interface FulfillmentHistory {
  packed: LineQuantity[]
  shipped: boolean
  delivered: boolean
  canceled: boolean
}

/**
 * The orders' records of their fulfillments: by order id, by fulfillment id, what was packed in lines of the order. A fulfillment's own
 * items count pieces of stock, which are not the same where a variant takes several.
 */
export async function readFulfillmentHistories(
  container: MedusaContainer,
  orderIds: string[]
): Promise<Map<string, Map<string, FulfillmentHistory>>> {
  const histories = new Map(orderIds.map((id) => [id, new Map<string, FulfillmentHistory>()]))
  if (orderIds.length === 0) {
    return histories
  }
  const changes = await container
    .resolve(Modules.ORDER)
    .listOrderChanges({ order_id: orderIds, status: "confirmed" }, { relations: ["actions"] })
  for (const { order_id, actions } of changes) {
    const history = histories.get(order_id)
    for (const action of actions.filter(({ reference }) => reference === Modules.FULFILLMENT)) {
      const entry = history?.get(action.reference_id) ?? {
        packed: [],
        shipped: false,
        delivered: false,
        canceled: false,
      }
      history?.set(action.reference_id, entry)
      if (action.action === ChangeActionType.FULFILL_ITEM) {
        const { reference_id: lineId, quantity } = action.details ?? {}
        entry.packed.push({ lineId: String(lineId), quantity: Number(quantity) })
      }
      entry.shipped ||= action.action === ChangeActionType.SHIP_ITEM
      entry.delivered ||= action.action === ChangeActionType.DELIVER_ITEM
      entry.canceled ||= action.action === ChangeActionType.CANCEL_ITEM_FULFILLMENT
    }
  }
  return histories
}
