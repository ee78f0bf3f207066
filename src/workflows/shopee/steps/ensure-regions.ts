import { createRegionsWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer, RegionDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SHOPEE_PAYMENT_PROVIDER_ID } from "../../../providers/shopee-payment"

/** A country and a currency that orders are placed in. */
export interface Market {
  countryCode: string
  currencyCode: string
}

/** Key of a market in the step's answer. */
export const marketKey = ({ countryCode, currencyCode }: Market): string => `${countryCode}/${currencyCode}`

const regionIdOf = ({ countryCode, currencyCode }: Market): string => `reg_shopee_${countryCode}_${currencyCode}`

const regionNameOf = ({ countryCode, currencyCode }: Market): string =>
  `Shopee ${countryCode.toUpperCase()} (${currencyCode.toUpperCase()})`

/** A region fits when it can't add taxes of its own: Shopee's prices are what the buyer paid. */
function fits(region: RegionDTO, market: Market): boolean {
  return (
    region.id === regionIdOf(market) ||
    (region.currency_code === market.currencyCode &&
      !region.automatic_taxes &&
      region.countries.some((country) => country.iso_2 === market.countryCode))
  )
}

async function createRegion(container: MedusaContainer, market: Market, existing: RegionDTO[]): Promise<void> {
  // A country can be in one region only, and one of the shop's own must not lose it.
  const isTaken = existing.some((region) => region.countries.some((country) => country.iso_2 === market.countryCode))
  const region = {
    id: regionIdOf(market),
    name: regionNameOf(market),
    currency_code: market.currencyCode,
    countries: isTaken ? [] : [market.countryCode],
    automatic_taxes: false,
    is_tax_inclusive: true,
    payment_providers: [SHOPEE_PAYMENT_PROVIDER_ID],
  }
  await createRegionsWorkflow(container).run({ input: { regions: [region] } })
}

/**
 * A region for every market: one of the shop's own when it takes no automatic taxes, else one that is created.
 *
 * Not compensated: set-up of the shop.
 *
 * @returns region ids by `marketKey`.
 */
export const ensureRegionsStep = createStep(
  "ensure-shopee-regions",
  async ({ markets }: { markets: Market[] }, { container }) => {
    const service = container.resolve(Modules.REGION)
    const list = () => service.listRegions({}, { relations: ["countries"], order: { created_at: "ASC" } })
    let regions = await list()
    const missing = markets.filter((market) => !regions.some((region) => fits(region, market)))
    for (const market of missing) {
      try {
        await createRegion(container, market, regions)
      } catch (error) {
        // Another worker may have been first: its region serves as well.
        if (!(await list()).some((region) => fits(region, market))) {
          throw error
        }
      }
    }
    if (missing.length > 0) {
      regions = await list()
    }
    const ids: Record<string, string> = {}
    for (const market of markets) {
      const own = regions.find((region) => fits(region, market))
      if (!own) {
        throw new Error(`No region could be found or created for ${marketKey(market)}.`)
      }
      ids[marketKey(market)] = own.id
    }
    return new StepResponse(ids)
  }
)
