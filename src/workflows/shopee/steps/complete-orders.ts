import { Modules, OrderStatus } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

/** Medusa's module completes many orders at once, only its type leaves it out. */
interface OrderCompletion {
  completeOrder(orderIds: string[]): Promise<unknown>
}

/**
 * Completes orders; those that are completed already stay as they are.
 *
 * Not `completeOrderWorkflow`: its `order.completed` event would be emitted again on a repeat, and a shop's letter with it.
 *
 * @returns the orders that were completed here. Compensation restores their status.
 * @throws MedusaError when one of them is cancelled; then none was completed
 */
export const completeOrdersStep = createStep(
  "complete-shopee-orders",
  async ({ orderIds }: { orderIds: string[] }, { container }) => {
    const orders = container.resolve(Modules.ORDER)
    const found = orderIds.length ? await orders.listOrders({ id: orderIds }, { select: ["id", "status"] }) : []
    const before = found
      .filter(({ status }) => status !== OrderStatus.COMPLETED)
      .map(({ id, status }) => ({ id, status }))
    const ids = before.map(({ id }) => id)
    if (ids.length > 0) {
      await container.resolve<OrderCompletion>(Modules.ORDER).completeOrder(ids)
    }
    return new StepResponse(ids, before)
  },
  async (before, { container }) => {
    if (before?.length) {
      await container.resolve(Modules.ORDER).updateOrders(before)
    }
  }
)
