import type { ConnectorName, ErrorClass } from "../../shared/types/enums"
import type { PushSettings } from "./desk-settings"
import type { Timestamp } from "./desk-values"
import type { OrderSyncStatus, ReconcileStatus } from "./enums"

/**
 * What a shop's authorisation is worth: `authorized`, `refused` by Shopee, `missing`, or `unreadable` with the keys that are set.
 */
export type TokenState = "authorized" | "refused" | "missing" | "unreadable"

/** A comparison of the shop's orders with Shopee's list: the completeness proof. */
export interface CompletenessProof {
  status: `${ReconcileStatus}`
  started_at: Timestamp
  finished_at: Timestamp | null
  window_from: Timestamp
  window_to: Timestamp
  /** Orders that Shopee has in the window, and how many of them Medusa had as Shopee has them. */
  shopee_count: number
  matching_count: number
  waiting_count: number
  missing_count: number
  stale_count: number
  /** Returns that Shopee has in the window, and how many of them were unknown to us or behind. */
  return_count: number
  stale_return_count: number
  /** Why the returns could not be compared; null = they were. */
  returns_error: string | null
  /** Of the missing and stale ones, returns as well, how many are done by now. */
  repaired_count: number
  /** Why no proof could be made. */
  error: string | null
}

/** A shop and whether it can be called. */
export interface ShopStatus {
  shop_id: string
  /** The one that SHOPEE_SHOP_ID names. */
  configured: boolean
  token: TokenState
  /** End of the access token; it is renewed by itself before that. */
  access_expires_at: Timestamp | null
  authorized_at: Timestamp | null
  refreshed_at: Timestamp | null
  refused_at: Timestamp | null
  /** In Shopee's words. */
  refused_reason: string | null
  /** Calls wait until then, because of an outage or a rate limit. */
  paused_until: Timestamp | null
  /** Calls that failed in a row. */
  failed_calls: number
  /** End of the seller's authorisation, as Shopee said when it was last asked; null = not known. */
  authorization_ends_at: Timestamp | null
  /** The newest comparison; null = none was made yet. */
  last_proof: CompletenessProof | null
}

/** Which variables are set; their values are never told. */
export interface ShopeeConfiguration {
  configured: boolean
  /** Variables that have to be set before anything works. */
  missing: string[]
  partner_key: boolean
  push_keys: number
  /** True while pushes are verified with the partner key, which Shopee seldom signs with. */
  push_key_is_partner_key: boolean
  token_keys: number
  alert_webhook: boolean
  /** To be saved in Shopee's console, to the letter; null = not set. */
  callback_url: string | null
  api_base_url: string
  shop_id: string | null
  partner_id: string | null
}

/** Whether pushes reach us. */
export interface PushHealth {
  last_push_at: Timestamp | null
  /** What Shopee says of the subscription, for example Normal, Warning or Suspended; null = not known. */
  subscription: string | null
  /** Open exceptions about pushes: the subscription, its silence, its signatures. */
  problems: number
  /** When Shopee was last asked; null = never. */
  checked_at: Timestamp | null
}

/** The work queue at this moment. */
export interface InboxStatus {
  /** Orders that are due now, those being worked on included. */
  depth: number
  /** How long the oldest of them has been due, in seconds. */
  oldest_age_seconds: number | null
  /** Orders that failed and are due again later. */
  backing_off: number
  /** Orders that wait for a person. */
  held: number
  /** Events without an order that nobody has handled. */
  pending_events: number
  /** Escrows that are due now. */
  escrows_due: number
}

/** A scheduled job as its row tells of it. */
export interface JobStatus {
  name: string
  /** What it is about, for example a shop; "" = it has no scope. */
  scope: string
  schedule: string | null
  next_run_at: Timestamp | null
  running: boolean
  /** No run has succeeded for as long as people are told of, or one that is due has not begun for a while: is a worker up? */
  overdue: boolean
  last_started_at: Timestamp | null
  last_success_at: Timestamp | null
  /** Why the last runs failed; null once one has succeeded. */
  last_error: string | null
  failures_in_a_row: number
  last_duration_ms: number | null
  /** What the last successful run counted: for reconciliation the completeness proof. */
  last_statistics: Record<string, unknown> | null
}

/** `GET /admin/connectors/shopee/status` */
export interface ShopeeStatusAnswer {
  at: Timestamp
  configuration: ShopeeConfiguration
  shops: ShopStatus[]
  inbox: InboxStatus
  /** Orders by state. */
  orders: {
    total: number
    by_sync_status: Record<`${OrderSyncStatus}`, number>
    by_shopee_status: Record<string, number>
  }
  push: PushHealth
  jobs: JobStatus[]
  /** Open exceptions by class; classes without one are left out. */
  open_exceptions: {
    connector: `${ConnectorName}`
    error_class: `${ErrorClass}`
    count: number
    oldest_at: Timestamp
  }[]
}

/** `GET /admin/connectors/shopee/authorize` */
export interface AuthorizeAnswer {
  /** Shopee's page, to be opened in the browser that asked. */
  url: string
  /** It is accepted once, and not after that. */
  expires_at: Timestamp
}

/** One thing that a test of the connection looked at. */
export interface ConnectionCheck {
  name: "configuration" | "shop_call" | "push_subscription" | "callback_url"
  ok: boolean
  /** What was found, in one plain sentence. */
  message: string
}

/** `POST /admin/connectors/shopee/test-connection` */
export interface TestConnectionAnswer {
  ok: boolean
  shop_id: string | null
  /** What the shop's call took; null when it wasn't made. */
  latency_ms: number | null
  checks: ConnectionCheck[]
  /** null = Shopee could not be asked. */
  push: PushSettings | null
}
