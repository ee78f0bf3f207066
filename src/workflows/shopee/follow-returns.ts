import { transform, when, type WorkflowData } from "@medusajs/framework/workflows-sdk"
import type { ConvergeOrderInput } from "../../modules/connectors/shopee/types/converge-order"
import type { OrderHold } from "./order-hold"
import { has, stepOf } from "./plan-steps"
import { refundShopeeReturnsWorkflow } from "./refund-returns"
import { balanceOrderStep } from "./steps/balance-order"
import { cancelReturnsStep } from "./steps/cancel-returns"
import { requireHoldsStep } from "./steps/require-hold"
import { receiveReturnsStep } from "./steps/receive-returns"
import { requestReturnsStep } from "./steps/request-returns"

const RETURN_STEPS = ["cancel_returns", "request_returns", "receive_returns", "refund_returns", "balance"] as const

/** The part of a workflow that applies what returns ask of an order: cancel, request, receive, refund, balance, each only when planned. */
export function followReturns(input: WorkflowData<ConvergeOrderInput>): void {
  when("returns-are-to-be-followed", input, (order) => RETURN_STEPS.some((kind) => has(kind)(order))).then(() => {
    const holds = transform({ input }, ({ input: { syncId, claimId } }): OrderHold[] => [{ syncId, claimId }])
    requireHoldsStep({ holds }).config({ name: "require-hold-for-returns" })
  })

  when("goods-wont-come-back", input, has("cancel_returns")).then(() => {
    cancelReturnsStep({
      orderId: input.orderId,
      returnIds: transform({ input }, ({ input: { steps } }) => stepOf(steps, "cancel_returns")?.returnIds ?? []),
    })
  })

  when("goods-are-to-come-back", input, has("request_returns")).then(() => {
    requestReturnsStep({
      orderId: input.orderId,
      shopId: input.shopId,
      returns: transform({ input }, ({ input: { steps } }) => stepOf(steps, "request_returns")?.returns ?? []),
    })
  })

  when("goods-came-back", input, has("receive_returns")).then(() => {
    receiveReturnsStep({
      orderId: input.orderId,
      returnIds: transform({ input }, ({ input: { steps } }) => stepOf(steps, "receive_returns")?.returnIds ?? []),
    })
  })

  when("returns-were-paid", input, has("refund_returns")).then(() => {
    refundShopeeReturnsWorkflow.runAsStep({
      input: {
        orderId: input.orderId,
        refunds: transform({ input }, ({ input: { steps } }) => stepOf(steps, "refund_returns")?.refunds ?? []),
      },
    })
  })

  when("account-is-uneven", input, has("balance")).then(() => {
    balanceOrderStep({ orderId: input.orderId })
  })
}
