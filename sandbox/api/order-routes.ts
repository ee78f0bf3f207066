import { orderDetail, optionalFieldNames, visibleStatus } from "../orders/order-detail"
import type { Order } from "../orders/order"
import { packageDetail } from "../orders/package-detail"
import type { Sandbox } from "../sandbox"
import { ShopeeError, wrongParameter } from "../shopee-error"
import type { ApiRoute } from "./api-route"
import { boundedNumber, commaList, timeWindow, wholeNumber } from "./parameters"

/** The statuses get_order_list can filter by; the others are found only without a filter. */
const FILTERABLE_STATUSES = new Set([
  "UNPAID",
  "READY_TO_SHIP",
  "PROCESSED",
  "SHIPPED",
  "COMPLETED",
  "IN_CANCEL",
  "CANCELLED",
  "INVOICE_PENDING",
])
const MAX_DETAILS = 50
const MAX_PAGE_SIZE = 100

/** get_order_list, get_order_detail and the two calls that tell a package's state and tracking number. */
export function orderRoutes(sandbox: Sandbox): ApiRoute[] {
  return [
    {
      method: "GET",
      path: "/order/get_order_list",
      access: "shop",
      handle: ({ query, shopId }) => {
        const field = query.get("time_range_field")
        if (field !== "create_time" && field !== "update_time") throw wrongParameter("time_range_field is wrong")
        const { from, to } = timeWindow(query, "time_from", "time_to", true)
        const pageSize = boundedNumber(wholeNumber(query, "page_size"), "page_size", 1, MAX_PAGE_SIZE)
        const start = wholeNumber(query, "cursor") ?? 0
        const status = query.get("order_status")
        if (status && !FILTERABLE_STATUSES.has(status)) throw wrongParameter("order_status can't be filtered by")
        const showPending = query.get("request_order_status_pending") === "true"
        const inWindow = sandbox.book.between(shopId, field === "create_time" ? "createTime" : "updateTime", from, to)
        const matching = status ? inWindow.filter((order) => visibleStatus(order, showPending) === status) : inWindow
        const withStatus = optionalFieldNames(query.get("response_optional_fields")).has("order_status")
        const more = start + pageSize < matching.length
        return {
          kind: "response",
          response: {
            more,
            next_cursor: more ? String(start + pageSize) : "",
            order_list: matching.slice(start, start + pageSize).map((order) => ({
              order_sn: order.orderSn,
              ...(withStatus ? { order_status: visibleStatus(order, showPending) } : {}),
              booking_sn: "",
            })),
          },
        }
      },
    },
    {
      method: "GET",
      path: "/order/get_order_detail",
      access: "shop",
      handle: ({ query, shopId }) => {
        const orders = commaList(query, "order_sn_list", MAX_DETAILS).flatMap(
          (sn) => ownOrder(sandbox, shopId, sn) ?? []
        )
        if (orders.length === 0) throw orderNotFound()
        const optionalFields = optionalFieldNames(query.get("response_optional_fields"))
        const showPending = query.get("request_order_status_pending") === "true"
        return {
          kind: "response",
          response: { order_list: orders.map((order) => orderDetail(order, optionalFields, showPending)) },
        }
      },
    },
    {
      method: "GET",
      path: "/order/get_package_detail",
      access: "shop",
      handle: ({ query, shopId }) => {
        const found = commaList(query, "package_number_list", MAX_DETAILS).flatMap((packageNumber) => {
          const entry = sandbox.book.findPackage(packageNumber)
          return entry && entry.order.shopId === shopId ? [packageDetail(entry.order, entry.parcel)] : []
        })
        if (found.length === 0) throw new ShopeeError("error_not_found", "Wrong parameters, detail: no such package.")
        return { kind: "response", response: { package_list: found } }
      },
    },
    {
      method: "GET",
      path: "/logistics/get_tracking_number",
      access: "shop",
      handle: ({ query, shopId }) => {
        const order = ownOrder(sandbox, shopId, query.get("order_sn") ?? "")
        if (!order) throw orderNotFound()
        const packageNumber = query.get("package_number")
        const parcel = packageNumber
          ? order.packages.find((candidate) => candidate.packageNumber === packageNumber)
          : order.packages[0]
        if (!parcel) throw wrongParameter("package_number is not of this order")
        return {
          kind: "response",
          response: { tracking_number: parcel.trackingNumber, plp_number: "", hint: "", pickup_code: "" },
        }
      },
    },
  ]
}

function ownOrder(sandbox: Sandbox, shopId: number, orderSn: string): Order | undefined {
  const order = sandbox.book.find(orderSn)
  return order?.shopId === shopId ? order : undefined
}

function orderNotFound(): ShopeeError {
  return new ShopeeError("error_not_found", "Wrong parameters, detail: the order is not found.")
}
