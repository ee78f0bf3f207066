import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { deleteSkuMapping } from "../../../../../../modules/connectors/shopee/desk/sku-mappings"
import type { SkuMappingDeletedAnswer } from "../../../../../../modules/connectors/shopee/types/desk"

/** Forgets what a listing sells. */
export async function DELETE(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<SkuMappingDeletedAnswer>
): Promise<void> {
  const id = req.params.id ?? ""
  await deleteSkuMapping(req.scope, id)
  res.json({ id, object: "shopee_sku_mapping", deleted: true })
}
