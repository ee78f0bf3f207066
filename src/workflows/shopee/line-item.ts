import type { ImportedAdjustment, ImportedLine } from "../../modules/connectors/shopee/types/order-import"

/** Adjustments of a line or of shipping, as the order module takes them. */
export const toAdjustments = (adjustments: ImportedAdjustment[]) =>
  // Without a code: Medusa takes adjustments with a code for promotions of its own and removes them.
  adjustments.map(({ amount, description }) => ({ amount, description, is_tax_inclusive: true }))

/** An imported line as the order module takes it, with both prices and tax inclusion given: nothing is looked up. */
export function toLineItem(line: ImportedLine) {
  return {
    title: line.title,
    quantity: line.quantity,
    unit_price: line.unit_price,
    is_tax_inclusive: true,
    is_discountable: false,
    is_custom_price: true,
    requires_shipping: line.variant?.requiresShipping ?? false,
    adjustments: toAdjustments(line.adjustments),
    metadata: line.metadata,
    ...(line.variant
      ? {
          variant_id: line.variant.id,
          variant_sku: line.variant.sku,
          variant_title: line.variant.title ?? undefined,
          product_id: line.variant.productId,
          product_title: line.variant.productTitle ?? undefined,
          thumbnail: line.variant.thumbnail ?? undefined,
        }
      : {}),
  }
}
