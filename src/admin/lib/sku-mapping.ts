import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type {
  SkuMappingAnswer,
  SkuMappingDeletedAnswer,
  SkuMappingListAnswer,
} from "../../modules/connectors/shopee/types/desk"
import { client } from "./client"
import { CONNECTORS_KEY } from "./exceptions"

const MOST_FOUND = 8

const ROOM = "/admin/connectors/shopee/sku-mappings"

/** One thing that is sold on Shopee, as the API names it. */
export interface Listing {
  shop_id: string
  item_id: string
  /** "0" = the item has no variations. */
  model_id: string
}

/** What a person decides of a listing, as the API takes it. */
export interface ListingDecision extends Listing {
  variant_id: string
  pieces_per_unit: number
}

/** Medusa's variants that a text finds. Asks nothing for an empty text. */
export function useVariants(text: string) {
  return useQuery({
    queryKey: [...CONNECTORS_KEY, "variants", text],
    enabled: text !== "",
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const { variants } = await client.admin.productVariant.list({
        q: text,
        limit: MOST_FOUND,
        fields: "id,title,sku,product.title",
      })
      return variants
    },
  })
}

/** Decides what a listing sells. */
export function useMapListing() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: ListingDecision) => client.client.fetch<SkuMappingAnswer>(ROOM, { method: "POST", body }),
    onSettled: async () => await queries.invalidateQueries({ queryKey: CONNECTORS_KEY }),
  })
}

/** A page of what people decided that listings sell. @param search beginning of a Shopee item id */
export function useSkuMappings({ search, limit, offset }: { search: string; limit: number; offset: number }) {
  const itemStart = search.replace(/\D/g, "")
  return useQuery({
    queryKey: [...CONNECTORS_KEY, "sku-mappings", itemStart, limit, offset],
    placeholderData: keepPreviousData,
    queryFn: () =>
      client.client.fetch<SkuMappingListAnswer>(ROOM, {
        query: { limit, offset, ...(itemStart !== "" && { q: itemStart }) },
      }),
  })
}

/** Forgets what a listing sells. */
export function useDeleteMapping() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => client.client.fetch<SkuMappingDeletedAnswer>(`${ROOM}/${id}`, { method: "DELETE" }),
    onSettled: async () => await queries.invalidateQueries({ queryKey: CONNECTORS_KEY }),
  })
}
