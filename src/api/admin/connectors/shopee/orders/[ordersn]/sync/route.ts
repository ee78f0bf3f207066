import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { retryOrder } from "../../../../../../../modules/connectors/shopee/inbox/retry-orders"
import type { SyncOrderAnswer } from "../../../../../../../modules/connectors/shopee/types/desk"
import { ordersnSchema, type SyncOrderBody } from "../../../../validators"

/** Has an order looked at again, also one that the connector never heard of. */
export async function POST(
  req: AuthenticatedMedusaRequest<SyncOrderBody>,
  res: MedusaResponse<SyncOrderAnswer>
): Promise<void> {
  const ordersn = ordersnSchema.safeParse(req.params.ordersn)
  if (!ordersn.success) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `"${req.params.ordersn}" is no Shopee order number.`)
  }
  const { shopId, rawEventId } = await retryOrder(req.scope, {
    ordersn: ordersn.data,
    shopId: req.validatedBody.shop_id,
  })
  res.status(202).json({ ordersn: ordersn.data, shop_id: shopId, raw_event_id: rawEventId })
}
