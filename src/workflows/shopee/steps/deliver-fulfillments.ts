import type { MedusaContainer } from "@medusajs/framework/types"
import { ChangeActionType, MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { readFulfillmentHistories } from "../../../modules/connectors/shopee/inbox/fulfillment-histories"
import { type FulfillmentHistory, recordActionsOfOrders } from "../fulfillment-history"
import {
  type FulfillmentBefore,
  type ParcelChange,
  readFulfillments,
  takeBackAll,
  updateFulfillments,
} from "../fulfillment-record"
import type { OrderHold } from "../order-hold"

/** What of an order has arrived. */
export interface OrderDeliveries {
  orderId: string
  hold: OrderHold
  fulfillmentIds: string[]
}

interface DueDelivery {
  orderId: string
  fulfillment: FulfillmentBefore
  past: FulfillmentHistory
}

/** Those that are not delivered yet. */
async function findDue(container: MedusaContainer, orders: OrderDeliveries[]): Promise<DueDelivery[]> {
  const [histories, known] = await Promise.all([
    readFulfillmentHistories(
      container,
      orders.map(({ orderId }) => orderId)
    ),
    readFulfillments(
      container,
      orders.flatMap(({ fulfillmentIds }) => fulfillmentIds)
    ),
  ])
  return orders.flatMap(({ orderId, fulfillmentIds }) =>
    fulfillmentIds.flatMap((id) => {
      const fulfillment = known.get(id)
      const past = histories.get(orderId)?.get(id)
      if (!fulfillment?.shippedAt || !past || fulfillment.canceledAt) {
        throw new MedusaError(
          MedusaError.Types.NOT_ALLOWED,
          `Fulfillment ${id} of order ${orderId} is not on its way and can't be delivered.`
        )
      }
      return fulfillment.deliveredAt ? [] : [{ orderId, fulfillment, past }]
    })
  )
}

/**
 * Marks shipped fulfillments as delivered: all of an order in one version of it, and all orders together. Those that are delivered already
 * stay as they are.
 *
 * Not `markOrderFulfillmentAsDeliveredWorkflow`: it takes one fulfillment, and locks the order for ten seconds when it is killed.
 *
 * @throws MedusaError (not_allowed) for a fulfillment that is cancelled, not shipped or of another order; then nothing was delivered.
 * Compensation takes the deliveries back.
 */
export const deliverFulfillmentsStep = createStep(
  "deliver-shopee-fulfillments",
  async ({ orders }: { orders: OrderDeliveries[] }, { container }) => {
    const due = await findDue(container, orders)
    const dueOf = (orderId: string) => due.filter((row) => row.orderId === orderId)
    const done: ParcelChange[] = orders.map(({ orderId, hold }) => ({ orderId, hold, recorded: false, before: [] }))
    try {
      const recorded = await recordActionsOfOrders(
        container,
        orders.map(({ orderId }) => ({
          orderId,
          actions: dueOf(orderId)
            .filter(({ past }) => !past.delivered)
            .flatMap(({ past, fulfillment }) =>
              past.packed.map((line) => ({
                ...line,
                action: ChangeActionType.DELIVER_ITEM,
                fulfillmentId: fulfillment.id,
              }))
            ),
        }))
      )
      done.forEach((change) => {
        change.recorded = recorded.has(change.orderId)
        change.before = dueOf(change.orderId).map(({ fulfillment }) => fulfillment)
      })
      await updateFulfillments(
        container,
        due.map(({ fulfillment }) => ({ id: fulfillment.id, delivered_at: new Date() }))
      )
    } catch (error) {
      await takeBackAll(container, done)
      throw error
    }
    return new StepResponse(
      due.map(({ fulfillment }) => fulfillment.id),
      done
    )
  },
  async (done, { container }) => {
    await takeBackAll(container, done ?? [])
  }
)
