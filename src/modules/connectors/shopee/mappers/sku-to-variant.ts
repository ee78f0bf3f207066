import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { ResolvedVariant } from "../types/variant"
import { AmbiguousSkuError, SkuNotFoundError } from "./sku-errors"

const VARIANT_FIELDS = [
  "id",
  "sku",
  "title",
  "product_id",
  "manage_inventory",
  "product.title",
  "product.thumbnail",
  "inventory_items.inventory_item_id",
  "inventory_items.required_quantity",
  "inventory_items.inventory.requires_shipping",
]

/** The part of Medusa's answer that `VARIANT_FIELDS` asks for. */
interface VariantRow {
  id: string
  sku: string | null
  title: string | null
  product_id: string | null
  manage_inventory: boolean | null
  product?: { title: string | null; thumbnail: string | null } | null
  inventory_items?:
    | ({
        inventory_item_id: string
        required_quantity: number | null
        inventory?: { requires_shipping: boolean | null } | null
      } | null)[]
    | null
}

/** By whatever the filter names, in one query. */
async function queryVariants(
  container: MedusaContainer,
  filters: Record<string, string[]>
): Promise<ResolvedVariant[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "variant", fields: VARIANT_FIELDS, filters })
  const variants: VariantRow[] = data
  return variants.map(toResolvedVariant)
}

function toResolvedVariant(variant: VariantRow): ResolvedVariant {
  const inventoryItems = (variant.inventory_items ?? []).filter((item) => item !== null)
  return {
    id: variant.id,
    sku: variant.sku ?? "",
    product_id: variant.product_id ?? "",
    title: variant.title ?? null,
    productTitle: variant.product?.title ?? null,
    thumbnail: variant.product?.thumbnail ?? null,
    manageInventory: variant.manage_inventory ?? false,
    requiresShipping: inventoryItems.every((item) => item.inventory?.requires_shipping ?? true),
    inventoryItems: inventoryItems.map((item) => ({
      inventoryItemId: item.inventory_item_id,
      requiredQuantity: item.required_quantity ?? 1,
    })),
  }
}

/**
 * The variants of many SKUs in one query. The match is exact: "a SKU that looks like it" would ship the wrong card.
 *
 * @returns every SKU that was asked for, with all variants that carry it (none, one, or by mistake several).
 */
export async function findVariantsBySku(
  container: MedusaContainer,
  skus: Iterable<string>
): Promise<Map<string, ResolvedVariant[]>> {
  const found = new Map<string, ResolvedVariant[]>([...new Set(skus)].map((sku) => [sku, []]))
  const asked = [...found.keys()].filter((sku) => sku !== "")
  if (asked.length === 0) {
    return found
  }
  for (const variant of await queryVariants(container, { sku: asked })) {
    found.get(variant.sku)?.push(variant)
  }
  return found
}

/** The variants with these ids, in one query; ids that are none are missing. */
export async function findVariantsById(
  container: MedusaContainer,
  ids: Iterable<string>
): Promise<Map<string, ResolvedVariant>> {
  const asked = [...new Set(ids)]
  const variants = asked.length === 0 ? [] : await queryVariants(container, { id: asked })
  return new Map(variants.map((variant) => [variant.id, variant]))
}

/**
 * The one Medusa variant that carries a SKU.
 *
 * @throws SkuNotFoundError when there is none, AmbiguousSkuError when there are several.
 */
export async function resolveVariantBySku(
  container: MedusaContainer,
  sku: string,
  ordersn?: string
): Promise<{ id: string; sku: string; product_id: string }> {
  const [variant, ...others] = (await findVariantsBySku(container, [sku])).get(sku) ?? []
  if (!variant) {
    throw new SkuNotFoundError([sku], ordersn)
  }
  if (others.length > 0) {
    throw new AmbiguousSkuError(
      sku,
      [variant, ...others].map(({ id }) => id),
      ordersn
    )
  }
  return { id: variant.id, sku: variant.sku, product_id: variant.product_id }
}
