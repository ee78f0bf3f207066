import type { MedusaContainer } from "@medusajs/framework/types"
import type { NormalizedLineItem } from "../types/normalized-order"
import { listingKey, type ShopeeListing, type SkuMapping } from "../types/sku-mapping"
import type { ResolvedVariant } from "../types/variant"
import { AmbiguousSkuError, SkuNotFoundError, VariantWithoutInventoryError } from "./sku-errors"
import { findVariantsById, findVariantsBySku } from "./sku-to-variant"

/** What a line of a Shopee order is in Medusa. */
export interface LineVariant {
  variant: ResolvedVariant
  /** Pieces of the variant in one unit sold; more than 1 for packs and boxes that were mapped so. */
  piecesPerUnit: number
}

/** A line as far as it is mapped. */
export type MappableLine = Pick<NormalizedLineItem, "key" | "sku" | "item_id" | "model_id">

/** The lines of one order. */
export interface MappableOrder {
  shopId: string
  lines: MappableLine[]
}

/** All that the lines of a batch could be. */
export interface VariantCandidates {
  bySku: ReadonlyMap<string, ResolvedVariant[]>
  /** By shop and listing: what a person decided. */
  byListing: ReadonlyMap<string, LineVariant>
}

/** Where mappings are looked up. */
interface SkuMappings {
  listSkuMappings(listings: ShopeeListing[]): Promise<SkuMapping[]>
}

const toListing = (shopId: string, { item_id, model_id }: MappableLine): ShopeeListing => ({
  shopId,
  itemId: item_id,
  modelId: model_id,
})

const inShop = (listing: ShopeeListing): string => `${listing.shopId}:${listingKey(listing)}`

/**
 * Looks up what the lines of many orders can be: one query for all SKUs, and two more for the mappings of those lines whose SKU names no
 * variant, or several.
 */
export async function findLineVariants(
  container: MedusaContainer,
  mappings: SkuMappings,
  orders: MappableOrder[]
): Promise<VariantCandidates> {
  const bySku = await findVariantsBySku(
    container,
    orders.flatMap(({ lines }) => lines.flatMap(({ sku }) => sku ?? []))
  )
  const unmatched = orders.flatMap(({ shopId, lines }) =>
    lines.filter((line) => exactMatches(bySku, line).length !== 1).map((line) => toListing(shopId, line))
  )
  const decided = unmatched.length === 0 ? [] : await mappings.listSkuMappings(unmatched)
  const variants = await findVariantsById(
    container,
    decided.map(({ variantId }) => variantId)
  )
  const byListing = new Map<string, LineVariant>()
  for (const mapping of decided) {
    const variant = variants.get(mapping.variantId)
    if (variant) {
      byListing.set(inShop(mapping), { variant, piecesPerUnit: mapping.piecesPerUnit })
    }
  }
  return { bySku, byListing }
}

const exactMatches = (bySku: VariantCandidates["bySku"], { sku }: MappableLine): ResolvedVariant[] =>
  sku === null ? [] : (bySku.get(sku) ?? [])

/**
 * Picks the one variant of each line: the one that carries the line's SKU, else the one that its listing was mapped to.
 *
 * @returns by the line's key
 * @throws SkuNotFoundError naming every SKU that leads nowhere; AmbiguousSkuError for the first that leads to several variants;
 * VariantWithoutInventoryError for the first variant whose stock can't be reserved.
 */
export function chooseLineVariants(
  candidates: VariantCandidates,
  { shopId, lines }: MappableOrder,
  ordersn?: string
): Map<string, LineVariant> {
  const chosen = new Map<string, LineVariant>()
  const open: MappableLine[] = []
  for (const line of lines) {
    const exact = exactMatches(candidates.bySku, line)
    const [only] = exact
    const mapped = candidates.byListing.get(inShop(toListing(shopId, line)))
    const choice = only && exact.length === 1 ? { variant: only, piecesPerUnit: 1 } : mapped
    if (choice) {
      chosen.set(line.key, choice)
    } else {
      open.push(line)
    }
  }
  refuseOpenLines(candidates, shopId, open, ordersn)
  for (const { variant } of chosen.values()) {
    if (variant.manageInventory && variant.inventoryItems.length === 0) {
      throw new VariantWithoutInventoryError(variant.sku, variant.id, ordersn)
    }
  }
  return chosen
}

function refuseOpenLines(
  candidates: VariantCandidates,
  shopId: string,
  open: MappableLine[],
  ordersn: string | undefined
): void {
  const listingsOf = (lines: MappableLine[]) => [...new Set(lines.map((line) => listingKey(toListing(shopId, line))))]
  const missing = open.filter((line) => exactMatches(candidates.bySku, line).length === 0)
  if (missing.length > 0) {
    throw new SkuNotFoundError([...new Set(missing.map(({ sku }) => sku ?? ""))], ordersn, listingsOf(missing))
  }
  const [ambiguous] = open
  if (ambiguous) {
    const ids = exactMatches(candidates.bySku, ambiguous).map(({ id }) => id)
    throw new AmbiguousSkuError(ambiguous.sku ?? "", ids, ordersn, listingsOf([ambiguous]))
  }
}
