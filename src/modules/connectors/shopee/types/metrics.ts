/**
 * What became of a push:
 *
 * - `stored`, `duplicate`: authentic; new, or here already
 * - `probe`: Shopee's check of the callback URL
 * - `rejected`: not authentic
 * - `unverifiable`: can't be checked while the connector is not configured; Shopee keeps it
 * - `failed`: could not be stored; Shopee keeps it
 */
export type PushResult = "stored" | "duplicate" | "probe" | "rejected" | "unverifiable" | "failed"

/** One call to Shopee, as it ended. */
export interface ObservedCall {
  /** Shopee's path without the prefix. */
  endpoint: string
  /** `ok`, or the kind of the error. */
  result: string
  seconds: number
}

/** How much the inbox holds, by the database's clock. */
export interface InboxLevels {
  /** Orders that could be claimed now. */
  due: number
  /** Orders that somebody works on. */
  claimed: number
  /** Orders that are tried again later. */
  backingOff: number
  /** Orders that wait for a person. */
  held: number
  /** Events about no order that are not handled yet. */
  pendingEvents: number
  /** Escrows that are due or tried again later. */
  escrows: number
  /** How long the longest waiting order has been due; 0 = none is. */
  oldestDueSeconds: number
}

/** How long a shop can still be called. */
export interface AuthorizationLife {
  shopId: string
  /** Negative = expired. */
  accessTokenSeconds: number
  /** null = Shopee has not been asked yet. */
  authorizationSeconds: number | null
  refused: boolean
  /** Calls wait because of an outage or a rate limit. */
  paused: boolean
}
