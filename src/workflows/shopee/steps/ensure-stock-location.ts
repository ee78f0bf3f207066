import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { readShopeeConfig } from "../../../modules/connectors/shopee/config"

const SHOPEE_STOCK_LOCATION_ID = "sloc_shopee"

/** The shop has several stock locations and none is the Shopee channel's, so the connector can't choose. */
export class StockLocationUndecidedError extends Error {
  override readonly name = "StockLocationUndecidedError"

  constructor(readonly locationIds: string[]) {
    super(
      `The shop has ${locationIds.length} stock locations (${locationIds.join(", ")}) and none is linked to the sales channel Shopee. ` +
        "Set SHOPEE_STOCK_LOCATION_ID to the one that Shopee's orders are sent from, or link it to the channel in Medusa's Admin."
    )
  }
}

async function listIds(container: MedusaContainer): Promise<string[]> {
  const locations = await container
    .resolve(Modules.STOCK_LOCATION)
    .listStockLocations({}, { select: ["id"], order: { created_at: "ASC" } })
  return locations.map(({ id }) => id)
}

async function linkedTo(container: MedusaContainer, salesChannelId: string): Promise<string[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "sales_channel",
    fields: ["stock_locations.id"],
    filters: { id: salesChannelId },
  })
  const channels: { stock_locations?: ({ id: string } | null)[] | null }[] = data
  return channels.flatMap((channel) =>
    (channel.stock_locations ?? []).flatMap((location) => (location ? [location.id] : []))
  )
}

async function create(container: MedusaContainer): Promise<string> {
  const location = { id: SHOPEE_STOCK_LOCATION_ID, name: "Shopee" }
  try {
    const created = await container.resolve(Modules.STOCK_LOCATION).createStockLocations(location)
    return created.id
  } catch (error) {
    const [other] = await listIds(container)
    if (!other) {
      throw error
    }
    return other
  }
}

/** @throws StockLocationUndecidedError when it takes a person to choose. */
async function choose(container: MedusaContainer): Promise<string> {
  const ids = await listIds(container)
  const config = readShopeeConfig()
  const wanted = config.configured ? config.stockLocationId : null
  if (wanted && ids.includes(wanted)) {
    return wanted
  }
  const [only, ...others] = ids
  if (only && others.length === 0) {
    return only
  }
  if (others.length > 0) {
    throw new StockLocationUndecidedError(ids)
  }
  return await create(container)
}

/**
 * The stock location of Shopee's orders (product paper §6.5): the Shopee channel's own; else the shop's only one, or the one that
 * `SHOPEE_STOCK_LOCATION_ID` names, linked to the channel; none → one is created.
 *
 * Not compensated: set-up of the shop.
 *
 * @throws StockLocationUndecidedError when there are several and nothing says which.
 */
export const ensureStockLocationStep = createStep(
  "ensure-shopee-stock-location",
  async ({ salesChannelId }: { salesChannelId: string }, { container }) => {
    const linked = await linkedTo(container, salesChannelId)
    if (linked[0]) {
      return new StepResponse(linked[0])
    }
    const locationId = await choose(container)
    await container.resolve(ContainerRegistrationKeys.LINK).create({
      [Modules.SALES_CHANNEL]: { sales_channel_id: salesChannelId },
      [Modules.STOCK_LOCATION]: { stock_location_id: locationId },
    })
    return new StepResponse(locationId)
  }
)
