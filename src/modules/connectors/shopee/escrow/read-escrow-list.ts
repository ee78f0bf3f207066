import { readWindows } from "../client/read-windows"
import type { EscrowListPage, ShopeeClient } from "../client/shopee-client"
import type { Window } from "../client/windows"

type Release = EscrowListPage["escrows"][number]

/**
 * Reads what a shop was paid out in a range of any length, by order_sn.
 *
 * @throws IncompleteListError when the list can't be read to its end, ShopeeCallError, and the signal's reason
 */
export async function readEscrowList(
  client: Pick<ShopeeClient, "getEscrowList">,
  range: Window,
  signal: AbortSignal
): Promise<Map<string, Release>> {
  return await readWindows<Release>(
    "released escrows",
    range,
    async ({ from, to }, cursor) => {
      const pageNo = Number(cursor || "1")
      const page = await client.getEscrowList({ releasedFrom: from, releasedTo: to, pageNo })
      return {
        entries: page.escrows.map((release) => [release.orderSn, release]),
        next: page.more ? String(pageNo + 1) : null,
      }
    },
    signal
  )
}
