import { createWorkflow, type WorkflowData } from "@medusajs/framework/workflows-sdk"
import { markRefundsByShopeeStep } from "./steps/mark-refunds-by-shopee"
import { type RefundReturnsInput, refundReturnsStep } from "./steps/refund-returns"
import { unmarkRefundsByShopeeStep } from "./steps/unmark-refunds-by-shopee"

/** Records what Shopee paid the buyer for returns of an order. A repeat does nothing. */
export const refundShopeeReturnsWorkflow = createWorkflow(
  "refund-shopee-returns",
  function (input: WorkflowData<RefundReturnsInput>) {
    markRefundsByShopeeStep({ orderId: input.orderId })
    refundReturnsStep(input)
    unmarkRefundsByShopeeStep({ orderId: input.orderId })
  }
)

export default refundShopeeReturnsWorkflow
