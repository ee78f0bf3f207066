import { MathBN, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { failPoint } from "../../../modules/connectors/shared/fail-point"
import { type OrderHold, requireHold } from "../order-hold"
import { readRefundable, settleRefunds } from "../refund-records"

export interface RefundPaymentsInput {
  orderId: string
  hold: OrderHold
  /** What stays captured, as decimal text in major units; nothing when absent. */
  keep?: string
}

/**
 * Records that Shopee gave the buyer back what was captured, of an order that goes on existing: all of it (cancelled after shipping), or
 * what is more than the order costs since some of its pieces were cancelled.
 * `markRefundsByShopeeStep` comes first: our payment provider refuses a refund that isn't Shopee's.
 *
 * Not `refundPaymentsWorkflow`: it logs a refund that failed and books it all the same.
 *
 * Not compensated, since Medusa can't take a refund back and Shopee's has happened. What is missing is found from the records, so that a
 * run that was interrupted is finished by the next one, and a repeat does nothing.
 *
 * @throws OrderLostError when another worker has the order: it books what this run refunded
 */
export const refundPaymentsStep = createStep(
  "refund-shopee-payments",
  async ({ orderId, hold, keep = "0" }: RefundPaymentsInput, { container }) => {
    let refunded = MathBN.convert(0)
    let kept = MathBN.convert(keep)
    for (const { paymentId, left } of await readRefundable(container, orderId)) {
      const staying = MathBN.min(left, kept)
      const amount = MathBN.sub(left, staying)
      kept = MathBN.sub(kept, staying)
      if (MathBN.gt(amount, 0)) {
        await requireHold(container, hold)
        await container.resolve(Modules.PAYMENT).refundPayment({ payment_id: paymentId, amount, created_by: "shopee" })
        refunded = MathBN.add(refunded, amount)
      }
    }
    failPoint("payments-refunded")
    await requireHold(container, hold)
    await settleRefunds(container, orderId)
    return new StepResponse(refunded.toString())
  }
)
