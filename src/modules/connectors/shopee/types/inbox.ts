import type { RawEventSource } from "./enums"

/** One thing that Shopee told us, ready to be stored. Made from authenticated bytes only. */
export interface IncomingEvent {
  /** Id of the row to be, for whoever has to know which of several events were new; else one is made. */
  id?: string
  /** Shopee's push code, or `UNREADABLE_PUSH_CODE`. */
  eventType: number
  /** Shopee's own `msg_id` when the body carries one. Informative: it never decides what is a duplicate. */
  shopeeEventId: string | null
  shopId: string | null
  /** The order that has to be looked at again; null for events about the shop or the app. */
  ordersn: string | null
  /** The parsed body in a form that jsonb takes. */
  payload: Record<string, unknown>
  /** The exact bytes as base64; null for findings that came from no push. */
  rawBody: string | null
  signature: string | null
  /** true = verified push, null = came from an authenticated API call. Rejected pushes have a way in of their own. */
  signatureOk: true | null
  source: RawEventSource
  /**
   * Shopee's `update_time` of the order when it told this. A reading that is older has not caught up with the event yet. Absent when
   * Shopee did not say; a time that lies ahead of our clock is not believed.
   */
  updateTime?: Date | null
  /** Equal for two tellings of the same thing. */
  identity: string
  /** The run of a reconciliation or backfill that found it; absent for everything else. */
  findingRunId?: string
}

/** A push that could not be authenticated. Kept, within bounds, so that a wrongly configured key can be put right later. */
export interface RejectedPush {
  rawBody: string
  signature: string | null
  reason: string
}

/** A rejected push as it was kept. */
export interface StoredRejection {
  id: string
  /** Base64. */
  rawBody: string
  signature: string | null
}

/** An order that this process may work on until the lease ends. */
export interface OrderClaim {
  /** Id of the `shopee_order_sync` row. */
  id: string
  claimId: string
  shopId: string
  ordersn: string
  /** Counts the events of the order; a higher one at completion means that something newer arrived meanwhile. */
  dueVersion: number
  /** Failed attempts so far. */
  attempts: number
  firstFailedAt: Date | null
  medusaOrderId: string | null
  /** Shopee's `update_time` of the reading that was applied last. */
  shopeeUpdateTime: Date | null
  /** The newest `update_time` that an event told of the order. */
  heardUpdateTime: Date | null
  /** Readings in a row that were older than that. */
  rereads: number
  lastRawEventId: string | null
}

/** What to remember of an order that is now where Shopee says it is. */
export interface CompletedOrder {
  id: string
  dueVersion: number
  medusaOrderId: string | null
  shopeeStatus: string
  shopeeUpdateTime: Date
}

/** What becomes of an order that could not be brought there. */
export interface FailedOrder {
  id: string
  dueVersion: number
  /** Milliseconds until the next attempt; null = held until a person, or the cause going away, releases it. */
  retryInMs: number | null
  /** SKUs that release the order as soon as Medusa knows one of them. */
  waitingSkus: string[] | null
  /** Listings (`listingKey`) that release the order as soon as one of them is mapped. */
  waitingListings: string[] | null
}

/** A stored event that concerns no order: authorisation pushes, unknown codes, unreadable bodies. */
export interface PendingEvent {
  id: string
  eventType: number
  shopId: string | null
  payload: Record<string, unknown>
}
