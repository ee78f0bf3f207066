import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules, ShippingOptionPriceType } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SHOPEE_FULFILLMENT_PROVIDER_ID } from "../../../providers/shopee-fulfillment"
import { SHOPEE_LOGISTICS_OPTION_ID } from "../../../providers/shopee-fulfillment/service"

interface ParcelWay {
  locationId: string
  /** ISO 3166-1 alpha-2, lower case: where the parcels go. */
  countryCode: string
}

export interface FulfillmentSetup {
  shippingOptionId: string
  shippingProfileId: string
}

const SHIPPING_PROFILE_NAME = "Shopee"
const SETUP_LOCK = "shopee-fulfillment-setup"
/** Seconds to wait for another worker that is setting the shop up. */
const LOCK_TIMEOUT_S = 30

// Medusa wants names of sets and zones to be unique in the whole shop.
const setNameOf = ({ locationId }: ParcelWay) => `Shopee ${locationId}`
const zoneNameOf = ({ locationId, countryCode }: ParcelWay) => `Shopee ${countryCode.toUpperCase()} ${locationId}`

interface LocationRow {
  fulfillment_providers?: ({ id: string } | null)[] | null
  fulfillment_sets?:
    | ({
        name: string
        service_zones?: { name: string; shipping_options?: ShippingOptionRow[] | null }[] | null
      } | null)[]
    | null
}

interface ShippingOptionRow {
  id: string
  provider_id: string | null
  shipping_profile_id: string | null
}

/** The set-up as it stands, read with one query; null when anything of it is missing. */
async function findSetup(container: MedusaContainer, way: ParcelWay): Promise<FulfillmentSetup | null> {
  const option = "fulfillment_sets.service_zones.shipping_options"
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "stock_location",
    fields: [
      "fulfillment_providers.id",
      "fulfillment_sets.name",
      "fulfillment_sets.service_zones.name",
      `${option}.id`,
      `${option}.provider_id`,
      `${option}.shipping_profile_id`,
    ],
    filters: { id: way.locationId },
  })
  const locations: LocationRow[] = data
  const [location] = locations
  if (!location?.fulfillment_providers?.some((provider) => provider?.id === SHOPEE_FULFILLMENT_PROVIDER_ID)) {
    return null
  }
  const zones = (location.fulfillment_sets ?? [])
    .filter((set) => set?.name === setNameOf(way))
    .flatMap((set) => set?.service_zones ?? [])
  const found = zones
    .filter(({ name }) => name === zoneNameOf(way))
    .flatMap((zone) => zone.shipping_options ?? [])
    .find(({ provider_id }) => provider_id === SHOPEE_FULFILLMENT_PROVIDER_ID)
  return found?.shipping_profile_id
    ? { shippingOptionId: found.id, shippingProfileId: found.shipping_profile_id }
    : null
}

async function ensureProfile(container: MedusaContainer): Promise<string> {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const [known] = await fulfillment.listShippingProfiles({ name: SHIPPING_PROFILE_NAME })
  return (known ?? (await fulfillment.createShippingProfiles({ name: SHIPPING_PROFILE_NAME, type: "shopee" }))).id
}

async function ensureSet(container: MedusaContainer, way: ParcelWay): Promise<string> {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const name = setNameOf(way)
  const [known] = await fulfillment.listFulfillmentSets({ name })
  // Admin shows one set of type "shipping" for a location: that one is the shop's own.
  return (known ?? (await fulfillment.createFulfillmentSets({ name, type: "shopee" }))).id
}

async function ensureZone(container: MedusaContainer, way: ParcelWay, setId: string): Promise<string> {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const name = zoneNameOf(way)
  const [known] = await fulfillment.listServiceZones({ name })
  const zone = known ?? {
    name,
    fulfillment_set_id: setId,
    geo_zones: [{ type: "country" as const, country_code: way.countryCode }],
  }
  return "id" in zone ? zone.id : (await fulfillment.createServiceZones(zone)).id
}

async function ensureOption(container: MedusaContainer, zoneId: string, profileId: string): Promise<void> {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const options = await fulfillment.listShippingOptions({ service_zone: { id: zoneId } })
  if (options.some(({ provider_id }) => provider_id === SHOPEE_FULFILLMENT_PROVIDER_ID)) {
    return
  }
  await fulfillment.createShippingOptions({
    name: "Shopee logistics",
    price_type: ShippingOptionPriceType.FLAT,
    service_zone_id: zoneId,
    shipping_profile_id: profileId,
    provider_id: SHOPEE_FULFILLMENT_PROVIDER_ID,
    type: { label: "Shopee", description: "Carried by Shopee's logistics", code: "shopee" },
    data: { id: SHOPEE_LOGISTICS_OPTION_ID },
    // Nobody can choose it in the storefront.
    rules: [
      { attribute: "enabled_in_store", operator: "eq", value: "false" },
      { attribute: "is_return", operator: "eq", value: "false" },
    ],
  })
}

async function createMissing(container: MedusaContainer, way: ParcelWay): Promise<void> {
  const profileId = await ensureProfile(container)
  const setId = await ensureSet(container, way)
  await ensureOption(container, await ensureZone(container, way, setId), profileId)
  const location = { [Modules.STOCK_LOCATION]: { stock_location_id: way.locationId } }
  await container.resolve(ContainerRegistrationKeys.LINK).create([
    { ...location, [Modules.FULFILLMENT]: { fulfillment_provider_id: SHOPEE_FULFILLMENT_PROVIDER_ID } },
    { ...location, [Modules.FULFILLMENT]: { fulfillment_set_id: setId } },
  ])
}

async function ensureSetup(container: MedusaContainer, way: ParcelWay): Promise<FulfillmentSetup> {
  const found = await findSetup(container, way)
  if (found) {
    return found
  }
  const setup = await container.resolve(Modules.LOCKING).execute(
    SETUP_LOCK,
    async () => {
      // Another worker may have been first.
      if (!(await findSetup(container, way))) {
        await createMissing(container, way)
      }
      return await findSetup(container, way)
    },
    { timeout: LOCK_TIMEOUT_S }
  )
  if (!setup) {
    throw new Error(`The stock location ${way.locationId} could not be set up for Shopee's parcels.`)
  }
  return setup
}

/**
 * What Medusa needs to send parcels from the location to the countries with Shopee's logistics: shipping profile, fulfillment set,
 * service zones and shipping options, beside whatever the shop has of its own. What somebody deleted is created again.
 *
 * Not compensated: set-up of the shop.
 *
 * @returns the set-up for each country
 */
export const ensureFulfillmentSetupStep = createStep(
  "ensure-shopee-fulfillment-setup",
  async ({ locationId, countryCodes }: { locationId: string; countryCodes: string[] }, { container }) => {
    const setups: Record<string, FulfillmentSetup> = {}
    for (const countryCode of new Set(countryCodes)) {
      setups[countryCode] = await ensureSetup(container, { locationId, countryCode })
    }
    return new StepResponse(setups)
  }
)
