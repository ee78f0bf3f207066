import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { testConnection } from "../../../../../modules/connectors/shopee/desk/test-connection"
import type { TestConnectionAnswer } from "../../../../../modules/connectors/shopee/types/desk"

/** Whether Shopee can be called, and its pushes arrive. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse<TestConnectionAnswer>): Promise<void> {
  res.json(await testConnection(req.scope))
}
