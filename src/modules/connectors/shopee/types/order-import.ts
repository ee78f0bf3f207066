import type { VariantInventoryItem } from "./variant"

/** The customer that stands for a Shopee buyer. */
export interface ImportedBuyer {
  email: string
  /** Shopee's user id as text; null when Shopee did not tell it. */
  userId: string | null
  username: string | null
}

/** Money as decimal text in major units: it crosses step boundaries as JSON without becoming a float. */
export type DecimalText = string

export interface ImportedAdjustment {
  amount: DecimalText
  description: string
}

export interface ImportedLine {
  title: string
  quantity: number
  unit_price: DecimalText
  /** Null for the line of buyer fees, which is no product. */
  variant: {
    id: string
    sku: string
    productId: string
    title: string | null
    productTitle: string | null
    thumbnail: string | null
    requiresShipping: boolean
    /** Empty when Medusa keeps no stock of the variant. */
    inventoryItems: VariantInventoryItem[]
  } | null
  adjustments: ImportedAdjustment[]
  metadata: Record<string, unknown>
}

export interface ImportedAddress {
  first_name: string
  last_name: string
  address_1: string
  address_2: string | null
  city: string
  postal_code: string
  country_code: string
  province: string | null
  phone: string
}

/** A listing on Shopee that a line was sold from. */
export interface ImportedListing {
  variantId: string
  externalListingId: string
  externalVariationId: string
}

/** One Shopee order, mapped and priced: all that its Medusa order is made of. */
export interface OrderImport {
  /** Id of the order's `shopee_order_sync` row. */
  syncId: string
  /** The claim that it is imported under; absent where no other worker can know of the order. */
  claimId?: string
  ordersn: string
  shopId: string
  buyer: ImportedBuyer
  currencyCode: string
  /** ISO 3166-1 alpha-2, lower case: decides the region. */
  countryCode: string
  address: ImportedAddress
  lines: ImportedLine[]
  shipping: { name: string; amount: DecimalText; adjustments: ImportedAdjustment[] }
  /** What Shopee says the buyer pays; equals the Medusa order's total to the cent. */
  total: DecimalText
  metadata: Record<string, unknown>
  listings: ImportedListing[]
  /** Reserve the lines' stock (false for an order that is cancelled already). */
  reserve: boolean
  /** The money is Shopee's already. */
  capture: boolean
}

/** An order that was imported. */
export interface ImportedOrder {
  syncId: string
  ordersn: string
  orderId: string
  /** SKUs whose stock went below zero with this order. */
  oversoldSkus: string[]
}
