import type { NormalizedAddress } from "../types/normalized-order"
import { ShopeeAddressSchema } from "../types/shopee-order"
import { isMasked } from "./masked"

const REGION = /^[A-Za-z]{2}$/

/**
 * Shopee's `recipient_address` in Medusa's fields (product §2). Absent fields are "", masked ones stay masked. The country code
 * is null when the address's own region is absent or masked; `normalizeShopeeOrder` takes the order's region instead.
 * Never throws; something that is no address gives an empty one.
 */
export const normalizeShopeeAddress = (a: unknown): NormalizedAddress => {
  const parsed = ShopeeAddressSchema.safeParse(a)
  const address = parsed.success ? parsed.data : ShopeeAddressSchema.parse({})
  return {
    first_name: address.name ?? "",
    last_name: "",
    address_1: address.full_address ?? "",
    address_2: null,
    city: address.city ?? "",
    postal_code: address.zipcode ?? "",
    country_code: toCountryCode(address.region),
    province: address.state,
    phone: address.phone ?? "",
  }
}

/** Shopee's region ("SG") as Medusa's country code ("sg"); null when absent, masked or no two letters. */
export const toCountryCode = (region: string | null): string | null =>
  region !== null && !isMasked(region) && REGION.test(region.trim()) ? region.trim().toLowerCase() : null
