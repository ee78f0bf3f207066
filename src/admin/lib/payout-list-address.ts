import type { EscrowState } from "../../modules/connectors/shopee/types/desk"
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
import { rangeOfWeek } from "./payout-weeks"

export const PAYOUTS_A_PAGE = 20

type PayoutState = EscrowState | "late"

export const PAYOUT_STATES: readonly PayoutState[] = ["provisional", "released", "late"]

export const PAYOUT_SORTS = ["created_at", "escrow_release_time"] as const

/** Which payouts are shown; the range is that of their release. Empty and null filters let every one through. */
export interface PayoutListChoice extends Sequence<(typeof PAYOUT_SORTS)[number]>, TimeRange {
  /** The beginning of an order number. */
  search: string
  state: PayoutState | null
  /** True: only those whose payout differs from what was expected. */
  differs: boolean
  /** The first one is 0. */
  page: number
}

/** Reads a choice off the page's address, so that going back shows the same list, and others can link to it. Pure. */
export const readPayoutListAddress = (address: URLSearchParams): PayoutListChoice => ({
  search: address.get("q") ?? "",
  state: knownValue(address.get("state"), PAYOUT_STATES),
  differs: address.get("differs") === "true",
  ...readRange(address),
  ...readSequence(address, PAYOUT_SORTS),
  page: readPage(address),
})

/** The address of a choice. Pure. */
export const toPayoutListAddress = (choice: PayoutListChoice): URLSearchParams =>
  toListAddress(
    { q: choice.search, state: choice.state, differs: choice.differs ? "true" : null },
    choice,
    "-created_at"
  )

/** The filter of a choice as the API takes it, for lists and files. Pure. */
export function toPayoutFilter({ search, state, differs, from, to }: PayoutListChoice): Record<string, string> {
  const start = orderNumberStart(search)
  return {
    ...(start !== "" && { q: start }),
    ...(state !== null && { state }),
    ...(differs && { differs: "true" }),
    ...(from !== null && { released_from: from }),
    ...(to !== null && { released_to: to }),
  }
}

/** A choice as the list's API takes it. Pure. */
export const toPayoutListQuery = (choice: PayoutListChoice): Record<string, string | number> => ({
  limit: PAYOUTS_A_PAGE,
  offset: choice.page * PAYOUTS_A_PAGE,
  order: sequenceText(choice),
  ...toPayoutFilter(choice),
})

/** The filters as Medusa's table keeps them, by the field of a row. Pure. */
export function toPayoutFiltering(choice: PayoutListChoice): Record<string, unknown> {
  const released = toDateFilter(choice)
  return {
    ...(choice.state !== null && { state: choice.state }),
    ...(choice.differs && { difference: "true" }),
    ...(released && { released_at: released }),
  }
}

/** A choice with the filters that were set in the table; it begins at its first page. Pure. */
export function filterPayouts(choice: PayoutListChoice, filtering: Record<string, unknown>): PayoutListChoice {
  const { state, difference, released_at: released } = filtering
  return {
    ...choice,
    state: typeof state === "string" ? knownValue(state, PAYOUT_STATES) : null,
    differs: difference === "true",
    ...fromDateFilter(released),
    page: 0,
  }
}

/** A choice of the payouts of one week, the first of them first. Pure. */
export const chooseWeek = (choice: PayoutListChoice, week: string): PayoutListChoice => ({
  ...choice,
  ...rangeOfWeek(week),
  sort: "escrow_release_time",
  descending: false,
  page: 0,
})
