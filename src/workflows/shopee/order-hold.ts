import type { MedusaContainer } from "@medusajs/framework/types"
import { SHOPEE_CONNECTOR_MODULE } from "../../modules/connectors/shopee"
import { LEASE_MS } from "../../modules/connectors/shopee/inbox/lease"
import type ShopeeConnectorService from "../../modules/connectors/shopee/service"

/** The claim under which an order is changed. */
export interface OrderHold {
  /** Id of the order's `shopee_order_sync` row. */
  syncId: string
  /** Absent: nobody competes for the order. */
  claimId?: string
}

/** A worker stood still for longer than its lease: another one has the order, and what this one was about to do may be done. */
export class OrderLostError extends Error {
  override readonly name = "OrderLostError"

  constructor(syncId: string) {
    super(`The order of ${syncId} is in another worker's hands: this one stood still for longer than its lease.`)
  }
}

/**
 * Which orders are still this run's, and are so for a whole lease from now on.
 *
 * Asked right before what can't be done twice, and before something is taken back: what comes within a lease of the answer is
 * nobody else's. Left is a process that stands still between the answer and the write, a few milliseconds, for longer than a lease.
 */
export async function onlyHeld<Row extends { hold: OrderHold }>(
  container: MedusaContainer,
  rows: Row[]
): Promise<Row[]> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const held = new Set<string>()
  for (const claimId of new Set(rows.flatMap(({ hold }) => hold.claimId ?? []))) {
    const ids = rows.flatMap(({ hold }) => (hold.claimId === claimId ? hold.syncId : []))
    const kept = await service.keepClaimedOrders({ claimId, ids, leaseMs: LEASE_MS })
    kept.forEach((id) => held.add(id))
  }
  return rows.filter(({ hold }) => hold.claimId === undefined || held.has(hold.syncId))
}

/** The same for one order. */
export async function isHeld(container: MedusaContainer, hold: OrderHold): Promise<boolean> {
  return (await onlyHeld(container, [{ hold }])).length > 0
}

/** @throws OrderLostError when one of the orders is not this run's any more */
export async function requireHolds(container: MedusaContainer, holds: OrderHold[]): Promise<void> {
  const rows = holds.map((hold) => ({ hold }))
  const held = new Set(await onlyHeld(container, rows))
  const lost = rows.find((row) => !held.has(row))
  if (lost) {
    throw new OrderLostError(lost.hold.syncId)
  }
}

/** The same for one order. */
export async function requireHold(container: MedusaContainer, hold: OrderHold): Promise<void> {
  await requireHolds(container, [hold])
}
