import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { escrowCsv } from "../../../../../modules/connectors/shopee/desk/escrow-csv"
import { toEscrowFilter } from "../../escrow-filter"
import type { EscrowCsvQuery } from "../../validators"

/** What Shopee settles, as a file for a spreadsheet. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, EscrowCsvQuery>,
  res: MedusaResponse
): Promise<void> {
  res.setHeader("Content-Type", "text/csv; charset=utf-8")
  res.setHeader(
    "Content-Disposition",
    `attachment; filename="shopee-escrows-${new Date().toISOString().slice(0, 10)}.csv"`
  )
  await pipeline(Readable.from(escrowCsv(req.scope, toEscrowFilter(req.validatedQuery))), res)
}
