import type { ApiAnswer } from "../api/api-route"
import type { ApiFault } from "../control/fault"
import { isJsonObject } from "../json-reader"

/** Shopee's partial failure: some orders are left out, `error` stays empty and `warning` tells. */
export function dropOrders(answer: ApiAnswer, fault: ApiFault & { kind: "drop-orders" }): ApiAnswer {
  if (answer.kind !== "response") return answer
  const { response } = answer
  const warning = fault.warning ?? "Some orders could not be read."
  if (Array.isArray(response)) return { ...answer, warning, response: without(response, fault.order_sns) }
  if (isJsonObject(response) && Array.isArray(response.order_list)) {
    const orders = without(response.order_list, fault.order_sns)
    return { ...answer, warning: [warning], response: { ...response, order_list: orders } }
  }
  return { ...answer, warning }
}

function without(orders: unknown[], orderSns: string[] | undefined): unknown[] {
  if (!orderSns) return orders.slice(1)
  return orders.filter((order) => !orderSns.includes(orderSnOf(order) ?? ""))
}

function orderSnOf(order: unknown): string | undefined {
  if (!isJsonObject(order)) return undefined
  const holder = isJsonObject(order.escrow_detail) ? order.escrow_detail : order
  return typeof holder.order_sn === "string" ? holder.order_sn : undefined
}
