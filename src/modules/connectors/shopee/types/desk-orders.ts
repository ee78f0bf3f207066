import type { ErrorClass } from "../../shared/types/enums"
import type { ExceptionView } from "../../shared/types/exception-view"
import type { EscrowState, EscrowView } from "./desk-escrow"
import type { Amount, Page, Timestamp } from "./desk-values"
import type { OrderSyncStatus, RawEventSource } from "./enums"

/**
 * Where the connector stands with an order: `waiting` = due or being worked on, `retrying` = failed and due again by itself, `held` =
 * waits for a person, `done` = where Shopee is.
 */
export type OrderProgress = "waiting" | "retrying" | "held" | "done"

/** What the buyer pays for an order, as Medusa has it; what was to be paid, for a cancelled one. */
export interface OrderTotal {
  amount: Amount
  currency: string
}

/** A Shopee order as lists show it. */
export interface ShopeeOrderSummary {
  ordersn: string
  shop_id: string
  /** As Shopee said it last; null while nobody has read the order. */
  shopee_status: string | null
  shopee_update_time: Timestamp | null
  sync_status: `${OrderSyncStatus}`
  progress: OrderProgress
  medusa_order_id: string | null
  /** Failed attempts in a row. */
  attempts: number
  first_failed_at: Timestamp | null
  /** When it is looked at next; null = not before Shopee says something new, or a person does. */
  next_attempt_at: Timestamp | null
  /** SKUs that a held order waits for. */
  waiting_skus: string[]
  created_at: Timestamp
  updated_at: Timestamp
}

/** A row of `GET /admin/connectors/shopee/orders`. */
export interface ShopeeOrderRow extends ShopeeOrderSummary {
  /** null = Medusa has no such order (yet). */
  total: OrderTotal | null
  open_exceptions: { id: string; error_class: `${ErrorClass}` }[]
  escrow: { state: EscrowState; escrow_amount: Amount; payout_amount: Amount | null; currency: string } | null
}

/** `GET /admin/connectors/shopee/orders` */
export interface ShopeeOrderListAnswer extends Page {
  orders: ShopeeOrderRow[]
}

/** How far a parcel has got in Medusa. */
export type ParcelState = "packed" | "shipped" | "delivered" | "canceled"

/** A parcel of an order. */
export interface ParcelView {
  fulfillment_id: string
  package_number: string | null
  state: ParcelState
  tracking_number: string | null
  carrier: string | null
  packed_at: Timestamp | null
  shipped_at: Timestamp | null
  delivered_at: Timestamp | null
  canceled_at: Timestamp | null
}

/** Something that was done to the Medusa order. */
export type OrderDeed =
  | "imported"
  | "captured"
  | "refunded"
  | "packed"
  | "shipped"
  | "delivered"
  | "unpacked"
  | "canceled"
  | "escrow_fetched"
  | "escrow_released"

/** One entry of an order's timeline. */
export type TimelineEntry =
  | {
      kind: "event"
      at: Timestamp
      raw_event_id: string
      /** Shopee's push code; -1 = unreadable. */
      event_type: number
      source: `${RawEventSource}`
      /** The order status that the push spoke of. */
      shopee_status: string | null
      /** Why the connector looked by itself: `retry`, `missing` or `stale` in a comparison; null for a push. */
      finding: string | null
      processed_at: Timestamp | null
    }
  | { kind: "exception_opened"; at: Timestamp; exception_id: string; error_class: `${ErrorClass}`; message: string }
  | {
      kind: "exception_settled"
      at: Timestamp
      exception_id: string
      error_class: `${ErrorClass}`
      resolution: "resolved" | "wont_fix"
      by: string | null
      note: string | null
    }
  | { kind: "failing"; at: Timestamp; attempts: number; next_attempt_at: Timestamp | null }
  | {
      kind: "done"
      at: Timestamp
      deed: OrderDeed
      package_number: string | null
      amount: Amount | null
      currency: string | null
    }

/** `GET /admin/connectors/shopee/orders/:ordersn` */
export interface ShopeeOrderAnswer {
  order: ShopeeOrderSummary
  /** null = Medusa has no such order (yet). */
  total: OrderTotal | null
  parcels: ParcelView[]
  /** Open ones first. */
  exceptions: ExceptionView[]
  escrow: EscrowView | null
  /** Newest first. */
  timeline: TimelineEntry[]
  /** How many older events the timeline leaves out. */
  older_events: number
}

/** `POST /admin/connectors/shopee/orders/:ordersn/sync`: the order is due, and looked at within moments. */
export interface SyncOrderAnswer {
  ordersn: string
  shop_id: string
  /** The stored finding that made it due. */
  raw_event_id: string
}
