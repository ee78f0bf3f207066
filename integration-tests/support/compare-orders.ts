import type { SandboxOrder } from "../../sandbox/control-client"
import type { AdminOrder } from "./shop-admin"

/** What an order must be in both places, in one shape. */
interface ComparedOrder {
  ordersn: string
  status: string
  payment: string
  total: number
  currency: string
  customer: string
  recipient: string | null | undefined
  address: string | null | undefined
  salesChannel: string
  lines: string[]
}

/** Product paper §6.1, as far as orders are not shipped. */
function stateOf({ order_status: status, cod }: SandboxOrder): { status: string; payment: string } {
  switch (status) {
    case "UNPAID":
      return { status: "pending", payment: "not_paid" }
    case "READY_TO_SHIP":
      return { status: "pending", payment: cod ? "not_paid" : "captured" }
    case "CANCELLED":
      return { status: "canceled", payment: "refunded" }
    default:
      throw new Error(`No suite compares orders that are ${status}.`)
  }
}

/** The order as Medusa must have it. */
export function expectedOrder(order: SandboxOrder): ComparedOrder {
  return {
    ordersn: order.order_sn,
    ...stateOf(order),
    total: order.order_status === "CANCELLED" ? 0 : order.amounts.total,
    currency: order.currency.toLowerCase(),
    customer: `shopee-${order.buyer_user_id}@buyers.exzentcg.local`,
    recipient: order.recipient_address.name,
    address: order.recipient_address.full_address,
    salesChannel: "Shopee",
    lines: order.item_list
      .map((line) => `${line.model_quantity_purchased} × ${line.model_sku} at ${line.model_discounted_price}`)
      .sort(),
  }
}

/** The order as Medusa has it. */
export function actualOrder(order: AdminOrder): ComparedOrder {
  return {
    ordersn: order.custom_display_id.replace(/^SHP-/, ""),
    status: order.status,
    payment: order.payment_status,
    total: order.total,
    currency: order.currency_code,
    customer: order.customer.email,
    recipient: order.shipping_address.first_name,
    address: order.shipping_address.address_1,
    salesChannel: order.sales_channel.name,
    lines: order.items.map((line) => `${line.quantity} × ${line.variant_sku} at ${line.unit_price}`).sort(),
  }
}

/** Both sides of every order, in one sequence, for `toEqual`: an order too many or too few is a difference as well. */
export function bothSides(
  shopee: SandboxOrder[],
  medusa: AdminOrder[]
): { expected: ComparedOrder[]; actual: ComparedOrder[] } {
  const bySn = (a: ComparedOrder, b: ComparedOrder) => (a.ordersn < b.ordersn ? -1 : 1)
  return { expected: shopee.map(expectedOrder).sort(bySn), actual: medusa.map(actualOrder).sort(bySn) }
}
