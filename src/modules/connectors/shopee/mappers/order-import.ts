import { createHash } from "node:crypto"
import type { NormalizedLineItem, NormalizedOrder } from "../types/normalized-order"
import type { ImportedAdjustment, ImportedBuyer, ImportedLine, OrderImport } from "../types/order-import"
import type { ContactBuyer, OrderContact } from "../types/order-contact"
import type { OrderPrice, PricedLine } from "../types/order-price"
import type { LineVariant } from "./line-variants"

/** What a discount is called on lines and shipping: no promotion of Medusa's stands behind it (product paper §6.2). */
export const DISCOUNT_DESCRIPTION = "Shopee vouchers and coins"
/** Title of the line that carries what the buyer paid Shopee beyond goods and shipping. */
export const BUYER_FEE_TITLE = "Shopee buyer fees"
/** `shopee_line_key` of that line: Shopee has no line for it. */
export const BUYER_FEE_LINE_KEY = "buyer_fee"

export interface OrderImportParts {
  syncId: string
  shopId: string
  order: NormalizedOrder
  price: OrderPrice
  /** By the line's key. */
  variants: ReadonlyMap<string, LineVariant>
  buyerEmailDomain: string
  reserve: boolean
  capture: boolean
}

/** What a line of packs is adjusted by for the price of a piece being rounded up. */
export const PACK_ROUNDING_DESCRIPTION = "Price of a pack in whole cents"

const adjustmentBy = (amount: string, description: string): ImportedAdjustment[] =>
  Number(amount) > 0 ? [{ amount, description }] : []

/** The discount of shipping, as adjustments: one or none. */
export const discountsOf = (amount: string): ImportedAdjustment[] => adjustmentBy(amount, DISCOUNT_DESCRIPTION)

/** All that is taken off a line. */
export const adjustmentsOf = (line: Pick<PricedLine, "adjustment" | "pack_rounding">): ImportedAdjustment[] => [
  ...discountsOf(line.adjustment),
  ...adjustmentBy(line.pack_rounding, PACK_ROUNDING_DESCRIPTION),
]

/** Shopee's id of the buyer as text; null when Shopee hides it. */
export function buyerIdOf(userId: unknown): string | null {
  const text = typeof userId === "number" || typeof userId === "string" ? String(userId) : ""
  return /^\d+$/.test(text) && text !== "0" ? text : null
}

/**
 * The customer of a buyer. The address is made from Shopee's user id alone, since names repeat and change; a buyer whose id Shopee
 * hides gets a customer of their own for each order, so that two people are never merged.
 */
export function toBuyer({ userId, username }: ContactBuyer, ordersn: string, emailDomain: string): ImportedBuyer {
  const localPart =
    userId === null
      ? `shopee-order-${createHash("sha256").update(ordersn).digest("hex").slice(0, 20)}`
      : `shopee-${userId}`
  return { email: `${localPart}@${emailDomain}`, userId, username }
}

/** The buyer as an order's reading tells of them. */
export function importedBuyer(order: NormalizedOrder, emailDomain: string): ImportedBuyer {
  const { user_id, username } = order.buyer
  return toBuyer({ userId: buyerIdOf(user_id), username }, order.ordersn, emailDomain)
}

/** Address and buyer of an order, as its reading tells them. */
export function contactOf({ shipping_address: address, buyer }: NormalizedOrder): OrderContact {
  return {
    address: address && {
      first_name: address.first_name,
      address_1: address.address_1,
      city: address.city,
      postal_code: address.postal_code,
      province: address.province ?? "",
      phone: address.phone,
    },
    buyer: { userId: buyerIdOf(buyer.user_id), username: buyer.username },
  }
}

