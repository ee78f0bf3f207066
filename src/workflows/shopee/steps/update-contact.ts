import type { MedusaContainer, UpdateOrderDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SHOPEE_CONNECTOR_MODULE } from "../../../modules/connectors/shopee"
import { ShopeeNotConfiguredError } from "../../../modules/connectors/shopee/config"
import { toBuyer } from "../../../modules/connectors/shopee/mappers/order-import"
import { isMasked } from "../../../modules/connectors/shopee/normalizers/masked"
import type ShopeeConnectorService from "../../../modules/connectors/shopee/service"
import type { ImportedBuyer } from "../../../modules/connectors/shopee/types/order-import"
import type { ContactAddress, ContactBuyer } from "../../../modules/connectors/shopee/types/order-contact"
import { ensureBuyers } from "./ensure-buyers"

export interface UpdateContactInput {
  orderId: string
  ordersn: string
  /** Null when it stays. */
  address: ContactAddress | null
  /** Null when nothing new is known. */
  buyer: ContactBuyer | null
}

async function customerOf(container: MedusaContainer, buyer: ContactBuyer, ordersn: string): Promise<ImportedBuyer> {
  const config = await container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE).config()
  if (!config.configured) {
    throw new ShopeeNotConfiguredError(config.missing)
  }
  return toBuyer(buyer, ordersn, config.buyerEmailDomain)
}

/** A buyer's name, when Shopee tells it in clear. Another order of theirs may have told it already: a masked one changes nothing. */
async function renameCustomer(container: MedusaContainer, id: string, { username }: ContactBuyer): Promise<void> {
  if (username === null || isMasked(username)) {
    return
  }
  const customers = container.resolve(Modules.CUSTOMER)
  const { first_name, metadata } = await customers.retrieveCustomer(id, { select: ["id", "first_name", "metadata"] })
  if (first_name !== username) {
    await customers.updateCustomers(id, {
      first_name: username,
      metadata: { ...metadata, shopee_buyer_username: username },
    })
  }
}

/**
 * Brings an order's address and its buyer to what Shopee tells by now. A buyer who was hidden when the order was imported and is known now
 * takes the order to the customer that all their orders have; the customer that stood for the hidden one stays behind without
 * orders.
 *
 * Not `updateOrderWorkflow`: it can't give an order another customer.
 *
 * Compensation brings the order back; a customer keeps a name that Shopee told.
 */
export const updateContactStep = createStep(
  "update-shopee-contact",
  async ({ orderId, ordersn, address, buyer }: UpdateContactInput, { container }) => {
    const orders = container.resolve(Modules.ORDER)
    const before = await orders.retrieveOrder(orderId, {
      select: ["id", "customer_id", "email", "metadata"],
      relations: ["shipping_address"],
    })
    const changes: UpdateOrderDTO = { id: orderId }
    if (address !== null) {
      // Without its id: an order keeps its earlier addresses as rows of their own, as Medusa does it.
      const { id: _, ...fields } = { ...before.shipping_address }
      changes.shipping_address = { ...fields, ...address }
    }
    if (buyer !== null) {
      const customer = await customerOf(container, buyer, ordersn)
      const customerId = (await ensureBuyers(container, [customer])).get(customer.email) ?? ""
      await renameCustomer(container, customerId, buyer)
      changes.customer_id = customerId
      changes.email = customer.email
      changes.metadata = {
        ...before.metadata,
        shopee_buyer_user_id: buyer.userId,
        shopee_buyer_username: buyer.username,
      }
    }
    await orders.updateOrders([changes])
    const { customer_id, email, metadata, shipping_address } = before
    return new StepResponse(orderId, { id: orderId, customer_id, email, metadata, shipping_address })
  },
  async (before, { container }) => {
    if (before) {
      const { shipping_address, ...fields } = before
      await container
        .resolve(Modules.ORDER)
        .updateOrders([{ ...fields, ...(shipping_address ? { shipping_address } : {}) }])
    }
  }
)
