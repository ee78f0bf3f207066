import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { retryException } from "../../../../../../modules/connectors/shopee/inbox/retry-exceptions"
import type { RetryAnswer } from "../../../../../../modules/connectors/shopee/types/desk"
import { toRetryAnswer } from "../../../retry-answer"

/** Retries one exception. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse<RetryAnswer>): Promise<void> {
  res.status(202).json(toRetryAnswer(await retryException(req.scope, req.params.id ?? "")))
}
