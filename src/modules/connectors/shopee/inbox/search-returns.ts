import { IncompleteListError, readWindows } from "../client/read-windows"
import type { ReturnListPage, ShopeeClient } from "../client/shopee-client"
import type { Window } from "../client/windows"

/** A return as the list of returns shows it. */
export type ListedReturn = ReturnListPage["returns"][number]

/** A shop with more returns in a window than this is none that the list can be trusted to be read to its end for. */
const MOST_PAGES = 50

/**
 * Every return of a shop that changed in a range of any length.
 *
 * @throws IncompleteListError when the list can't be read to its end (less than all of it proves nothing), ShopeeCallError, and the
 *   signal's reason
 */
export async function searchReturns(
  client: Pick<ShopeeClient, "getReturnList">,
  range: Window,
  signal?: AbortSignal
): Promise<ListedReturn[]> {
  const found = await readWindows<ListedReturn>(
    "returns",
    range,
    async (window, cursor) => {
      const pageNo = Number(cursor)
      if (pageNo >= MOST_PAGES) {
        throw new IncompleteListError(`Shopee's list of returns from ${window.from.toISOString()} on has no end.`)
      }
      const page = await client.getReturnList({ updatedFrom: window.from, updatedTo: window.to, pageNo })
      return {
        entries: page.returns.map((listed) => [listed.returnSn, listed]),
        next: page.more ? String(pageNo + 1) : null,
      }
    },
    signal
  )
  return [...found.values()]
}
