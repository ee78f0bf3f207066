import type { ShopeeClient } from "../client/shopee-client"
import type { Window } from "../client/windows"
import { type ListedReturn, searchReturns } from "../inbox/search-returns"
import type ShopeeConnectorService from "../service"
import type { ReturnHint } from "../sql/list-return-hints"
import type { KnownReturn } from "../types/normalized-return"
import type { OrderState, ReturnDifferences } from "../types/recovery"

type ReturnStore = Pick<ShopeeConnectorService, "listReturns" | "listReturnHints" | "listOrderStates">

/** As many as one page of Shopee's list has. */
const RETURNS_AT_ONCE = 100

/**
 * Compares the returns that Shopee lists for a range with what we have of them. The list names their `update_time`: a call for each page
 * of it, none for a return.
 *
 * A return of which a push has told, and whose order is being worked on, is no finding.
 *
 * @throws IncompleteListError, ShopeeCallError, and the signal's reason
 */
export async function findReturns(
  client: Pick<ShopeeClient, "getReturnList">,
  service: ReturnStore,
  shopId: string,
  range: Window,
  signal: AbortSignal
): Promise<ReturnDifferences> {
  const listed = await searchReturns(client, range, signal)
  const found: ReturnDifferences = { count: listed.length, behind: [], unreadable: null }
  for (let at = 0; at < listed.length; at += RETURNS_AT_ONCE) {
    signal.throwIfAborted()
    const batch = listed.slice(at, at + RETURNS_AT_ONCE)
    const ordersns = [...new Set(batch.map(({ orderSn }) => orderSn))]
    const [known, hints, states] = [
      await service.listReturns(shopId, ordersns),
      await service.listReturnHints(shopId, ordersns),
      await service.listOrderStates(shopId, ordersns),
    ]
    for (const each of batch) {
      const row = known.find(({ return_sn }) => return_sn === each.returnSn)
      const state = states.find(({ ordersn }) => ordersn === each.orderSn)
      if (!isAsListed(each, row) && !isComing(each, row, state, hints)) {
        found.behind.push({ ordersn: each.orderSn, returnSn: each.returnSn, kind: "return" })
      }
    }
  }
  return found
}

const isAsListed = ({ updatedAt }: ListedReturn, row: KnownReturn | undefined): boolean =>
  row !== undefined && (updatedAt === null || row.updated_at >= updatedAt)

/** Whether the order is going to be looked at, and this return of it read then: see `returnsToRead`. */
function isComing(
  { returnSn }: ListedReturn,
  row: KnownReturn | undefined,
  state: OrderState | undefined,
  hints: readonly ReturnHint[]
): boolean {
  const isTold = hints.some((hint) => hint.returnSn === returnSn && (!row || hint.toldAt > row.fetched_at))
  return state?.isWaiting === true && (isTold || row?.final === false)
}