function importedLine(
  line: NormalizedLineItem,
  price: OrderPrice["lines"][number],
  { variant, piecesPerUnit }: LineVariant
): ImportedLine {
  return {
    title: line.title,
    quantity: price.quantity,
    unit_price: price.unit_price,
    variant: {
      id: variant.id,
      sku: variant.sku,
      productId: variant.product_id,
      title: variant.title,
      productTitle: variant.productTitle,
      thumbnail: variant.thumbnail,
      requiresShipping: variant.requiresShipping,
      inventoryItems: variant.manageInventory ? variant.inventoryItems : [],
    },
    adjustments: adjustmentsOf(price),
    metadata: {
      ...line.metadata,
      shopee_line_key: line.key,
      shopee_item_key: line.item_key,
      ...(piecesPerUnit > 1 && { shopee_pieces_per_unit: piecesPerUnit }),
    },
  }
}

/** The line of buyer fees; null when there are none. */
export function buyerFeeLine(buyerFee: string): ImportedLine | null {
  if (Number(buyerFee) <= 0) {
    return null
  }
  return {
    title: BUYER_FEE_TITLE,
    quantity: 1,
    unit_price: buyerFee,
    variant: null,
    adjustments: [],
    metadata: { shopee_line_key: BUYER_FEE_LINE_KEY },
  }
}

/** Country of an order: Shopee's own region first, since the address may be masked. */
export function countryCodeOf(order: NormalizedOrder): string {
  return (order.region ?? order.shipping_address?.country_code ?? "sg").toLowerCase()
}

/**
 * All that the Medusa order of one Shopee order is made of. Pure: prices and variants were worked out before. A line of which every piece
 * was cancelled is left out: Medusa drops a line that comes down to none, too.
 *
 * @throws Error when a line has no price or no variant: a fault of the caller
 */
export function toOrderImport(parts: OrderImportParts): OrderImport {
  const { order, price, variants } = parts
  const prices = new Map(price.lines.map((line) => [line.key, line]))
  const lines = order.line_items.flatMap((line) => {
    const variant = variants.get(line.key)
    const linePrice = prices.get(line.key)
    if (linePrice?.quantity === 0) {
      return []
    }
    if (!variant || !linePrice) {
      throw new Error(`Line ${line.key} of order ${order.ordersn} was not mapped and priced before it was imported.`)
    }
    return [{ line, imported: importedLine(line, linePrice, variant) }]
  })
  const fee = buyerFeeLine(price.buyer_fee)
  const countryCode = countryCodeOf(order)
  const address = order.shipping_address
  return {
    syncId: parts.syncId,
    ordersn: order.ordersn,
    shopId: parts.shopId,
    buyer: importedBuyer(order, parts.buyerEmailDomain),
    currencyCode: order.currency_code,
    countryCode,
    address: {
      first_name: address?.first_name ?? "",
      last_name: "",
      address_1: address?.address_1 ?? "",
      address_2: null,
      city: address?.city ?? "",
      postal_code: address?.postal_code ?? "",
      country_code: address?.country_code ?? countryCode,
      province: address?.province ?? null,
      phone: address?.phone ?? "",
    },
    lines: [...lines.map(({ imported }) => imported), ...(fee ? [fee] : [])],
    shipping: {
      name: order.packages[0]?.carrier ?? "Shopee logistics",
      amount: price.shipping,
      adjustments: discountsOf(price.shipping_adjustment),
    },
    total: price.total,
    metadata: {
      shopee_ordersn: order.ordersn,
      shopee_shop_id: parts.shopId,
      shopee_buyer_user_id: order.buyer.user_id === null ? null : String(order.buyer.user_id),
      shopee_buyer_username: order.buyer.username,
      shopee_created_at: order.created_at.toISOString(),
      shopee_payment_method: order.payment_method,
      shopee_message_to_seller: order.message_to_seller,
      shopee_cod: order.cod,
    },
    listings: lines.map(({ line, imported }) => ({
      variantId: imported.variant?.id ?? "",
      externalListingId: line.item_id,
      externalVariationId: line.model_id,
    })),
    reserve: parts.reserve,
    capture: parts.capture,
  }
}
