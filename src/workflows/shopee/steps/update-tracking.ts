import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { type FulfillmentBefore, putBack, readFulfillments, toParcelFields } from "../fulfillment-record"
import type { Shipment } from "./ship-fulfillments"

export interface UpdateTrackingInput {
  shipments: Shipment[]
}

/**
 * Puts a tracking number that arrived after the shipment, or changed since, on the fulfillment; it replaces the one before.
 *
 * @returns the fulfillments that were changed. Compensation restores labels.
 */
export const updateTrackingStep = createStep(
  "update-shopee-tracking",
  async ({ shipments }: UpdateTrackingInput, { container }) => {
    const known = await readFulfillments(
      container,
      shipments.map(({ fulfillmentId }) => fulfillmentId)
    )
    const before: FulfillmentBefore[] = []
    try {
      for (const shipment of shipments) {
        const fulfillment = known.get(shipment.fulfillmentId)
        const numbers = fulfillment?.labels.map((label) => label.tracking_number)
        if (!fulfillment || shipment.trackingNumber === null || numbers?.includes(shipment.trackingNumber)) {
          continue
        }
        before.push(fulfillment)
        await container
          .resolve(Modules.FULFILLMENT)
          .updateFulfillment(fulfillment.id, toParcelFields(fulfillment, shipment))
      }
    } catch (error) {
      await putBack(container, before)
      throw error
    }
    return new StepResponse(
      before.map(({ id }) => id),
      before
    )
  },
  async (before, { container }) => {
    await putBack(container, before ?? [])
  }
)
