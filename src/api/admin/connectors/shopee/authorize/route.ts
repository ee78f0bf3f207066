import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { readEnvironment } from "../../../../../config/environment"
import { beginAuthorization } from "../../../../../modules/connectors/shopee/desk/authorize-shop"
import type { AuthorizeAnswer } from "../../../../../modules/connectors/shopee/types/desk"

/** Begins the authorisation of a shop. Where the browser comes back to is what it can reach: this platform, as it was called. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse<AuthorizeAnswer>): Promise<void> {
  const { adminUrl } = readEnvironment()
  const origin = adminUrl === null ? `${req.protocol}://${req.get("host")}` : new URL(adminUrl).origin
  res.json(await beginAuthorization(req.scope, { userId: req.auth_context.actor_id, origin }))
}
