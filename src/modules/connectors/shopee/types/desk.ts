import type { ExceptionView } from "../../shared/types/exception-view"
import type { Page, Timestamp } from "./desk-values"
import type { RawEventSource } from "./enums"

/**
 * What `/admin/connectors` answers: the contract between the Admin's API and its screens, all of it importable from here. Times are ISO
 * 8601 in UTC, amounts are decimal text in major units.
 */

export type { ExceptionView }
export type * from "./desk-activity"
export type * from "./desk-escrow"
export type * from "./desk-orders"
export type * from "./desk-settings"
export type * from "./desk-status"
export type * from "./desk-values"

/** `GET /admin/connectors/exceptions` */
export interface ExceptionListAnswer extends Page {
  exceptions: ExceptionView[]
}

/** `POST /admin/connectors/exceptions/:id/resolve` */
export interface ExceptionAnswer {
  exception: ExceptionView
}

/** What a retry set in motion. `POST /admin/connectors/exceptions/:id/retry` and `POST /admin/connectors/exceptions/retry` */
export interface RetryAnswer {
  /** Names the run in the stored findings. */
  run_id: string
  /** Orders that are looked at again. */
  orders: number
  /** Escrows that are fetched again. */
  escrows: number
  /** Shops whose pause was ended. */
  shops: number
  /** Jobs that run again. */
  jobs: number
  /** Rejected pushes that turned out genuine. */
  accepted_pushes: number
  /** Exceptions that no retry can change: a person settles them. */
  left_alone: number
}

/** `GET /admin/connectors/shopee/raw-events/:id` */
export interface RawEventAnswer {
  raw_event: {
    id: string
    event_type: number
    source: `${RawEventSource}`
    shop_id: string | null
    ordersn: string | null
    shopee_event_id: string | null
    /** true = verified push, false = rejected, null = came from a call that was authenticated. */
    signature_ok: boolean | null
    /** Whether it carried a signature; which one is nobody's business. */
    signed: boolean
    payload: Record<string, unknown>
    processed: boolean
    processed_at: Timestamp | null
    created_at: Timestamp
  }
}
