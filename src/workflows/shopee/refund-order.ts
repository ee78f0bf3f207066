import { createWorkflow, type WorkflowData } from "@medusajs/framework/workflows-sdk"
import { markRefundsByShopeeStep } from "./steps/mark-refunds-by-shopee"
import { type RefundPaymentsInput, refundPaymentsStep } from "./steps/refund-payments"

/** Records that Shopee gave the buyer money back, of an order that goes on existing. A repeat does nothing. */
export const refundShopeeOrderWorkflow = createWorkflow(
  "refund-shopee-order",
  function (input: WorkflowData<RefundPaymentsInput>) {
    markRefundsByShopeeStep({ orderId: input.orderId })
    refundPaymentsStep(input)
  }
)

export default refundShopeeOrderWorkflow
