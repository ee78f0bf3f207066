import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { toBackfillView } from "../../../../../../modules/connectors/shopee/desk/backfill-view"
import { readBackfill } from "../../../../../../modules/connectors/shopee/recovery/start-backfill"
import type { BackfillAnswer } from "../../../../../../modules/connectors/shopee/types/desk"

/** A backfill and how far it is right now. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse<BackfillAnswer>): Promise<void> {
  res.json({ backfill: toBackfillView(await readBackfill(req.scope, String(req.params.id))) })
}
