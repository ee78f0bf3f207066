import type { MedusaContainer } from "@medusajs/framework/types"
import { ChangeActionType, MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { failPoint } from "../../../modules/connectors/shared/fail-point"
import { readFulfillmentHistories } from "../../../modules/connectors/shopee/inbox/fulfillment-histories"
import { type FulfillmentHistory, recordActionsOfOrders } from "../fulfillment-history"
import {
  type FulfillmentBefore,
  type ParcelChange,
  readFulfillments,
  takeBackAll,
  toParcelFields,
  updateFulfillments,
} from "../fulfillment-record"
import type { OrderHold } from "../order-hold"

/** A fulfillment that left, with what Shopee tells of its way. */
export interface Shipment {
  fulfillmentId: string
  /** Null as long as Shopee has not told it. */
  trackingNumber: string | null
  carrier: string | null
}

/** What of an order has left. */
export interface OrderShipments {
  orderId: string
  hold: OrderHold
  shipments: Shipment[]
}

interface DueShipment {
  orderId: string
  shipment: Shipment
  fulfillment: FulfillmentBefore
  past: FulfillmentHistory
}

/** Those that are not shipped yet. */
async function findDue(container: MedusaContainer, orders: OrderShipments[]): Promise<DueShipment[]> {
  const [histories, known] = await Promise.all([
    readFulfillmentHistories(
      container,
      orders.map(({ orderId }) => orderId)
    ),
    readFulfillments(
      container,
      orders.flatMap(({ shipments }) => shipments.map(({ fulfillmentId }) => fulfillmentId))
    ),
  ])
  return orders.flatMap(({ orderId, shipments }) =>
    shipments.flatMap((shipment) => {
      const fulfillment = known.get(shipment.fulfillmentId)
      const past = histories.get(orderId)?.get(shipment.fulfillmentId)
      if (!fulfillment || !past || fulfillment.canceledAt) {
        throw new MedusaError(
          MedusaError.Types.NOT_ALLOWED,
          `Fulfillment ${shipment.fulfillmentId} of order ${orderId} is cancelled or missing and can't be shipped.`
        )
      }
      return fulfillment.shippedAt ? [] : [{ orderId, shipment, fulfillment, past }]
    })
  )
}

/**
 * Marks fulfillments as shipped, with their tracking numbers as labels: all of an order in one version of it, and all orders together. Those
 * that are shipped already stay as they are.
 *
 * Not `createOrderShipmentWorkflow`: it takes one fulfillment, and a workflow can't repeat a step as often as an order has parcels.
 * The orders are written before the fulfillments: a run that is killed in between is finished by the next.
 *
 * @throws MedusaError (not_allowed) for a cancelled fulfillment or one of another order; then nothing was shipped. Compensation takes the
 * shipments back.
 */
export const shipFulfillmentsStep = createStep(
  "ship-shopee-fulfillments",
  async ({ orders }: { orders: OrderShipments[] }, { container }) => {
    const due = await findDue(container, orders)
    const dueOf = (orderId: string) => due.filter((row) => row.orderId === orderId)
    const done: ParcelChange[] = orders.map(({ orderId, hold }) => ({ orderId, hold, recorded: false, before: [] }))
    try {
      const recorded = await recordActionsOfOrders(
        container,
        orders.map(({ orderId }) => ({
          orderId,
          actions: dueOf(orderId)
            .filter(({ past }) => !past.shipped)
            .flatMap(({ past, fulfillment }) =>
              past.packed.map((line) => ({
                ...line,
                action: ChangeActionType.SHIP_ITEM,
                fulfillmentId: fulfillment.id,
              }))
            ),
        }))
      )
      done.forEach((change) => (change.recorded = recorded.has(change.orderId)))
      failPoint("shipments-recorded")
      done.forEach((change) => (change.before = dueOf(change.orderId).map(({ fulfillment }) => fulfillment)))
      await updateFulfillments(
        container,
        due.map(({ shipment, fulfillment }) => ({
          id: fulfillment.id,
          ...toParcelFields(fulfillment, shipment),
          shipped_at: new Date(),
        }))
      )
    } catch (error) {
      await takeBackAll(container, done)
      throw error
    }
    return new StepResponse(
      due.map(({ fulfillment }) => fulfillment.id),
      done
    )
  },
  async (done, { container }) => {
    await takeBackAll(container, done ?? [])
  }
)
