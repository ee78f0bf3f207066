import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { settleException } from "../../../../../../modules/connectors/shared/settle-exception"
import type { ExceptionAnswer } from "../../../../../../modules/connectors/shopee/types/desk"
import type { ResolveExceptionBody } from "../../../validators"

/** Settles one exception for the user who is logged in. */
export async function POST(
  req: AuthenticatedMedusaRequest<ResolveExceptionBody>,
  res: MedusaResponse<ExceptionAnswer>
): Promise<void> {
  const { status, operator_note: note = null } = req.validatedBody
  const exception = await settleException(req.scope, {
    id: req.params.id ?? "",
    status,
    note,
    actorId: req.auth_context.actor_id,
  })
  res.json({ exception })
}
