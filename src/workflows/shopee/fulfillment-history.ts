import type { MedusaContainer } from "@medusajs/framework/types"
import { type ChangeActionType, Modules } from "@medusajs/framework/utils"
import {
  type FulfillmentHistory,
  readFulfillmentHistories,
} from "../../modules/connectors/shopee/inbox/fulfillment-histories"
import type { LineQuantity } from "../../modules/connectors/shopee/types/plan"
import { applyOrderChanges } from "./order-change"

export type { FulfillmentHistory, LineQuantity }

/** A change of the order that concerns a fulfillment. */
export interface FulfillmentAction extends LineQuantity {
  action: ChangeActionType
  fulfillmentId: string
}

/** The order's record of its fulfillments, by fulfillment id. */
export async function readFulfillmentHistory(
  container: MedusaContainer,
  orderId: string
): Promise<Map<string, FulfillmentHistory>> {
  return (await readFulfillmentHistories(container, [orderId])).get(orderId) ?? new Map()
}

/** What happened to the fulfillments of an order. */
export interface OrderActions {
  orderId: string
  actions: FulfillmentAction[]
}

/**
 * Notes on orders what happened to their fulfillments, as one version of each, however many there are; on all of them or on none.
 *
 * @param eventGroupId of the workflow whose step this is
 * @returns ids of the orders that something was noted on
 * @throws what Medusa throws when somebody holds an open change of an order, or a quantity is too large
 */
export async function recordActionsOfOrders(
  container: MedusaContainer,
  orders: OrderActions[],
  eventGroupId?: string
): Promise<Set<string>> {
  const noted = orders.filter(({ actions }) => actions.length > 0)
  await applyOrderChanges(
    container,
    noted.map(({ orderId, actions }) => ({
      order_id: orderId,
      actions: actions.map(({ action, fulfillmentId, lineId, quantity }) => ({
        order_id: orderId,
        action,
        reference: Modules.FULFILLMENT,
        reference_id: fulfillmentId,
        details: { reference_id: lineId, quantity },
      })),
    })),
    eventGroupId
  )
  return new Set(noted.map(({ orderId }) => orderId))
}

/** The same for one order. @returns false when there was nothing to note */
export async function recordFulfillmentActions(
  container: MedusaContainer,
  orderId: string,
  actions: FulfillmentAction[]
): Promise<boolean> {
  return (await recordActionsOfOrders(container, [{ orderId, actions }])).has(orderId)
}
