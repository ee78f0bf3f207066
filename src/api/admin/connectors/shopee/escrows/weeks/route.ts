import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listEscrowWeeks } from "../../../../../../modules/connectors/shopee/desk/list-escrows"
import type { EscrowWeeksAnswer } from "../../../../../../modules/connectors/shopee/types/desk"
import type { EscrowWeeksQuery } from "../../../validators"

/** Payouts by week. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, EscrowWeeksQuery>,
  res: MedusaResponse<EscrowWeeksAnswer>
): Promise<void> {
  res.json(await listEscrowWeeks(req.scope, req.validatedQuery.weeks))
}
