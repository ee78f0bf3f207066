import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { onlyHeld, OrderLostError, type OrderHold } from "../order-hold"

/**
 * Comes right before a step of Medusa's own that can't be done twice.
 *
 * @throws OrderLostError when one of the orders is in another worker's hands
 */
export const requireHoldsStep = createStep(
  "require-holds-of-shopee-orders",
  async ({ holds }: { holds: OrderHold[] }, { container }) => {
    const held = new Set(
      (
        await onlyHeld(
          container,
          holds.map((hold) => ({ hold }))
        )
      ).map(({ hold }) => hold)
    )
    const lost = holds.find((hold) => !held.has(hold))
    if (lost) {
      throw new OrderLostError(lost.syncId)
    }
    return new StepResponse(holds.length)
  }
)
