import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

/** What an order is going to be paid with. */
export interface PaymentDemand {
  orderId: string
  currencyCode: string
  /** Decimal text in major units. */
  amount: string
}

/**
 * A payment collection for every order, linked to it. Orders that nobody has paid yet get one as well: without it Medusa can't say
 * that the payment of a cancelled order was cancelled.
 *
 * @returns collection ids by order id. Compensation removes links and collections.
 */
export const openPaymentCollectionsStep = createStep(
  "open-shopee-payment-collections",
  async ({ demands }: { demands: PaymentDemand[] }, { container }) => {
    const byOrder: Record<string, string> = {}
    if (demands.length === 0) {
      return new StepResponse(byOrder, byOrder)
    }
    const collections = await container
      .resolve(Modules.PAYMENT)
      .createPaymentCollections(
        demands.map((demand) => ({ currency_code: demand.currencyCode, amount: demand.amount }))
      )
    demands.forEach((demand, index) => {
      const collection = collections[index]
      if (!collection) {
        throw new Error(`Medusa opened ${collections.length} payment collections for ${demands.length} orders.`)
      }
      byOrder[demand.orderId] = collection.id
    })
    await container.resolve(ContainerRegistrationKeys.LINK).create(toLinks(byOrder))
    return new StepResponse(byOrder, byOrder)
  },
  async (byOrder, { container }) => {
    if (!byOrder || Object.keys(byOrder).length === 0) {
      return
    }
    await container.resolve(ContainerRegistrationKeys.LINK).dismiss(toLinks(byOrder))
    await container.resolve(Modules.PAYMENT).deletePaymentCollections(Object.values(byOrder))
  }
)

const toLinks = (byOrder: Record<string, string>) =>
  Object.entries(byOrder).map(([orderId, collectionId]) => ({
    [Modules.ORDER]: { order_id: orderId },
    [Modules.PAYMENT]: { payment_collection_id: collectionId },
  }))
