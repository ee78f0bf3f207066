import { returnDetail, returnEntry } from "../returns/return-detail"
import type { Sandbox } from "../sandbox"
import { ShopeeError, wrongParameter } from "../shopee-error"
import type { ApiRoute } from "./api-route"
import { boundedNumber, timeWindow, wholeNumber } from "./parameters"

const MAX_PAGE_SIZE = 100
const FOREVER_SECONDS = 8_640_000_000

/** The two calls that tell of returns. */
export function returnRoutes(sandbox: Sandbox): ApiRoute[] {
  return [
    {
      method: "GET",
      path: "/returns/get_return_list",
      access: "shop",
      handle: ({ query, shopId }) => {
        const pageSize = boundedNumber(wholeNumber(query, "page_size"), "page_size", 1, MAX_PAGE_SIZE)
        const pageNo = boundedNumber(wholeNumber(query, "page_no"), "page_no", 0, Number.MAX_SAFE_INTEGER)
        const isByTime = query.has("update_time_from") || query.has("update_time_to")
        const { from, to } = isByTime
          ? timeWindow(query, "update_time_from", "update_time_to", true)
          : { from: 0, to: FOREVER_SECONDS }
        const status = query.get("status")
        const matching = sandbox.returns
          .between(shopId, from, to)
          .filter(({ request }) => !status || request.status === status)
        const start = pageNo * pageSize
        return {
          kind: "response",
          response: {
            more: start + pageSize < matching.length,
            return: matching.slice(start, start + pageSize).map(({ order, request }) => returnEntry(order, request)),
          },
        }
      },
    },
    {
      method: "GET",
      path: "/returns/get_return_detail",
      access: "shop",
      handle: ({ query, shopId }) => {
        const returnSn = query.get("return_sn")
        if (!returnSn) throw wrongParameter("return_sn is required")
        const found = sandbox.returns
          .between(shopId, 0, FOREVER_SECONDS)
          .find(({ request }) => request.returnSn === returnSn)
        if (!found) throw new ShopeeError("error_not_found", "Wrong parameters, detail: the return is not found.")
        return { kind: "response", response: returnDetail(found.order, found.request) }
      },
    },
  ]
}
