import { MathBN } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { creditOrder, readOpenAmount } from "../refund-records"

export interface BalanceOrderInput {
  orderId: string
}

/**
 * Evens an order's account once its returns are settled. Shopee refunds what it agreed with the buyer, also for goods that stay there, and
 * not the price of what came back: without this Admin would ask the buyer for the difference, or owe it.
 *
 * The open amount is read anew, so that a repeat does nothing. Not compensated: it is the last thing of a plan of its own.
 *
 * @returns what was credited; negative when the refund was less than the price of what came back
 */
export const balanceOrderStep = createStep(
  "balance-shopee-order",
  async ({ orderId }: BalanceOrderInput, { container }) => {
    const open = await readOpenAmount(container, orderId)
    if (!MathBN.eq(open, 0)) {
      await creditOrder(container, orderId, open)
    }
    return new StepResponse(MathBN.convert(open).toString())
  }
)
