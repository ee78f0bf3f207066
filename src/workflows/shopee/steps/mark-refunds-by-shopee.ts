import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { failPoint } from "../../../modules/connectors/shared/fail-point"
import { SHOPEE_REFUND_NOTE } from "../../../providers/shopee-payment/refund-note"
import { readPaymentRows, withData } from "../payment-notes"

/**
 * Notes on the order's payments that Shopee refunds the buyer. Without the note our payment provider refuses a refund, so that nobody
 * takes a button in Admin for one.
 *
 * Compensation restores the payments' data.
 */
export const markRefundsByShopeeStep = createStep(
  "mark-refunds-by-shopee",
  async ({ orderId }: { orderId: string }, { container }) => {
    const rows = await readPaymentRows(container, orderId)
    const payments = container.resolve(Modules.PAYMENT)
    for (const row of rows) {
      await payments.updatePayment(withData(row, { ...row.data, [SHOPEE_REFUND_NOTE]: true }))
    }
    failPoint("refunds-noted")
    return new StepResponse(rows.length, rows)
  },
  async (rows, { container }) => {
    for (const row of rows ?? []) {
      await container.resolve(Modules.PAYMENT).updatePayment(withData(row, row.data ?? {}))
    }
  }
)
