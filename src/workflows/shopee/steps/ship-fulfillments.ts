import { ChangeActionType } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { failPoint } from "../../../modules/connectors/shared/fail-point"
import { takeBackAll, toParcelFields } from "../fulfillment-record"
import type { OrderHold } from "../order-hold"
import { movedFulfillments, moveParcels, type ParcelMove } from "../parcel-moves"

/** A fulfillment that left, with what Shopee tells of its way. */
export interface Shipment {
  fulfillmentId: string
  /** Null as long as Shopee has not told it. */
  trackingNumber: string | null
  carrier: string | null
}

/** What of an order has left. */
export interface OrderShipments {
  orderId: string
  hold: OrderHold
  shipments: Shipment[]
}

const SHIPPING: ParcelMove<Shipment> = {
  action: ChangeActionType.SHIP_ITEM,
  isPossible: () => true,
  refusal: "is cancelled or missing and can't be shipped.",
  isDone: ({ shippedAt }) => shippedAt !== null,
  isRecorded: ({ shipped }) => shipped,
  changeOf: (fulfillment, shipment) => ({ ...toParcelFields(fulfillment, shipment), shipped_at: new Date() }),
  onRecorded: () => failPoint("shipments-recorded"),
}

/**
 * Marks fulfillments as shipped, with their tracking numbers as labels; those that are shipped already stay as they are.
 *
 * Not `createOrderShipmentWorkflow`: it takes one fulfillment, and a workflow can't repeat a step as often as an order has parcels.
 *
 * @throws MedusaError (not_allowed) for a cancelled fulfillment or one of another order; then nothing was shipped. Compensation takes the
 * shipments back.
 */
export const shipFulfillmentsStep = createStep(
  "ship-shopee-fulfillments",
  async ({ orders }: { orders: OrderShipments[] }, { container, eventGroupId }) => {
    const changes = await moveParcels(
      container,
      SHIPPING,
      orders.map(({ orderId, hold, shipments }) => ({ orderId, hold, parcels: shipments })),
      eventGroupId
    )
    return new StepResponse(movedFulfillments(changes), changes)
  },
  async (changes, { container }) => {
    await takeBackAll(container, changes ?? [])
  }
)
