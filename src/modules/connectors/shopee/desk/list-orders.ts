import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ExceptionStatus } from "../../shared/types/enums"
import type ShopeeConnectorService from "../service"
import { countOrders } from "../sql/count-orders"
import { type ListedOrder, listOrders as selectOrders, type OrderSort } from "../sql/list-orders"
import type { OrderFilter } from "../sql/order-filter"
import type { ShopeeOrderListAnswer, ShopeeOrderRow } from "../types/desk"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { decimal } from "./json-values"
import { toOrderSummary } from "./order-summary"
import { readOrderTotals } from "./order-totals"

/** An order has one open exception of a class at most, and few classes at a time. */
const MOST_EXCEPTIONS_AN_ORDER = 10

async function openExceptionsOf(
  container: MedusaContainer,
  ordersns: string[]
): Promise<Map<string, ShopeeOrderRow["open_exceptions"]>> {
  const byOrder = new Map<string, ShopeeOrderRow["open_exceptions"]>()
  if (ordersns.length === 0) {
    return byOrder
  }
  const open = await container
    .resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
    .listConnectorExceptions(
      { connector: ConnectorName.SHOPEE, status: ExceptionStatus.OPEN, ordersn: ordersns },
      { take: ordersns.length * MOST_EXCEPTIONS_AN_ORDER, select: ["id", "ordersn", "error_class"] }
    )
  for (const { id, ordersn, error_class } of open) {
    if (ordersn !== null) {
      byOrder.set(ordersn, [...(byOrder.get(ordersn) ?? []), { id, error_class }])
    }
  }
  return byOrder
}

const escrowOf = (order: ListedOrder): ShopeeOrderRow["escrow"] =>
  order.escrow_amount === null || order.currency === null
    ? null
    : {
        state: order.escrow_release_time === null ? "provisional" : "released",
        escrow_amount: decimal(order.escrow_amount),
        payout_amount: order.payout_amount === null ? null : decimal(order.payout_amount),
        currency: order.currency,
      }

/** A page of Shopee's orders with their totals, open exceptions and escrows: a handful of statements, however long the page is. */
export async function listOrders(
  container: MedusaContainer,
  filter: OrderFilter,
  page: { sort: OrderSort; descending: boolean; limit: number; offset: number }
): Promise<ShopeeOrderListAnswer> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const [listed, count] = await Promise.all([
    service.run((sql) => selectOrders(sql, filter, page)),
    service.run((sql) => countOrders(sql, filter)),
  ])
  const [exceptions, totals] = await Promise.all([
    openExceptionsOf(
      container,
      listed.map(({ ordersn }) => ordersn)
    ),
    readOrderTotals(
      container,
      listed.flatMap(({ medusa_order_id: id }) => id ?? [])
    ),
  ])
  const now = new Date()
  return {
    orders: listed.map((order) => ({
      ...toOrderSummary(order, now),
      total: (order.medusa_order_id !== null && totals.get(order.medusa_order_id)) || null,
      open_exceptions: exceptions.get(order.ordersn) ?? [],
      escrow: escrowOf(order),
    })),
    count,
    limit: page.limit,
    offset: page.offset,
  }
}
