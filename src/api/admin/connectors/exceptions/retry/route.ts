import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { retryExceptions } from "../../../../../modules/connectors/shopee/inbox/retry-exceptions"
import type { RetryAnswer } from "../../../../../modules/connectors/shopee/types/desk"
import { toRetryAnswer } from "../../retry-answer"
import type { RetryExceptionsBody } from "../../validators"

/** Retries every open exception, or those of a class. */
export async function POST(
  req: AuthenticatedMedusaRequest<RetryExceptionsBody>,
  res: MedusaResponse<RetryAnswer>
): Promise<void> {
  res.status(202).json(toRetryAnswer(await retryExceptions(req.scope, req.validatedBody.error_class)))
}
