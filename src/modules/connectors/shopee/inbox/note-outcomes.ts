import type { Logger } from "@medusajs/framework/types"
import { withLogFields } from "../../shared/log-fields"
import { redactSecrets } from "../../shared/redaction"
import { classifyFailure } from "./classify-failure"
import type { OrderOutcome } from "./order-work"

/** One line for each order that was worked on, with its numbers as fields: what became of it. */
export function noteOutcomes(logger: Logger, outcomes: readonly OrderOutcome[]): void {
  for (const outcome of outcomes) {
    const { ordersn } = outcome.claim
    if (outcome.succeeded) {
      const { medusaOrderId, order } = outcome
      withLogFields(
        { order_sns: undefined, order_sn: ordersn, ...(medusaOrderId !== null && { medusa_order_id: medusaOrderId }) },
        () => logger.info(`[shopee-inbox] Order ${ordersn} is where Shopee has it: ${order.shopee_status}.`)
      )
    } else {
      const { errorClass, message } = classifyFailure(outcome.error)
      withLogFields({ order_sns: undefined, order_sn: ordersn }, () =>
        logger.warn(`[shopee-inbox] Order ${ordersn} can't go on (${errorClass}): ${redactSecrets(message)}`)
      )
    }
  }
}
