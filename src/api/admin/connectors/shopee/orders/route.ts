import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listOrders } from "../../../../../modules/connectors/shopee/desk/list-orders"
import type { ShopeeOrderListAnswer } from "../../../../../modules/connectors/shopee/types/desk"
import { toListPage } from "../../list-page"
import type { OrderListQuery } from "../../validators"

/** Shopee's orders. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, OrderListQuery>,
  res: MedusaResponse<ShopeeOrderListAnswer>
): Promise<void> {
  const query = req.validatedQuery
  const filter = {
    ordersnStart: query.q,
    medusaOrderId: query.medusa_order_id,
    shopId: query.shop_id,
    shopeeStatuses: query.shopee_status,
    progress: query.progress,
    createdFrom: query.created_from,
    createdTo: query.created_to,
  }
  res.json(await listOrders(req.scope, filter, toListPage(query)))
}
