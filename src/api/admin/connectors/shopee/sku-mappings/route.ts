import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listSkuMappings } from "../../../../../modules/connectors/shopee/desk/sku-mappings"
import { mapListing } from "../../../../../modules/connectors/shopee/inbox/map-listing"
import type { SkuMappingAnswer, SkuMappingListAnswer } from "../../../../../modules/connectors/shopee/types/desk"
import type { SkuMappingBody, SkuMappingListQuery } from "../../validators"

/** What people decided that Shopee's listings sell. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, SkuMappingListQuery>,
  res: MedusaResponse<SkuMappingListAnswer>
): Promise<void> {
  const { q: itemStart, shop_id: shopId, limit, offset } = req.validatedQuery
  res.json(await listSkuMappings(req.scope, { itemStart, shopId }, { limit, offset }))
}

/** Decides for good which variant a Shopee listing sells, for the user who is logged in, and releases the orders that waited for it. */
export async function POST(
  req: AuthenticatedMedusaRequest<SkuMappingBody>,
  res: MedusaResponse<SkuMappingAnswer>
): Promise<void> {
  const body = req.validatedBody
  const { id, releasedOrders } = await mapListing(
    req.scope,
    {
      shopId: body.shop_id,
      itemId: body.item_id,
      modelId: body.model_id,
      variantId: body.variant_id,
      piecesPerUnit: body.pieces_per_unit,
    },
    req.auth_context.actor_id
  )
  res.json({ id, released_orders: releasedOrders })
}
