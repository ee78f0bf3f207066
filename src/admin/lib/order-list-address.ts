import type { OrderProgress } from "../../modules/connectors/shopee/types/desk"
import {
  fromDateFilter,
  knownValue,
  orderNumberStart,
  readPage,
  readRange,
  readSequence,
  type Sequence,
  sequenceText,
  type TimeRange,
  toDateFilter,
  toListAddress,
} from "./address-values"

export const ORDERS_A_PAGE = 20

export const PROGRESSES: readonly OrderProgress[] = ["waiting", "retrying", "held", "done"]

export const ORDER_SORTS = ["created_at", "shopee_update_time"] as const

/** Which orders the list shows; the range is that of when the connector first heard of them. Empty and null filters let every order through. */
export interface OrderListChoice extends Sequence<(typeof ORDER_SORTS)[number]>, TimeRange {
  /** The beginning of an order number. */
  search: string
  progress: OrderProgress | null
  statuses: string[]
  /** The first one is 0. */
  page: number
}

/** Reads a choice off the page's address, so that going back shows the same list, and others can link to it. Pure. */
export const readOrderListAddress = (address: URLSearchParams): OrderListChoice => ({
  search: address.get("q") ?? "",
  progress: knownValue(address.get("progress"), PROGRESSES),
  statuses: (address.get("status") ?? "").split(",").filter((status) => /^[A-Z_]{1,40}$/.test(status)),
  ...readRange(address),
  ...readSequence(address, ORDER_SORTS),
  page: readPage(address),
})

/** The address of a choice. Pure. */
export const toOrderListAddress = (choice: OrderListChoice): URLSearchParams =>
  toListAddress(
    { q: choice.search, progress: choice.progress, status: choice.statuses.join(",") },
    choice,
    "-created_at"
  )

/** A choice as the API takes it. Pure. */
export function toOrderListQuery(choice: OrderListChoice): Record<string, string | number> {
  const { search, progress, statuses, from, to, page } = choice
  const start = orderNumberStart(search)
  return {
    limit: ORDERS_A_PAGE,
    offset: page * ORDERS_A_PAGE,
    order: sequenceText(choice),
    ...(start !== "" && { q: start }),
    ...(progress !== null && { progress }),
    ...(statuses.length > 0 && { shopee_status: statuses.join(",") }),
    ...(from !== null && { created_from: from }),
    ...(to !== null && { created_to: to }),
  }
}

/** The filters as Medusa's table keeps them, by the field of a row. Pure. */
export function toOrderFiltering(choice: OrderListChoice): Record<string, unknown> {
  const created = toDateFilter(choice)
  return {
    ...(choice.progress !== null && { progress: choice.progress }),
    ...(choice.statuses.length > 0 && { shopee_status: choice.statuses }),
    ...(created && { created_at: created }),
  }
}

/** A choice with the filters that were set in the table; it begins at its first page. Pure. */
export function filterOrders(choice: OrderListChoice, filtering: Record<string, unknown>): OrderListChoice {
  const { progress, shopee_status: statuses, created_at: created } = filtering
  return {
    ...choice,
    progress: typeof progress === "string" ? knownValue(progress, PROGRESSES) : null,
    statuses: Array.isArray(statuses) ? statuses.filter((status) => typeof status === "string") : [],
    ...fromDateFilter(created),
    page: 0,
  }
}
