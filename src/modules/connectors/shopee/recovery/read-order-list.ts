import { failPoint } from "../../shared/fail-point"
import { readWindows } from "../client/read-windows"
import type { OrderListQuery, ShopeeClient } from "../client/shopee-client"
import type { Window } from "../client/windows"
import type { ListedOrder } from "../types/recovery"

export type OrderLister = Pick<ShopeeClient, "getOrderList">

/**
 * Reads every order of a shop whose `timeRangeField` lies in a range of any length.
 *
 * @throws IncompleteListError when the list can't be read to its end, ShopeeCallError, and the signal's reason
 */
export async function readOrderList(
  client: OrderLister,
  timeRangeField: OrderListQuery["timeRangeField"],
  range: Window,
  signal: AbortSignal
): Promise<Map<string, ListedOrder>> {
  return await readWindows<ListedOrder>(
    "orders",
    range,
    async (window, cursor) => {
      const page = await client.getOrderList({ timeRangeField, ...window, cursor })
      failPoint("list-page-read")
      return {
        entries: page.orders.map(({ orderSn, orderStatus }) => [orderSn, { ordersn: orderSn, status: orderStatus }]),
        next: page.more ? page.nextCursor : null,
      }
    },
    signal
  )
}
