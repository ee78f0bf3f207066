import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { readOrder } from "../../../../../../modules/connectors/shopee/desk/read-order"
import type { ShopeeOrderAnswer } from "../../../../../../modules/connectors/shopee/types/desk"

/** Everything that is known of a Shopee order. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse<ShopeeOrderAnswer>): Promise<void> {
  res.json(await readOrder(req.scope, req.params.ordersn ?? ""))
}
