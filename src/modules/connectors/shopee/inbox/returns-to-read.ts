import { ShopeeOrderStatus } from "../types/enums"
import type { NormalizedOrder } from "../types/normalized-order"
import type { KnownReturn } from "../types/normalized-return"

/** What pushes said of a return; without a number they only said that there is one. */
interface Told {
  returnSn: string | null
  toldAt: Date
}

/** What has to be asked of Shopee about an order's returns. Both empty: nothing. */
export interface ReturnsToRead {
  returnSns: string[]
  /** The order shows a return that nobody has named: it has to be looked for among the shop's returns. */
  isSearched: boolean
}

/** Whether more pieces of an order are being returned, or were, than are in the returns that are known. */
export function hasUnknownPieces(order: NormalizedOrder, known: readonly Pick<KnownReturn, "items">[]): boolean {
  const shown = order.line_items.reduce((sum, line) => sum + line.return_requested_quantity + line.returned_quantity, 0)
  const inReturns = known.reduce(
    (sum, { items }) => sum + items.reduce((all, { quantity }) => all + (quantity ?? 0), 0),
    0
  )
  return shown > inReturns
}

/**
 * Which returns of an order have to be read: those that a push named and nobody has read since, those that can still change, and those
 * that only show in the order. An order that has nothing to do with returns costs no call, nor does a return that is over.
 *
 * A return that is over is read again when a push came after it was read.
 *
 * Pure.
 */
export function returnsToRead(
  order: NormalizedOrder,
  known: readonly KnownReturn[],
  told: readonly Told[]
): ReturnsToRead {
  const readAt = new Map(known.map(({ return_sn, fetched_at }) => [return_sn, fetched_at]))
  const named = told.flatMap(({ returnSn, toldAt }) => {
    const lastRead = returnSn === null ? undefined : readAt.get(returnSn)
    return returnSn === null || (lastRead && lastRead >= toldAt) ? [] : [returnSn]
  })
  const open = known.filter(({ final }) => !final).map(({ return_sn }) => return_sn)
  const returnSns = [...new Set([...named, ...open])]
  if (returnSns.some((returnSn) => !readAt.has(returnSn))) {
    return { returnSns, isSearched: false }
  }
  const lastLook = Math.max(...known.map(({ fetched_at }) => fetched_at.getTime()))
  const isToldOf = told.some(({ returnSn, toldAt }) => returnSn === null && toldAt.getTime() > lastLook)
  // Seconds on Shopee's clock against ours: a look in the same second may have come before the change.
  const hasChanged = order.updated_at.getTime() + 1_000 > lastLook
  const isWaiting = order.shopee_status === ShopeeOrderStatus.TO_RETURN && known.every(({ final }) => final)
  return { returnSns, isSearched: isToldOf || hasUnknownPieces(order, known) || (hasChanged && isWaiting) }
}
