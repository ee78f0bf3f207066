import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { MedusaContainer } from "@medusajs/framework/types"

/** Name by which operators and reports know the channel (product paper). */
export const SHOPEE_SALES_CHANNEL_NAME = "Shopee"

/** A fixed id: when two workers set the shop up at once, the primary key lets one win. */
const SHOPEE_SALES_CHANNEL_ID = "sc_shopee"

async function findSalesChannel(container: MedusaContainer): Promise<string | null> {
  const channels = await container
    .resolve(Modules.SALES_CHANNEL)
    .listSalesChannels({ name: SHOPEE_SALES_CHANNEL_NAME }, { take: 1, order: { created_at: "ASC" } })
  return channels[0]?.id ?? null
}

/**
 * The sales channel "Shopee": found by its name, else created.
 *
 * Not compensated: it belongs to the shop's set-up and not to the order that happened to come first.
 */
export const ensureSalesChannelStep = createStep("ensure-shopee-sales-channel", async (_: void, { container }) => {
  const found = await findSalesChannel(container)
  if (found) {
    return new StepResponse(found)
  }
  const channel = {
    id: SHOPEE_SALES_CHANNEL_ID,
    name: SHOPEE_SALES_CHANNEL_NAME,
    description: "Orders placed in the shop's Shopee store",
  }
  try {
    const created = await container.resolve(Modules.SALES_CHANNEL).createSalesChannels(channel)
    return new StepResponse(created.id)
  } catch (error) {
    const other = await findSalesChannel(container)
    if (!other) {
      throw error
    }
    return new StepResponse(other)
  }
})
