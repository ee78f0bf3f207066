import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { namePeople } from "../../shared/name-people"
import type ShopeeConnectorService from "../service"
import type { SkuMappingListAnswer, SkuMappingView } from "../types/desk"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { timestamp } from "./json-values"

interface VariantRow {
  id: string
  title: string | null
  sku: string | null
  product?: { id: string; title: string } | null
}

async function variantsOf(
  container: MedusaContainer,
  ids: string[]
): Promise<Map<string, NonNullable<SkuMappingView["variant"]>>> {
  if (ids.length === 0) {
    return new Map()
  }
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "variant",
    fields: ["id", "title", "sku", "product.id", "product.title"],
    filters: { id: [...new Set(ids)] },
  })
  const variants: VariantRow[] = data
  return new Map(
    variants.flatMap(({ id, title, sku, product }) =>
      product ? [[id, { title: title ?? "", sku, product_id: product.id, product_title: product.title }] as const] : []
    )
  )
}

/**
 * A page of what people decided that listings sell, the newest decision first: three statements, however long the page is.
 *
 * @param filter.itemStart beginning of a Shopee item id
 */
export async function listSkuMappings(
  container: MedusaContainer,
  filter: { shopId?: string; itemStart?: string },
  { limit, offset }: { limit: number; offset: number }
): Promise<SkuMappingListAnswer> {
  const [mappings, count] = await container
    .resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
    .listAndCountShopeeSkuMappings(
      {
        ...(filter.shopId !== undefined && { shop_id: filter.shopId }),
        ...(filter.itemStart !== undefined && { item_id: { $like: `${filter.itemStart}%` } }),
      },
      { take: limit, skip: offset, order: { updated_at: "DESC", id: "DESC" } }
    )
  const [variants, people] = await Promise.all([
    variantsOf(
      container,
      mappings.map(({ variant_id }) => variant_id)
    ),
    namePeople(
      container,
      mappings.flatMap(({ created_by }) => created_by ?? [])
    ),
  ])
  return {
    sku_mappings: mappings.map((mapping) => ({
      id: mapping.id,
      shop_id: mapping.shop_id,
      item_id: mapping.item_id,
      model_id: mapping.model_id,
      variant_id: mapping.variant_id,
      variant: variants.get(mapping.variant_id) ?? null,
      pieces_per_unit: mapping.pieces_per_unit,
      decided_by: mapping.created_by === null ? null : (people.get(mapping.created_by) ?? mapping.created_by),
      decided_at: timestamp(mapping.updated_at),
    })),
    count,
    limit,
    offset,
  }
}

/**
 * Forgets what a listing sells. Orders that were imported stay as they are; later ones need a variant with the listing's SKU, or a new
 * mapping.
 *
 * @throws MedusaError (not_found)
 */
export async function deleteSkuMapping(container: MedusaContainer, id: string): Promise<void> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  await service.retrieveShopeeSkuMapping(id, { select: ["id"] })
  await service.softDeleteShopeeSkuMappings(id)
}
