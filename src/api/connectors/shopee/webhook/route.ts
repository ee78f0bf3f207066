import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { receivePush } from "../../../../modules/connectors/shopee/inbox/receive-push"

/**
 * Shopee's pushes. Shopee takes a 2xx with an empty body within 3 s for delivered and everything else for failed, so there is no
 * other answer than these two (and 413, which the body's middleware gives).
 */
export async function POST(req: MedusaRequest<Buffer>, res: MedusaResponse): Promise<void> {
  const receipt = await receivePush(req.scope, { rawBody: req.body, authorization: req.headers.authorization })
  res.status(receipt === "try_again" ? 503 : 200).end()
}
