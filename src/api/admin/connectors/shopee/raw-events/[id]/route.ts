import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { readRawEvent } from "../../../../../../modules/connectors/shopee/desk/read-raw-event"
import type { RawEventAnswer } from "../../../../../../modules/connectors/shopee/types/desk"

/** A stored event with its payload. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse<RawEventAnswer>): Promise<void> {
  res.json(await readRawEvent(req.scope, req.params.id ?? ""))
}
