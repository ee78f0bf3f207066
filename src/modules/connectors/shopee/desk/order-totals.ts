import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { OrderTotal } from "../types/desk"
import { decimal } from "./json-values"

/** A Medusa order as far as its total goes. The summary is kept by Medusa: nothing is added up, and no line read. */
export interface OrderTotalRow {
  id: string
  status: string
  currency_code: string
  summary?: {
    current_order_total?: Parameters<typeof decimal>[0]
    original_order_total?: Parameters<typeof decimal>[0]
  } | null
}

/** A cancelled order's present total is 0 in Medusa: what it was is told instead. Pure. */
export function toOrderTotal({ status, currency_code: currency, summary }: OrderTotalRow): OrderTotal | null {
  const amount = status === "canceled" ? summary?.original_order_total : summary?.current_order_total
  return amount === undefined || amount === null ? null : { amount: decimal(amount), currency: currency.toUpperCase() }
}

/** What orders cost, by their ids; one that Medusa doesn't have is missing. */
export async function readOrderTotals(
  container: MedusaContainer,
  orderIds: string[]
): Promise<Map<string, OrderTotal>> {
  if (orderIds.length === 0) {
    return new Map()
  }
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({ entity: "order", fields: ["id", "status", "currency_code", "summary.*"], filters: { id: orderIds } })
  const orders: OrderTotalRow[] = data
  return new Map(
    orders.flatMap((order) => {
      const total = toOrderTotal(order)
      return total ? [[order.id, total] as const] : []
    })
  )
}
