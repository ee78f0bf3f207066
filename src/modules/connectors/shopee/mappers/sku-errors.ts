/** Lists names for a message without letting a long order make it unreadable. */
const listed = (skus: string[]): string => skus.map((sku) => JSON.stringify(sku)).join(", ")

/** Medusa has no variant with these SKUs. The order is held until it has. */
export class SkuNotFoundError extends Error {
  override readonly name = "SkuNotFoundError"

  /**
   * @param skus what was looked for; empty texts are lines to which Shopee gives no SKU at all.
   * @param listings the Shopee listings of those lines (`listingKey`): a mapping of them releases the order as well
   */
  constructor(
    readonly skus: string[],
    readonly ordersn?: string,
    readonly listings: string[] = []
  ) {
    const known = skus.filter((sku) => sku !== "")
    const blank = skus.length - known.length
    const parts = [
      known.length > 0 ? `no Medusa variant has the SKU ${listed(known)}` : null,
      blank > 0 ? `${blank} line(s) carry no SKU on Shopee` : null,
    ].filter((part) => part !== null)
    super(`${ordersn ? `Order ${ordersn}: ` : ""}${parts.join("; ")}.`)
  }
}

/** Medusa keeps stock of the variant but has no inventory item for it, so nothing can be reserved: it may be a moment old. */
export class VariantWithoutInventoryError extends Error {
  override readonly name = "VariantWithoutInventoryError"

  constructor(
    readonly sku: string,
    readonly variantId: string,
    readonly ordersn?: string
  ) {
    super(
      `${ordersn ? `Order ${ordersn}: ` : ""}the variant ${variantId} (${JSON.stringify(sku)}) keeps stock but has no inventory item. ` +
        "Give it one in Medusa, or let it keep no stock."
    )
  }
}

/** More than one Medusa variant has this SKU, so the order can't choose. */
export class AmbiguousSkuError extends Error {
  override readonly name = "AmbiguousSkuError"

  constructor(
    readonly sku: string,
    readonly variantIds: string[],
    readonly ordersn?: string,
    readonly listings: string[] = []
  ) {
    super(
      `${ordersn ? `Order ${ordersn}: ` : ""}the SKU ${JSON.stringify(sku)} belongs to ${variantIds.length} Medusa variants (${variantIds.join(", ")}).`
    )
  }
}
