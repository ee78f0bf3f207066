import { ChangeActionType } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { takeBackAll } from "../fulfillment-record"
import type { OrderHold } from "../order-hold"
import { movedFulfillments, moveParcels, type ParcelMove } from "../parcel-moves"

/** What of an order has arrived. */
export interface OrderDeliveries {
  orderId: string
  hold: OrderHold
  fulfillmentIds: string[]
}

const DELIVERY: ParcelMove<{ fulfillmentId: string }> = {
  action: ChangeActionType.DELIVER_ITEM,
  isPossible: ({ shippedAt }) => shippedAt !== null,
  refusal: "is not on its way and can't be delivered.",
  isDone: ({ deliveredAt }) => deliveredAt !== null,
  isRecorded: ({ delivered }) => delivered,
  changeOf: () => ({ delivered_at: new Date() }),
}

/**
 * Marks shipped fulfillments as delivered; those that are delivered already stay as they are.
 *
 * Not `markOrderFulfillmentAsDeliveredWorkflow`: it takes one fulfillment, and locks the order for ten seconds when it is killed.
 *
 * @throws MedusaError (not_allowed) for a fulfillment that is cancelled, not shipped or of another order; then nothing was delivered.
 * Compensation takes the deliveries back.
 */
export const deliverFulfillmentsStep = createStep(
  "deliver-shopee-fulfillments",
  async ({ orders }: { orders: OrderDeliveries[] }, { container, eventGroupId }) => {
    const changes = await moveParcels(
      container,
      DELIVERY,
      orders.map(({ orderId, hold, fulfillmentIds }) => ({
        orderId,
        hold,
        parcels: fulfillmentIds.map((fulfillmentId) => ({ fulfillmentId })),
      })),
      eventGroupId
    )
    return new StepResponse(movedFulfillments(changes), changes)
  },
  async (changes, { container }) => {
    await takeBackAll(container, changes ?? [])
  }
)
