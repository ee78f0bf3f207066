import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { toExceptionView } from "../../shared/exception-view"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName } from "../../shared/types/enums"
import type { ExceptionView } from "../../shared/types/exception-view"
import type ShopeeConnectorService from "../service"
import { listOrderEvents } from "../sql/list-order-events"
import { listOrders } from "../sql/list-orders"
import { selectEscrow } from "../sql/select-escrow"
import type { ShopeeOrderAnswer } from "../types/desk"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { toEscrowView } from "./escrow-view"
import { NO_STORY, readMedusaOrder } from "./medusa-order"
import { toOrderSummary } from "./order-summary"
import { toTimeline } from "./order-timeline"

/** An order that is looked at every night for months still fits on a screen. */
const MOST_EVENTS = 100
const MOST_EXCEPTIONS = 100

async function exceptionsOf(container: MedusaContainer, ordersn: string): Promise<ExceptionView[]> {
  const rows = await container
    .resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
    .listConnectorExceptions(
      { connector: ConnectorName.SHOPEE, ordersn },
      { take: MOST_EXCEPTIONS, order: { created_at: "DESC" } }
    )
  const views = rows.map(toExceptionView)
  return [...views.filter(({ status }) => status === "open"), ...views.filter(({ status }) => status !== "open")]
}

/**
 * Everything that is known of a Shopee order: where it stands, its parcels, its exceptions, its money, and what happened when.
 *
 * @throws MedusaError (not_found) for an order that the connector never heard of
 */
export async function readOrder(container: MedusaContainer, ordersn: string): Promise<ShopeeOrderAnswer> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const [listed] = await service.run((sql) =>
    listOrders(sql, { ordersn }, { sort: "created_at", descending: true, limit: 1, offset: 0 })
  )
  if (!listed) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `The connector never heard of Shopee order ${ordersn}. Check the number, or have the order looked up on Shopee ("sync").`
    )
  }
  const [events, exceptions, escrowRecord, story] = await Promise.all([
    service.run((sql) => listOrderEvents(sql, ordersn, MOST_EVENTS)),
    exceptionsOf(container, ordersn),
    service.run((sql) => selectEscrow(sql, ordersn)),
    listed.medusa_order_id === null ? NO_STORY : readMedusaOrder(container, listed.medusa_order_id),
  ])
  const order = toOrderSummary(listed, new Date())
  const escrow = escrowRecord && toEscrowView(escrowRecord)
  return {
    order,
    total: story.total,
    parcels: story.parcels,
    exceptions,
    escrow,
    timeline: toTimeline({ order, events, exceptions, deeds: story.deeds, escrow }),
    older_events: Math.max(0, (events[0]?.total ?? 0) - events.length),
  }
}
