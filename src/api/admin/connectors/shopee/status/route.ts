import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { readStatus } from "../../../../../modules/connectors/shopee/desk/read-status"
import type { ShopeeStatusAnswer } from "../../../../../modules/connectors/shopee/types/desk"

/** How the connector is. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse<ShopeeStatusAnswer>): Promise<void> {
  res.json(await readStatus(req.scope))
}
