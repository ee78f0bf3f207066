import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { type OrderHold, requireHolds } from "../order-hold"

/**
 * Comes right before a step of Medusa's own that can't be done twice.
 *
 * @throws OrderLostError when one of the orders is in another worker's hands
 */
export const requireHoldsStep = createStep(
  "require-holds-of-shopee-orders",
  async ({ holds }: { holds: OrderHold[] }, { container }) => {
    await requireHolds(container, holds)
    return new StepResponse(holds.length)
  }
)
