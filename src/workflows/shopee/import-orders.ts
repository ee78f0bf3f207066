import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import type { ImportedOrder, OrderImport } from "../../modules/connectors/shopee/types/order-import"
import { IMPORT_SHOPEE_ORDERS_WORKFLOW } from "../../modules/connectors/shopee/types/workflow-ids"
import { toCopyLines } from "./copies-of-imports"
import type { OrderHold } from "./order-hold"
import { toReservations, toStockDemands } from "./stock-of-imports"
import { capturePaymentsStep } from "./steps/capture-payments"
import { createOrdersStep } from "./steps/create-orders"
import { ensureBuyersStep } from "./steps/ensure-buyers"
import { ensureInventoryLevelsStep } from "./steps/ensure-inventory-levels"
import { ensureRegionsStep, marketKey } from "./steps/ensure-regions"
import { ensureSalesChannelStep } from "./steps/ensure-sales-channel"
import { ensureStockLocationStep } from "./steps/ensure-stock-location"
import { findOversoldStep } from "./steps/find-oversold"
import { linkOrdersStep } from "./steps/link-orders"
import { openPaymentCollectionsStep } from "./steps/open-payment-collections"
import { recordListingsStep } from "./steps/record-listings"
import { requireHoldsStep } from "./steps/require-hold"
import { reserveCopiesStep } from "./steps/reserve-copies"
import { reserveStockStep } from "./steps/reserve-stock"

export interface ImportShopeeOrdersInput {
  /** Mapped and priced; at most 50, no order twice. */
  orders: OrderImport[]
}

/**
 * Imports Shopee orders, up to 50 in one run: buyers, orders, reservations, payment collections, captures, links and channel
 * listings, each for all orders at once.
 *
 * Either all of them are imported or none: a step that fails takes back what the earlier ones did (set-up of the shop and listings
 * stay). The caller tries the orders one by one then, so that one bad order does not hold up the others.
 *
 * @throws when an order exists already (`custom_display_id` is unique), when the stock location can't be chosen
 * (`StockLocationUndecidedError`), and whatever a module throws.
 *
 * @example
 * const { result } = await importShopeeOrdersWorkflow(container).run({ input: { orders } })
 */
export const importShopeeOrdersWorkflow = createWorkflow(
  IMPORT_SHOPEE_ORDERS_WORKFLOW,
  function (input: ImportShopeeOrdersInput) {
    const salesChannelId = ensureSalesChannelStep()
    const locationId = ensureStockLocationStep({ salesChannelId })
    const regionIds = ensureRegionsStep({
      markets: transform({ input }, ({ input: { orders } }) => [
        ...new Map(
          orders.map(({ countryCode, currencyCode }) => {
            const market = { countryCode, currencyCode }
            return [marketKey(market), market]
          })
        ).values(),
      ]),
    })
    const customerIds = ensureBuyersStep({
      buyers: transform({ input }, ({ input: { orders } }) => orders.map(({ buyer }) => buyer)),
    })
    const created = createOrdersStep({ orders: input.orders, salesChannelId, regionIds, customerIds })

    // A worker that stood still meanwhile would reserve once more what another one has reserved.
    requireHoldsStep({
      holds: transform({ input, created }, ({ input: { orders } }): OrderHold[] =>
        orders.map(({ syncId, claimId }) => ({ syncId, claimId }))
      ),
    })
    const reservations = transform({ input, created, locationId }, toReservations)
    ensureInventoryLevelsStep({
      locationId,
      inventoryItemIds: transform({ reservations }, ({ reservations: rows }) =>
        rows.map((row) => row.inventory_item_id)
      ),
    })
    reserveStockStep(reservations)
    const oversold = findOversoldStep({ locationId, demands: transform({ input }, toStockDemands) })
    const shortOfCopies = reserveCopiesStep({ lines: transform({ input, created }, toCopyLines) })

    const collectionIds = openPaymentCollectionsStep({
      demands: transform({ input, created }, ({ input: { orders }, created: made }) =>
        orders.map((order, index) => ({
          orderId: made[index]?.orderId ?? "",
          currencyCode: order.currencyCode,
          amount: order.total,
        }))
      ),
    })
    capturePaymentsStep({
      captures: transform(
        { input, created, collectionIds },
        ({ input: { orders }, created: made, collectionIds: ids }) =>
          orders.flatMap((order, index) => {
            const orderId = made[index]?.orderId ?? ""
            return order.capture
              ? {
                  orderId,
                  hold: { syncId: order.syncId, claimId: order.claimId },
                  ordersn: order.ordersn,
                  paymentCollectionId: ids[orderId] ?? "",
                  currencyCode: order.currencyCode,
                  amount: order.total,
                }
              : []
          })
      ),
    })

    linkOrdersStep({
      links: transform({ input, created }, ({ input: { orders }, created: made }) =>
        orders.map(({ syncId }, index) => ({ syncId, orderId: made[index]?.orderId ?? "" }))
      ),
    })
    recordListingsStep({
      listings: transform({ input }, ({ input: { orders } }) =>
        orders.flatMap(({ listings, shopId }) => listings.map((listing) => ({ ...listing, shopId })))
      ),
    })

    return new WorkflowResponse(
      transform(
        { input, created, oversold, shortOfCopies },
        // The engine works the answer of a failed run out as well, before it throws what failed: without the defaults a
        // TypeError from here would take that error's place.
        ({
          input: { orders },
          created: made = [],
          oversold: short = {},
          shortOfCopies: without = {},
        }): ImportedOrder[] =>
          orders.map((order, index) => ({
            syncId: order.syncId,
            ordersn: order.ordersn,
            orderId: made[index]?.orderId ?? "",
            oversoldSkus: [...new Set([...(short[order.ordersn] ?? []), ...(without[order.ordersn] ?? [])])],
          }))
      )
    )
  }
)

export default importShopeeOrdersWorkflow
