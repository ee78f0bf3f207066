/** How a list is sorted. */
export interface Sequence<Sort extends string> {
  sort: Sort
  descending: boolean
}

/** From and to, both ISO 8601 in UTC; null = open. */
export interface TimeRange {
  from: string | null
  to: string | null
}

/** A value of a page's address when it is one of those that are known; a person may have typed it. Pure. */
export const knownValue = <Value extends string>(text: string | null, known: readonly Value[]): Value | null =>
  known.find((value) => value === text) ?? null

const timeValue = (text: string | null): string | null =>
  text === null || Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString()

/** The range that `from` and `to` name. Pure. */
export const readRange = (address: URLSearchParams): TimeRange => ({
  from: timeValue(address.get("from")),
  to: timeValue(address.get("to")),
})

/** The sequence that `order` names as the API does: `field`, or `-field`; the first of `sorts`, the newest first, when it names none. Pure. */
export function readSequence<Sort extends string>(
  address: URLSearchParams,
  sorts: readonly [Sort, ...Sort[]]
): Sequence<Sort> {
  const order = address.get("order") ?? ""
  return {
    sort: knownValue(order.replace(/^-/, ""), sorts) ?? sorts[0],
    descending: order === "" || order.startsWith("-"),
  }
}

/** A sequence as the API takes it. Pure. */
export const sequenceText = ({ sort, descending }: Sequence<string>): string => `${descending ? "-" : ""}${sort}`

/** The page that `page` names; people count from 1, the answer from 0. Pure. */
export function readPage(address: URLSearchParams): number {
  const page = Number(address.get("page"))
  return Number.isInteger(page) && page > 1 ? page - 1 : 0
}

/** The address of a list; what is as it always is stays out of it. Pure. */
export function toListAddress(
  filters: Record<string, string | null>,
  choice: Sequence<string> & TimeRange & { page: number },
  usualSequence: string
): URLSearchParams {
  const parts = {
    ...filters,
    from: choice.from,
    to: choice.to,
    order: sequenceText(choice) === usualSequence ? null : sequenceText(choice),
    page: choice.page === 0 ? null : String(choice.page + 1),
  }
  return new URLSearchParams(Object.entries(parts).filter((part): part is [string, string] => Boolean(part[1])))
}

/** What somebody typed or pasted as the API takes it: signs that no order number has, such as `#` or a space, are left out. Pure. */
export const orderNumberStart = (text: string): string => text.replace(/[^A-Za-z0-9_-]/g, "")

/** A range as Medusa's table keeps it in a filter of dates; undefined = not filtered. Pure. */
export const toDateFilter = ({ from, to }: TimeRange): Record<string, string> | undefined =>
  from === null && to === null ? undefined : { ...(from !== null && { $gte: from }), ...(to !== null && { $lte: to }) }

const endOf = (range: unknown, name: "$gte" | "$lte"): string | null => {
  const value: unknown = typeof range === "object" && range !== null ? Reflect.get(range, name) : null
  return typeof value === "string" ? timeValue(value) : null
}

/** The range of a table's filter of dates. Its last day belongs to it: the table's picker answers that day's beginning. Pure. */
export const fromDateFilter = (range: unknown): TimeRange => ({
  from: endOf(range, "$gte"),
  to: endOfChosenDay(endOf(range, "$lte")),
})

function endOfChosenDay(time: string | null): string | null {
  if (time === null) {
    return null
  }
  const end = new Date(time)
  if (end.getHours() + end.getMinutes() + end.getSeconds() + end.getMilliseconds() === 0) {
    end.setHours(23, 59, 59, 999)
  }
  return end.toISOString()
}
