import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** A payment with what our provider is told of it. */
export interface PaymentRow {
  id: string
  data: Record<string, unknown> | null
}

/** Medusa's module takes a payment's `data`, only its type leaves it out. */
export const withData = (
  { id }: PaymentRow,
  data: Record<string, unknown>
): { id: string } & Record<string, unknown> => ({ id, data })

/** The payments of an order. */
export async function readPaymentRows(container: MedusaContainer, orderId: string): Promise<PaymentRow[]> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order",
    fields: ["payment_collections.payments.id", "payment_collections.payments.data"],
    filters: { id: orderId },
  })
  const orders: { payment_collections?: ({ payments?: (PaymentRow | null)[] | null } | null)[] | null }[] = data
  return orders.flatMap((order) =>
    (order.payment_collections ?? []).flatMap((collection) => (collection?.payments ?? []).flatMap((row) => row ?? []))
  )
}
