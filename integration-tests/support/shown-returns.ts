import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { shownOrder } from "./admin-orders"

interface ReturnsRow {
  summary: { pending_difference: number }
  returns: { status: string; items: { quantity: number; received_quantity: number }[] }[]
  payment_collections: { payments: { refunds: { amount: number }[] }[] }[]
}

/** What Admin shows of an order and its returns; `open` is what Medusa thinks that the buyer owes. */
export async function shownReturns(container: MedusaContainer, ordersn: string) {
  const order = await shownOrder(container, ordersn)
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order",
    fields: ["summary.*", "returns.*", "returns.items.*", "payment_collections.payments.refunds.amount"],
    filters: { id: order.id },
  })
  const [row]: ReturnsRow[] = data
  const refunds = row?.payment_collections.flatMap(({ payments }) => payments.flatMap((paid) => paid.refunds)) ?? []
  return {
    status: order.status,
    payment: order.payment_status,
    fulfillment: order.fulfillment_status,
    returns: (row?.returns ?? []).map((found) => ({
      status: found.status,
      pieces: found.items.map((item) => [Number(item.quantity), Number(item.received_quantity)]),
    })),
    refunds: refunds.map(({ amount }) => Number(amount)).sort((a, b) => a - b),
    open: Number(row?.summary.pending_difference ?? 0),
  }
}
