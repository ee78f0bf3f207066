import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { type OrderHold, requireHold } from "../order-hold"
import { recordCaptures, settleRefunds } from "../refund-records"

export interface BookPaymentsInput {
  orderId: string
  hold: OrderHold
}

/**
 * Tells the order's account of captures and refunds that it lacks: payments and orders are two modules, and a run can die between them.
 * Until then Admin asks the buyer for money that is there, or keeps some that went back.
 *
 * Not compensated, since it says what has happened. A repeat does nothing.
 *
 * @throws OrderLostError when another worker has the order
 */
export const bookPaymentsStep = createStep(
  "book-shopee-payments",
  async ({ orderId, hold }: BookPaymentsInput, { container }) => {
    await requireHold(container, hold)
    await recordCaptures(container, orderId)
    await settleRefunds(container, orderId)
    return new StepResponse(orderId)
  }
)
