import { MathBN, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { RETURN_SN_KEY } from "../../../modules/connectors/shopee/types/return-record"
import { readRefundable, recordRefunds } from "../refund-records"

export interface RefundReturnsInput {
  orderId: string
  /** What each return is refunded with in all, in major units. */
  refunds: { returnSn: string; amount: string }[]
}

/**
 * Records what Shopee paid the buyer for returns. `markRefundsByShopeeStep` comes first: our payment provider refuses a refund that isn't
 * Shopee's.
 *
 * Not `refundPaymentsWorkflow`: it logs a refund that failed and books it all the same.
 *
 * Not compensated, since Medusa can't take a refund back and Shopee's has happened. A refund carries the number of its return: what is
 * missing is found from the records, so that a run that was interrupted is finished by the next one, and a repeat does nothing.
 *
 * @returns what was refunded here
 * @throws MedusaError when more would be refunded than was captured
 */
export const refundReturnsStep = createStep(
  "refund-payments-of-shopee-returns",
  async ({ orderId, refunds }: RefundReturnsInput, { container }) => {
    let refunded = MathBN.convert(0)
    for (const { returnSn, amount } of refunds) {
      const payments = await readRefundable(container, orderId)
      const known = payments.reduce(
        (sum, { byReturn }) => MathBN.add(sum, byReturn.get(returnSn) ?? 0),
        MathBN.convert(0)
      )
      let due = MathBN.sub(amount, known)
      for (const { paymentId, left } of payments) {
        const part = MathBN.min(due, left)
        if (MathBN.gt(part, 0)) {
          await container.resolve(Modules.PAYMENT).refundPayment({
            payment_id: paymentId,
            amount: part,
            created_by: "shopee",
            note: `Shopee return ${returnSn}`,
            metadata: { [RETURN_SN_KEY]: returnSn },
          })
          due = MathBN.sub(due, part)
          refunded = MathBN.add(refunded, part)
        }
      }
    }
    await recordRefunds(container, orderId)
    return new StepResponse(refunded.toString())
  }
)
