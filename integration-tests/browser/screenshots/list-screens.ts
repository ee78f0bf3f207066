import type { ShopWorld } from "../../support/shop-world"
import type { OperatorScreen } from "../support/operator-screen"

/** A screen of the connector. */
export interface Screen {
  name: string
  path: string
  /** What is clicked before the picture is taken. */
  show?: (screen: OperatorScreen) => Promise<void>
}

/** Every screen of the connector, with one order and one exception of those that the shop has. */
export async function listScreens({ database }: ShopWorld): Promise<Screen[]> {
  const [order] = await database.query<{ ordersn: string; medusa_order_id: string }>(
    `SELECT ordersn, medusa_order_id FROM shopee_order_sync
      WHERE shopee_status = 'COMPLETED' AND medusa_order_id IS NOT NULL ORDER BY id LIMIT 1`
  )
  const [exception] = await database.query<{ id: string }>(
    "SELECT id FROM connector_exception WHERE status = 'open' AND error_class = 'sku_not_found' ORDER BY id LIMIT 1"
  )
  if (!order || !exception) {
    throw new Error("The shop has no completed order, or no exception of an unknown SKU.")
  }
  return [
    { name: "overview", path: "/connectors" },
    { name: "exceptions", path: "/connectors/exceptions" },
    { name: "exception", path: `/connectors/exceptions?id=${exception.id}` },
    { name: "orders", path: "/connectors/orders" },
    { name: "order", path: `/connectors/orders/${order.ordersn}` },
    { name: "payouts", path: "/connectors/payouts" },
    { name: "settings", path: "/connectors/settings" },
    { name: "medusa-order", path: `/orders/${order.medusa_order_id}` },
  ]
}
