import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { zodValidator } from "@medusajs/framework"
import { z } from "@medusajs/framework/zod"
import { toBackfillView } from "../../../../../modules/connectors/shopee/desk/backfill-view"
import { listBackfills, startBackfill } from "../../../../../modules/connectors/shopee/recovery/start-backfill"
import type { BackfillAnswer, BackfillListAnswer } from "../../../../../modules/connectors/shopee/types/desk"

const StartBackfill = z.object({
  from: z.coerce.date(),
  /** Default: now. */
  to: z.coerce.date().optional(),
  shop_id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .optional(),
})

/** Starts to take in the orders that were placed or changed in a range of time, and answers at once: 202 with the backfill. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse<BackfillAnswer>): Promise<void> {
  const { from, to, shop_id: shopId } = await zodValidator(StartBackfill, req.body)
  const backfill = await startBackfill(req.scope, { from, to: to ?? new Date(), shopId })
  res.status(202).json({ backfill: toBackfillView(backfill) })
}

/** The newest backfills. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse<BackfillListAnswer>): Promise<void> {
  res.json({ backfills: (await listBackfills(req.scope)).map(toBackfillView) })
}
