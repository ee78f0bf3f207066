import type { EscrowListPage } from "../client/shopee-client"
import type ShopeeConnectorService from "../service"
import type { AppliedReleases, EscrowRelease } from "../types/escrow"

/**
 * Applies entries of the list of released escrows of a shop: release time and payout are written down, and the escrows that are final
 * from now on are fetched a last time, since what we hold of them was provisional. An order that we hold no escrow of is fetched
 * too; its release is applied when the list is read again.
 *
 * Pages shift while they are read, so an order may be in several: the last entry counts. Entries without a release time say
 * nothing yet.
 */
export async function applyRelease(
  service: Pick<ShopeeConnectorService, "applyReleases" | "makeEscrowsDue">,
  shopId: string,
  entries: EscrowListPage["escrows"]
): Promise<AppliedReleases> {
  const releases = new Map<string, EscrowRelease>()
  for (const { orderSn, releasedAt, payoutAmount } of entries) {
    if (releasedAt) {
      releases.set(orderSn, { ordersn: orderSn, releasedAt, payoutAmount })
    }
  }
  const applied = await service.applyReleases(shopId, [...releases.values()])
  await service.makeEscrowsDue(shopId, [...applied.newlyReleased, ...applied.missing])
  return applied
}
