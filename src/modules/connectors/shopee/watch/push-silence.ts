/** So long without a push is worth a look at Shopee. A small shop's evening is shorter, its night is quiet at Shopee as well. */
export const SILENCE_MS = 2 * 60 * 60_000

/** Shopee's own retries (5 and 30 min) are still on their way to us: younger changes prove nothing. */
export const PUSH_GRACE_MS = 40 * 60_000

/** Shopee changes `update_time` for things that it doesn't push; an order or two of which we know are no proof. */
const KNOWN_ORDERS_THAT_PROVE = 3

/** What Shopee lists as changed since the last push, and old enough to have been pushed. */
export interface ChangedOrders {
  /** Orders that we have never heard of: a new order is always pushed. */
  unknown: number
  known: number
}

/**
 * Whether pushes have stopped coming although Shopee has something to push: an order that no push told of, or several that changed. Pure.
 */
export const isSilenceAlarming = ({ unknown, known }: ChangedOrders): boolean =>
  unknown > 0 || known >= KNOWN_ORDERS_THAT_PROVE
