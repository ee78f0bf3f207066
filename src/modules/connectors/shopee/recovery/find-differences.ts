import { MAX_ORDERS_PER_CALL, type ShopeeClient } from "../client/shopee-client"
import { type OrderReading, readOrders } from "../inbox/read-orders"
import type ShopeeConnectorService from "../service"
import type { Differences, ListedOrder, OrderFinding, OrderState } from "../types/recovery"

type StateReader = Pick<ShopeeConnectorService, "listOrderStates">
type OrderReader = Pick<ShopeeClient, "getOrderDetails">

/**
 * Compares the orders that Shopee lists with what we have of them.
 *
 * The list gives a status and no time, so an order that looks right is read and its `update_time` compared: an address, a parcel or an
 * amount may have changed under the same status. Shopee goes on changing orders meanwhile, and so do we; what seems missing or behind
 * is therefore looked up once more at the end, and anything that arrived by itself in between is no finding.
 *
 * @throws ShopeeCallError when Shopee can't be read, and the signal's reason
 */
export async function findDifferences(
  client: OrderReader,
  service: StateReader,
  shopId: string,
  listed: Iterable<ListedOrder>,
  signal: AbortSignal
): Promise<Differences> {
  const ordersns = [...listed].map(({ ordersn }) => ordersn)
  const differences: Differences = { matching: [], waiting: [], missing: [], stale: [], changedAt: new Map() }
  for (let at = 0; at < ordersns.length; at += MAX_ORDERS_PER_CALL) {
    signal.throwIfAborted()
    await compareBatch(client, service, shopId, ordersns.slice(at, at + MAX_ORDERS_PER_CALL), differences)
  }
  return differences
}

/** What the inbox has to look at again, and what it will have to find there. */
export const toFindings = ({
  missing,
  stale,
  changedAt,
}: Omit<Differences, "matching" | "waiting">): OrderFinding[] => [
  ...missing.map((ordersn) => ({ ordersn, kind: "missing" as const })),
  ...stale.map((ordersn) => ({ ordersn, kind: "stale" as const, updateTime: changedAt.get(ordersn) })),
]

async function compareBatch(
  client: OrderReader,
  service: StateReader,
  shopId: string,
  ordersns: string[],
  differences: Differences
): Promise<void> {
  const before = await statesOf(service, shopId, ordersns)
  const settled = ordersns.filter((ordersn) => before.get(ordersn)?.isWaiting === false)
  const readings = settled.length === 0 ? new Map<string, OrderReading>() : await readOrders(client, settled)
  const isSuspect = (ordersn: string, state: OrderState | undefined) =>
    !state || (!state.isWaiting && isBehind(state, readings.get(ordersn)))

  const suspects = ordersns.filter((ordersn) => isSuspect(ordersn, before.get(ordersn)))
  const after = await statesOf(service, shopId, suspects)
  const suspected = new Set(suspects)
  for (const ordersn of ordersns) {
    const state = suspected.has(ordersn) ? after.get(ordersn) : before.get(ordersn)
    if (!state) {
      differences.missing.push(ordersn)
    } else if (state.isWaiting) {
      differences.waiting.push(ordersn)
    } else if (!isBehind(state, readings.get(ordersn))) {
      differences.matching.push(ordersn)
    } else {
      differences.stale.push(ordersn)
      const changedAt = changeOf(readings.get(ordersn))
      if (changedAt !== null) {
        differences.changedAt.set(ordersn, changedAt)
      }
    }
  }
}

async function statesOf(service: StateReader, shopId: string, ordersns: string[]): Promise<Map<string, OrderState>> {
  const states = await service.listOrderStates(shopId, ordersns)
  return new Map(states.map((state) => [state.ordersn, state]))
}

/** Shopee's `update_time`; null when the order was not read, or says none. */
function changeOf(reading: OrderReading | undefined): Date | null {
  const seconds = reading === undefined || reading instanceof Error ? NaN : Number(reading["update_time"])
  return Number.isFinite(seconds) ? new Date(seconds * 1000) : null
}

/** An order that can't be read is for the inbox to look at: it says why, and to whom. One that was not read is taken for right. */
function isBehind(state: OrderState, reading: OrderReading | undefined): boolean {
  if (reading === undefined) {
    return false
  }
  if (reading instanceof Error || state.shopeeUpdateTime === null) {
    return true
  }
  const seconds = Number(reading["update_time"])
  const applied = Math.floor(state.shopeeUpdateTime.getTime() / 1000)
  // Two changes within one second have the same update_time: then the status tells.
  return Number.isFinite(seconds) && seconds !== applied
    ? seconds > applied
    : String(reading["order_status"]) !== state.shopeeStatus
}
