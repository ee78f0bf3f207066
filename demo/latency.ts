import type { PushRecord } from "../sandbox/control-client"

/** Faults after which a push can't tell the platform anything. */
const NOT_AUTHENTIC: ReadonlySet<string | undefined> = new Set(["tamper", "wrong-signature"])

/** The value that `fraction` of the values don't exceed (nearest rank); null of none. */
export function percentile(values: readonly number[], fraction: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * fraction) - 1)] ?? null
}

/** When the first authentic push of each order was sent, in epoch milliseconds, by order_sn. */
export function firstPushTimes(pushes: readonly PushRecord[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const { ordersn, attempts } of pushes) {
    const sent = attempts.filter(({ ok, fault }) => ok && !NOT_AUTHENTIC.has(fault)).map(({ time }) => time)
    if (ordersn !== undefined && sent.length > 0) {
      times.set(ordersn, Math.min(times.get(ordersn) ?? Infinity, ...sent))
    }
  }
  return times
}

/** Milliseconds from an order's first authentic push to its being readable in Medusa, of every order but those left out. */
export function importLatencies(
  pushes: readonly PushRecord[],
  firstSeenAt: ReadonlyMap<string, number>,
  leftOut: ReadonlySet<string>
): number[] {
  return [...firstPushTimes(pushes)].flatMap(([ordersn, sentAt]) => {
    const seenAt = firstSeenAt.get(ordersn)
    return seenAt === undefined || leftOut.has(ordersn) ? [] : seenAt - sentAt
  })
}
