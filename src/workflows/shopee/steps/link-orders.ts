import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SHOPEE_CONNECTOR_MODULE } from "../../../modules/connectors/shopee"

/** A Medusa order and the `shopee_order_sync` row that it belongs to. */
export interface OrderLink {
  syncId: string
  orderId: string
}

const toDefinition = ({ syncId, orderId }: OrderLink) => ({
  [SHOPEE_CONNECTOR_MODULE]: { shopee_order_sync_id: syncId },
  [Modules.ORDER]: { order_id: orderId },
})

/** Links of the rows to other orders than theirs. */
async function findStaleLinks(container: MedusaContainer, links: OrderLink[]): Promise<OrderLink[]> {
  const rows = await container
    .resolve(ContainerRegistrationKeys.LINK)
    .getLinkModule(SHOPEE_CONNECTOR_MODULE, "shopee_order_sync_id", Modules.ORDER, "order_id")
    ?.list({ shopee_order_sync_id: links.map(({ syncId }) => syncId) })
  const wanted = new Map(links.map(({ syncId, orderId }) => [syncId, orderId]))
  return ((rows ?? []) as { shopee_order_sync_id: string; order_id: string }[])
    .map((row) => ({ syncId: row.shopee_order_sync_id, orderId: row.order_id }))
    .filter(({ syncId, orderId }) => wanted.get(syncId) !== orderId)
}

/**
 * Links orders with their sync rows. A run that died, or lost Redis, while it took its import back can leave the link of an order that is
 * gone, and Medusa refuses a second link of one row: such a link is taken away first. There is no other order to lose by it, since a
 * Shopee order has one Medusa order at most.
 *
 * Compensation takes the links away.
 */
export const linkOrdersStep = createStep(
  "link-shopee-orders",
  async ({ links }: { links: OrderLink[] }, { container }) => {
    const link = container.resolve(ContainerRegistrationKeys.LINK)
    const stale = await findStaleLinks(container, links)
    if (stale.length > 0) {
      await link.dismiss(stale.map(toDefinition))
    }
    await link.create(links.map(toDefinition))
    return new StepResponse(links, links)
  },
  async (links, { container }) => {
    if (links?.length) {
      await container.resolve(ContainerRegistrationKeys.LINK).dismiss(links.map(toDefinition))
    }
  }
)
