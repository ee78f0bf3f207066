import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { getOrderDetailWorkflow } from "@medusajs/medusa/core-flows"

/** What the suites look at of an order, as Admin shows it. */
export interface ShownOrder {
  id: string
  custom_display_id: string
  status: string
  payment_status: string
  fulfillment_status: string
  total: number
  currency_code: string
  email: string
  metadata: Record<string, unknown>
  sales_channel: { name: string }
  customer: { id: string; email: string }
  shipping_address: Record<string, string | null>
  items: {
    variant_sku: string | null
    title: string
    quantity: number
    unit_price: number
    metadata: Record<string, unknown>
  }[]
  shopee_order_sync?: { ordersn: string } | null
}

const FIELDS = [
  "id",
  "custom_display_id",
  "status",
  "total",
  "currency_code",
  "email",
  "metadata",
  "sales_channel.name",
  "customer.id",
  "customer.email",
  "shipping_address.*",
  "items.*",
  "shopee_order_sync.ordersn",
]

/** Every Medusa order that carries this display id, with the statuses that Medusa derives for Admin. */
export async function shownOrders(container: MedusaContainer, ordersn: string): Promise<ShownOrder[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: ["id"],
    filters: { custom_display_id: `SHP-${ordersn}` },
  })
  const shown: ShownOrder[] = []
  for (const { id } of data) {
    const { result } = await getOrderDetailWorkflow(container).run({
      input: { order_id: id, fields: [...FIELDS, "payment_status", "fulfillment_status"] },
    })
    shown.push(result as never)
  }
  return shown
}

/** The one Medusa order of a Shopee order. @throws Error when there is none, or more than one. */
export async function shownOrder(container: MedusaContainer, ordersn: string): Promise<ShownOrder> {
  const [order, ...others] = await shownOrders(container, ordersn)
  if (!order || others.length > 0) {
    throw new Error(`Shopee order ${ordersn} has ${order ? others.length + 1 : 0} Medusa orders.`)
  }
  return order
}
