import { escrowDetail } from "../escrow/escrow-detail"
import { toMajor } from "../money"
import type { Order } from "../orders/order"
import type { Sandbox } from "../sandbox"
import { ShopeeError, wrongParameter } from "../shopee-error"
import type { ApiRoute } from "./api-route"
import { boundedNumber, timeWindow, wholeNumber } from "./parameters"

const MAX_BATCH = 50
const DEFAULT_PAGE_SIZE = 40
const MAX_PAGE_SIZE = 100

/** The escrow calls: one order's settlement, up to fifty of them, and what was paid out when. */
export function paymentRoutes(sandbox: Sandbox): ApiRoute[] {
  return [
    {
      method: "GET",
      path: "/payment/get_escrow_detail",
      access: "shop",
      handle: ({ query, shopId }) => {
        const orderSn = query.get("order_sn")
        if (!orderSn) throw wrongParameter("order_sn is required")
        const order = ownOrder(sandbox, shopId, orderSn)
        if (!order) throw new ShopeeError("order_not_found", "The order does not exist or is not yours.")
        return { kind: "response", response: escrowDetail(order) }
      },
    },
    {
      // Documented as GET; the live gateway takes only POST.
      method: "POST",
      path: "/payment/get_escrow_detail_batch",
      access: "shop",
      handle: ({ body, shopId }) => {
        const orderSns = body.strings("order_sn_list") ?? []
        if (orderSns.length === 0) throw wrongParameter("order_sn_list is required")
        if (orderSns.length > MAX_BATCH) throw new ShopeeError("exceed_max_limit", "At most 50 orders in one call.")
        const orders = orderSns.flatMap((orderSn) => ownOrder(sandbox, shopId, orderSn) ?? [])
        return { kind: "response", response: orders.map((order) => ({ escrow_detail: escrowDetail(order) })) }
      },
    },
    {
      method: "GET",
      path: "/payment/get_escrow_list",
      access: "shop",
      handle: ({ query, shopId }) => {
        const { from, to } = timeWindow(query, "release_time_from", "release_time_to", false)
        const pageSize = boundedNumber(
          wholeNumber(query, "page_size") ?? DEFAULT_PAGE_SIZE,
          "page_size",
          1,
          MAX_PAGE_SIZE
        )
        const pageNo = boundedNumber(wholeNumber(query, "page_no") ?? 1, "page_no", 1, Number.MAX_SAFE_INTEGER)
        const released = sandbox.releases.between(shopId, from, to)
        const start = (pageNo - 1) * pageSize
        return {
          kind: "response",
          response: {
            more: start + pageSize < released.length,
            escrow_list: released.slice(start, start + pageSize).map((order) => ({
              order_sn: order.orderSn,
              payout_amount: toMajor(order.release?.payout ?? 0),
              escrow_release_time: order.release?.time ?? 0,
            })),
          },
        }
      },
    },
  ]
}

function ownOrder(sandbox: Sandbox, shopId: number, orderSn: string): Order | undefined {
  const order = sandbox.book.find(orderSn)
  return order?.shopId === shopId ? order : undefined
}
