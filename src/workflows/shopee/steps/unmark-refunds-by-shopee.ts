import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SHOPEE_REFUND_NOTE } from "../../../providers/shopee-payment/refund-note"
import { readPaymentRows, withData } from "../payment-notes"

/**
 * Takes the note of `markRefundsByShopeeStep` off the order's payments, once what Shopee refunded is recorded: something is left of what
 * was captured, and nobody shall take a button in Admin for a refund of it.
 *
 * Not compensated: the note is set anew before every refund.
 */
export const unmarkRefundsByShopeeStep = createStep(
  "unmark-refunds-by-shopee",
  async ({ orderId }: { orderId: string }, { container }) => {
    const rows = await readPaymentRows(container, orderId)
    for (const row of rows) {
      await container
        .resolve(Modules.PAYMENT)
        .updatePayment(withData(row, { ...row.data, [SHOPEE_REFUND_NOTE]: false }))
    }
    return new StepResponse(rows.length)
  }
)
