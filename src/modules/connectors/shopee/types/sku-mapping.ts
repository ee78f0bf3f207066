/** One thing that is sold on Shopee: an item, or one of its variations. Ids as text. */
export interface ShopeeListing {
  shopId: string
  itemId: string
  /** "0" = the item has no variations. */
  modelId: string
}

/** Which variant a listing sells, as a person decided. */
export interface SkuMapping extends ShopeeListing {
  variantId: string
  /** Pieces of the variant in one unit sold: 36 for a box that is stocked by the pack. At least 1. */
  piecesPerUnit: number
}

/** Names a listing within its shop; exceptions list what an order waits for in this form. */
export const listingKey = ({ itemId, modelId }: Pick<ShopeeListing, "itemId" | "modelId">): string =>
  `${itemId}:${modelId}`
