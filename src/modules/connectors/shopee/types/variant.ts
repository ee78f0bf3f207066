/** How much of an inventory item one piece of a variant takes. */
export interface VariantInventoryItem {
  inventoryItemId: string
  requiredQuantity: number
}

/** What an imported line needs to know of its variant. */
export interface ResolvedVariant {
  id: string
  sku: string
  product_id: string
  title: string | null
  productTitle: string | null
  thumbnail: string | null
  /** False for variants that Medusa keeps no stock of: nothing is reserved for them. */
  manageInventory: boolean
  requiresShipping: boolean
  inventoryItems: VariantInventoryItem[]
}
