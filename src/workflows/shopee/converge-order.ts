import { cancelOrderWorkflow } from "@medusajs/medusa/core-flows"
import { createWorkflow, transform, when, type WorkflowData, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import type { CopyChanges } from "../../modules/connectors/shopee/types/copies"
import type { ConvergeOrderInput } from "../../modules/connectors/shopee/types/converge-order"
import { CONVERGE_SHOPEE_ORDER_WORKFLOW } from "../../modules/connectors/shopee/types/workflow-ids"
import { amendOrderStep } from "./steps/amend-order"
import { bookPaymentsStep } from "./steps/book-payments"
import { cancelFulfillmentsStep } from "./steps/cancel-fulfillments"
import { capturePaymentsStep } from "./steps/capture-payments"
import { changeCopiesStep } from "./steps/change-copies"
import { completeOrdersStep } from "./steps/complete-orders"
import { createFulfillmentsStep } from "./steps/create-fulfillments"
import { deliverFulfillmentsStep } from "./steps/deliver-fulfillments"
import { ensureFulfillmentSetupStep } from "./steps/ensure-fulfillment-setup"
import { ensureInventoryLevelsStep } from "./steps/ensure-inventory-levels"
import { ensureSalesChannelStep } from "./steps/ensure-sales-channel"
import { ensureStockLocationStep } from "./steps/ensure-stock-location"
import { findOversoldStep } from "./steps/find-oversold"
import { linkOrdersStep } from "./steps/link-orders"
import { markRefundsByShopeeStep } from "./steps/mark-refunds-by-shopee"
import { openPaymentCollectionsStep } from "./steps/open-payment-collections"
import { requireHoldsStep } from "./steps/require-hold"
import { reserveStockStep } from "./steps/reserve-stock"
import { shipFulfillmentsStep } from "./steps/ship-fulfillments"
import { updateContactStep } from "./steps/update-contact"
import { updateTrackingStep } from "./steps/update-tracking"
import { followReturns } from "./follow-returns"
import { has, stepOf } from "./plan-steps"
import type { OrderHold } from "./order-hold"
import { refundShopeeOrderWorkflow } from "./refund-order"
import { toLineDemands, toLineReservations } from "./stock-of-lines"

const NO_COPY_CHANGES: CopyChanges = { order: "", reserve: [], sell: [], release: [], takeBack: [], lines: [] }

/**
 * Applies a plan to an order that Medusa has: link, open the payment, book, amend, reserve, capture, pack, ship, deliver, complete, unpack,
 * cancel, refund, return, each only when the plan says so. A step that fails takes back the earlier ones; planning again finds what is left.
 *
 * @returns SKUs whose stock went below zero with what was reserved.
 * @throws what Medusa's own workflows throw, for instance when somebody holds an open change of the order.
 */
export const convergeShopeeOrderWorkflow = createWorkflow(
  CONVERGE_SHOPEE_ORDER_WORKFLOW,
  function (input: WorkflowData<ConvergeOrderInput>) {
    const hold = transform({ input }, ({ input: { syncId, claimId } }): OrderHold => ({ syncId, claimId }))

    when("order-is-not-linked", input, has("link")).then(() => {
      linkOrdersStep({ links: transform({ input }, ({ input: { syncId, orderId } }) => [{ syncId, orderId }]) })
    })

    const opened = when("payment-is-not-open", input, has("open_payment")).then(() =>
      openPaymentCollectionsStep({
        demands: transform({ input }, ({ input: { orderId, currencyCode, steps } }) => [
          { orderId, currencyCode, amount: stepOf(steps, "open_payment")?.amount ?? "0" },
        ]),
      })
    )
    const paymentCollectionId = transform(
      { input, opened },
      ({ input: { paymentCollectionId: known, orderId }, opened: byOrder }) => known ?? byOrder?.[orderId] ?? ""
    )

    when("account-lacks-payments", input, has("book")).then(() => {
      bookPaymentsStep({ orderId: input.orderId, hold })
    })

    when("totals-differ", input, has("amend")).then(() => {
      amendOrderStep({ orderId: input.orderId, hold, paymentCollectionId, price: input.price, lines: input.lines })
    })

    const oversold = when("stock-is-not-reserved", input, has("reserve")).then(() => {
      const salesChannelId = ensureSalesChannelStep()
      const locationId = ensureStockLocationStep({ salesChannelId })
      const lines = transform({ input }, ({ input: { steps } }) => stepOf(steps, "reserve")?.lines ?? [])
      const reservations = transform({ lines, locationId, ordersn: input.ordersn }, toLineReservations)
      ensureInventoryLevelsStep({
        locationId,
        inventoryItemIds: transform({ reservations }, ({ reservations: rows }) =>
          rows.map((row) => row.inventory_item_id)
        ),
      })
      requireHoldsStep({ holds: [hold] }).config({ name: "require-hold-to-reserve" })
      reserveStockStep(reservations)
      return findOversoldStep({ locationId, demands: transform({ lines, ordersn: input.ordersn }, toLineDemands) })
    })

    when("payment-is-not-captured", input, has("capture")).then(() => {
      capturePaymentsStep({
        captures: transform({ input, paymentCollectionId }, ({ input: order, paymentCollectionId: collectionId }) => [
          {
            orderId: order.orderId,
            hold: { syncId: order.syncId, claimId: order.claimId },
            ordersn: order.ordersn,
            paymentCollectionId: collectionId,
            currencyCode: order.currencyCode,
            amount: stepOf(order.steps, "capture")?.amount ?? "0",
          },
        ]),
      })
    })

    // Before packing: a parcel's record takes the address that the order has then.
    when("contact-differs", input, has("update_contact")).then(() => {
      updateContactStep(
        transform({ input }, ({ input: { steps, orderId, ordersn } }) => {
          const { address = null, buyer = null } = stepOf(steps, "update_contact") ?? {}
          return { orderId, ordersn, address, buyer }
        })
      )
    })

    when("parcels-are-not-packed", input, has("fulfil")).then(() => {
      const channelId = ensureSalesChannelStep().config({ name: "ensure-sales-channel-of-parcels" })
      const parcelsLocationId = ensureStockLocationStep({ salesChannelId: channelId }).config({
        name: "ensure-stock-location-of-parcels",
      })
      createFulfillmentsStep({
        locationId: parcelsLocationId,
        setups: ensureFulfillmentSetupStep({
          locationId: parcelsLocationId,
          countryCodes: transform({ input }, ({ input: { countryCode } }) => [countryCode]),
        }),
        orders: transform({ input, hold }, ({ input: { orderId, countryCode, steps }, hold: held }) => [
          { orderId, hold: held, countryCode, packages: stepOf(steps, "fulfil")?.packages ?? [] },
        ]),
      })
    })

    when("parcels-have-left", input, has("ship")).then(() => {
      shipFulfillmentsStep({
        orders: transform({ input, hold }, ({ input: { orderId, steps }, hold: held }) => [
          { orderId, hold: held, shipments: stepOf(steps, "ship")?.shipments ?? [] },
        ]),
      })
    })

    when("tracking-numbers-are-new", input, has("track")).then(() => {
      updateTrackingStep({
        shipments: transform({ input }, ({ input: { steps } }) => stepOf(steps, "track")?.shipments ?? []),
      })
    })

    when("parcels-have-arrived", input, has("deliver")).then(() => {
      deliverFulfillmentsStep({
        orders: transform({ input, hold }, ({ input: { orderId, steps }, hold: held }) => [
          { orderId, hold: held, fulfillmentIds: stepOf(steps, "deliver")?.fulfillmentIds ?? [] },
        ]),
      })
    })

    when("order-is-complete", input, has("complete")).then(() => {
      completeOrdersStep({ orderIds: transform({ input }, ({ input: { orderId } }) => [orderId]) })
    })

    when("parcels-never-left", input, has("unpack")).then(() => {
      cancelFulfillmentsStep({
        orderId: input.orderId,
        hold,
        fulfillmentIds: transform({ input }, ({ input: { steps } }) => stepOf(steps, "unpack")?.fulfillmentIds ?? []),
      })
    })

    when("money-went-back", input, has("refund")).then(() => {
      refundShopeeOrderWorkflow.runAsStep({
        input: transform({ input }, ({ input: { orderId, syncId, claimId, steps } }) => ({
          orderId,
          hold: { syncId, claimId },
          keep: stepOf(steps, "refund")?.keep,
        })),
      })
    })

    followReturns(input)

    when("order-is-cancelled-on-shopee", input, has("cancel")).then(() => {
      markRefundsByShopeeStep({ orderId: input.orderId })
      requireHoldsStep({ holds: [hold] }).config({ name: "require-hold-to-cancel" })
      cancelOrderWorkflow.runAsStep({ input: { order_id: input.orderId, canceled_by: "shopee" } })
    })

    when("copies-differ", input, has("copies")).then(() => {
      changeCopiesStep(
        transform({ input }, ({ input: { steps } }) => stepOf(steps, "copies")?.changes ?? NO_COPY_CHANGES)
      )
    })

    return new WorkflowResponse(
      transform({ input, oversold }, ({ input: { ordersn }, oversold: short }): string[] => short?.[ordersn] ?? [])
    )
  }
)

export default convergeShopeeOrderWorkflow
