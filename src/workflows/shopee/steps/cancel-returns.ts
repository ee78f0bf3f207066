import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { BY_SHOPEE } from "../return-record"

export interface CancelReturnsInput {
  orderId: string
  returnIds: string[]
}

/**
 * Cancels returns whose goods won't come. One that is cancelled stays as it is.
 *
 * Not compensated: each is one transaction, and Shopee's return is off whatever becomes of the rest; a later plan asks for it anew if it is
 * not.
 *
 * @returns ids of those that were cancelled here
 * @throws MedusaError when pieces of it came back already, and when somebody holds an open change of the order
 */
export const cancelReturnsStep = createStep(
  "cancel-shopee-returns",
  async ({ orderId, returnIds }: CancelReturnsInput, { container }) => {
    const orders = container.resolve(Modules.ORDER)
    const returns = await orders.listReturns({ id: returnIds }, { select: ["id", "status"] })
    const open = returns.filter(({ status }) => status !== "canceled").map(({ id }) => id)
    for (const id of open) {
      await orders.cancelReturn({ order_id: orderId, return_id: id, created_by: BY_SHOPEE })
    }
    return new StepResponse(open)
  }
)
