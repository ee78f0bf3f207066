import { createWorkflow, transform, when, type WorkflowData, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import type { MoveOrdersInput } from "../../modules/connectors/shopee/types/converge-order"
import type { PlanStep } from "../../modules/connectors/shopee/types/plan"
import { MOVE_SHOPEE_ORDERS_WORKFLOW } from "../../modules/connectors/shopee/types/workflow-ids"
import { stepOf } from "./plan-steps"
import { completeOrdersStep } from "./steps/complete-orders"
import { createFulfillmentsStep, type OrderPackages } from "./steps/create-fulfillments"
import { deliverFulfillmentsStep } from "./steps/deliver-fulfillments"
import { ensureFulfillmentSetupStep } from "./steps/ensure-fulfillment-setup"
import { ensureSalesChannelStep } from "./steps/ensure-sales-channel"
import { ensureStockLocationStep } from "./steps/ensure-stock-location"
import { shipFulfillmentsStep } from "./steps/ship-fulfillments"

const anyHas =
  (kind: PlanStep["kind"]) =>
  ({ orders }: MoveOrdersInput): boolean =>
    orders.some(({ steps }) => stepOf(steps, kind) !== undefined)

/**
 * Applies the commonest plans to many orders in one run: pack, ship, deliver, complete. What an order's plan holds besides goes through
 * `convergeShopeeOrderWorkflow`.
 *
 * Either all of them are moved or none: a step that fails takes the earlier ones back. The caller moves the orders one by one then.
 *
 * @returns how many orders there were
 */
export const moveShopeeOrdersWorkflow = createWorkflow(
  MOVE_SHOPEE_ORDERS_WORKFLOW,
  function (input: WorkflowData<MoveOrdersInput>) {
    when("parcels-are-not-packed", input, anyHas("fulfil")).then(() => {
      const locationId = ensureStockLocationStep({ salesChannelId: ensureSalesChannelStep() })
      const orders = transform({ input }, ({ input: { orders: all } }) =>
        all.flatMap(({ orderId, syncId, claimId, countryCode, steps }): OrderPackages[] => {
          const fulfil = stepOf(steps, "fulfil")
          return fulfil ? [{ orderId, hold: { syncId, claimId }, countryCode, packages: fulfil.packages }] : []
        })
      )
      createFulfillmentsStep({
        locationId,
        setups: ensureFulfillmentSetupStep({
          locationId,
          countryCodes: transform({ orders }, ({ orders: packing }) => packing.map(({ countryCode }) => countryCode)),
        }),
        orders,
      })
    })

    when("parcels-have-left", input, anyHas("ship")).then(() => {
      shipFulfillmentsStep({
        orders: transform({ input }, ({ input: { orders } }) =>
          orders.flatMap(({ orderId, syncId, claimId, steps }) => {
            const ship = stepOf(steps, "ship")
            return ship ? [{ orderId, hold: { syncId, claimId }, shipments: ship.shipments }] : []
          })
        ),
      })
    })

    when("parcels-have-arrived", input, anyHas("deliver")).then(() => {
      deliverFulfillmentsStep({
        orders: transform({ input }, ({ input: { orders } }) =>
          orders.flatMap(({ orderId, syncId, claimId, steps }) => {
            const deliver = stepOf(steps, "deliver")
            return deliver ? [{ orderId, hold: { syncId, claimId }, fulfillmentIds: deliver.fulfillmentIds }] : []
          })
        ),
      })
    })

    when("orders-are-complete", input, anyHas("complete")).then(() => {
      completeOrdersStep({
        orderIds: transform({ input }, ({ input: { orders } }) =>
          orders.flatMap(({ orderId, steps }) => (stepOf(steps, "complete") ? [orderId] : []))
        ),
      })
    })

    return new WorkflowResponse(transform({ input }, ({ input: { orders } }) => orders.length))
  }
)

export default moveShopeeOrdersWorkflow
