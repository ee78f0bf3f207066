import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { readActivity } from "../../../../../modules/connectors/shopee/desk/read-activity"
import type { ShopeeActivityAnswer } from "../../../../../modules/connectors/shopee/types/desk"
import type { ActivityQuery } from "../../validators"

/** Orders and latency by hour. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, ActivityQuery>,
  res: MedusaResponse<ShopeeActivityAnswer>
): Promise<void> {
  res.json(await readActivity(req.scope, req.validatedQuery.hours))
}
