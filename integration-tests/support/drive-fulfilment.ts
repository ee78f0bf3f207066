import { createStep, createWorkflow, StepResponse, transform, when } from "@medusajs/framework/workflows-sdk"
import type { OrderHold } from "../../src/workflows/shopee/order-hold"
import { refundShopeeOrderWorkflow } from "../../src/workflows/shopee/refund-order"
import { cancelFulfillmentsStep } from "../../src/workflows/shopee/steps/cancel-fulfillments"
import { completeOrdersStep } from "../../src/workflows/shopee/steps/complete-orders"
import type { PackageToCreate } from "../../src/workflows/shopee/parcel-fulfillment"
import { createFulfillmentsStep } from "../../src/workflows/shopee/steps/create-fulfillments"
import { deliverFulfillmentsStep } from "../../src/workflows/shopee/steps/deliver-fulfillments"
import { ensureFulfillmentSetupStep } from "../../src/workflows/shopee/steps/ensure-fulfillment-setup"
import { ensureSalesChannelStep } from "../../src/workflows/shopee/steps/ensure-sales-channel"
import { ensureStockLocationStep } from "../../src/workflows/shopee/steps/ensure-stock-location"
import { markRefundsByShopeeStep } from "../../src/workflows/shopee/steps/mark-refunds-by-shopee"
import { type Shipment, shipFulfillmentsStep } from "../../src/workflows/shopee/steps/ship-fulfillments"
import { updateTrackingStep } from "../../src/workflows/shopee/steps/update-tracking"

const COUNTRY = "sg"

/** What of an order is driven through the fulfilment steps, one after the other. */
export interface Drive {
  orderId: string
  /** Absent: nobody competes for the order. */
  claimId?: string
  packages?: PackageToCreate[]
  ship?: Shipment[]
  track?: Shipment[]
  deliver?: string[]
  unpack?: string[]
  complete?: boolean
  mark?: boolean
  refund?: boolean
  fail?: boolean
}

/** Fails. */
export const failStep = createStep("fail-for-the-suite", async (): Promise<StepResponse<void>> => {
  throw new Error("A later step failed.")
})

/** Runs one of the steps, followed by one that fails when asked to. */
export const driveWorkflow = createWorkflow("drive-fulfilment-for-the-suite", function (input: Drive) {
  const hold = transform({ input }, ({ input: { claimId } }): OrderHold => ({ syncId: "of-the-suite", claimId }))
  when("pack", input, ({ packages }) => packages !== undefined).then(() => {
    const locationId = ensureStockLocationStep({ salesChannelId: ensureSalesChannelStep() })
    createFulfillmentsStep({
      locationId,
      setups: ensureFulfillmentSetupStep({ locationId, countryCodes: [COUNTRY] }),
      orders: transform({ input }, ({ input: { orderId, packages } }) => [
        { orderId, hold, countryCode: COUNTRY, packages: packages ?? [] },
      ]),
    })
  })
  when("ship", input, ({ ship }) => ship !== undefined).then(() => {
    shipFulfillmentsStep({
      orders: transform({ input }, ({ input: { orderId, ship } }) => [{ orderId, hold, shipments: ship ?? [] }]),
    })
  })
  when("track", input, ({ track }) => track !== undefined).then(() => {
    updateTrackingStep({ shipments: transform({ input }, ({ input: { track } }) => track ?? []) })
  })
  when("deliver", input, ({ deliver }) => deliver !== undefined).then(() => {
    deliverFulfillmentsStep({
      orders: transform({ input }, ({ input: { orderId, deliver } }) => [
        { orderId, hold, fulfillmentIds: deliver ?? [] },
      ]),
    })
  })
  when("unpack", input, ({ unpack }) => unpack !== undefined).then(() => {
    cancelFulfillmentsStep({
      orderId: input.orderId,
      hold,
      fulfillmentIds: transform({ input }, ({ input: { unpack } }) => unpack ?? []),
    })
  })
  when("complete", input, ({ complete }) => complete === true).then(() => {
    completeOrdersStep({ orderIds: transform({ input }, ({ input: { orderId } }) => [orderId]) })
  })
  when("mark", input, ({ mark }) => mark === true).then(() => {
    markRefundsByShopeeStep({ orderId: input.orderId })
  })
  when("refund", input, ({ refund }) => refund === true).then(() => {
    refundShopeeOrderWorkflow.runAsStep({ input: { orderId: input.orderId, hold } })
  })
  when("fail", input, ({ fail }) => fail === true).then(() => {
    failStep()
  })
})
