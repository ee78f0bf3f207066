import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listExceptions } from "../../../../modules/connectors/shared/list-exceptions"
import type { ExceptionListAnswer } from "../../../../modules/connectors/shopee/types/desk"
import { toListPage } from "../list-page"
import type { ExceptionListQuery } from "../validators"

/** Exceptions of every connector. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, ExceptionListQuery>,
  res: MedusaResponse<ExceptionListAnswer>
): Promise<void> {
  const { limit: _limit, offset: _offset, order: _order, fields: _fields, ...filter } = req.validatedQuery
  res.json(await listExceptions(req.scope, filter, toListPage(req.validatedQuery)))
}
