import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listEscrows } from "../../../../../modules/connectors/shopee/desk/list-escrows"
import type { EscrowListAnswer } from "../../../../../modules/connectors/shopee/types/desk"
import { toEscrowFilter } from "../../escrow-filter"
import { toListPage } from "../../list-page"
import type { EscrowListQuery } from "../../validators"

/** What Shopee settles, with sums. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, EscrowListQuery>,
  res: MedusaResponse<EscrowListAnswer>
): Promise<void> {
  const query = req.validatedQuery
  res.json(await listEscrows(req.scope, toEscrowFilter(query), toListPage(query)))
}
