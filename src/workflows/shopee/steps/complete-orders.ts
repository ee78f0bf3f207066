import { MedusaError, Modules, OrderStatus } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

/**
 * Completes orders; those that are completed already stay as they are.
 *
 * Not `completeOrderWorkflow`: its `order.completed` event would be emitted again on a repeat, and a shop's letter with it. And not the
 * module's `completeOrder`: it writes the same status, but loads every order with lines, taxes and totals to answer it (3 ms an order).
 *
 * @returns the orders that were completed here. Compensation restores their status.
 * @throws MedusaError (not_allowed) when one of them is cancelled; then none was completed
 */
export const completeOrdersStep = createStep(
  "complete-shopee-orders",
  async ({ orderIds }: { orderIds: string[] }, { container }) => {
    const orders = container.resolve(Modules.ORDER)
    const found = orderIds.length ? await orders.listOrders({ id: orderIds }, { select: ["id", "status"] }) : []
    const cancelled = found.filter(({ status }) => status === OrderStatus.CANCELED).map(({ id }) => id)
    if (cancelled.length > 0) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `Orders ${cancelled.join(", ")} are cancelled and can't be completed.`
      )
    }
    const before = found
      .filter(({ status }) => status !== OrderStatus.COMPLETED)
      .map(({ id, status }) => ({ id, status }))
    const ids = before.map(({ id }) => id)
    if (ids.length > 0) {
      await orders.updateOrders(ids.map((id) => ({ id, status: OrderStatus.COMPLETED })))
    }
    return new StepResponse(ids, before)
  },
  async (before, { container }) => {
    if (before?.length) {
      await container.resolve(Modules.ORDER).updateOrders(before)
    }
  }
)
