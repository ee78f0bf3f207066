/** A call of the API, as the sandbox saw it. Times in epoch milliseconds (real time). */
export interface CallRecord {
  time: number
  endpoint: string
  shop_id: number
  order_sns: string[]
  /** `ok`, or the error code of the answer. */
  result: string
  http_status: number
  ms: number
  /** The kind of the fault that spoiled the answer. */
  fault?: string
}

export interface CallReport {
  total: number
  /** Calls by endpoint, e.g. `/order/get_order_detail`. */
  by_endpoint: Record<string, number>
  /** The newest calls, oldest first. */
  last: CallRecord[]
}

/** One attempt to deliver a push. */
export interface PushAttempt {
  /** Epoch milliseconds, sandbox time. */
  time: number
  /** HTTP status, or null when there was no answer. */
  status: number | null
  latency_ms: number
  /** 2xx with an empty body inside the timeout. */
  ok: boolean
  error?: string
  fault?: string
}

/** `not-sent`: no callback URL, code switched off, shop blocked or subscription suspended; such a push is never sent later. */
export type PushState = "queued" | "held" | "retrying" | "delivered" | "lost" | "not-sent"

export interface PushRecord {
  id: number
  msg_id: string
  code: number
  shop_id?: number
  ordersn?: string
  body: string
  state: PushState
  attempts: PushAttempt[]
}

export interface PushReport {
  /** Counts since the last reset. Latencies in milliseconds, over all attempts that were answered. */
  statistics: {
    published: number
    delivered: number
    lost: number
    not_sent: number
    attempts: number
    failed_attempts: number
    pending: number
    latency_p50_ms: number
    latency_p99_ms: number
  }
  health: { status: "Normal" | "Warning" | "Suspended"; pushes_in_window: number; success_rate: number }
  /** The newest pushes, oldest first. */
  pushes: PushRecord[]
}

/** A push that could not be delivered and waits to be fetched. */
export interface LostPush {
  id: number
  shop_id?: number
  code: number
  /** Epoch seconds: when it was lost. */
  timestamp: number
  /** The whole push as text. */
  data: string
}

/** The push subscription as it can be set from the control API. */
export interface PushSettings {
  /** The URL as saved in the console: it is part of what is signed. Null: no subscription. */
  callbackUrl?: string | null
  /** Where pushes are really sent when that is not the callback URL. Must be on this machine. */
  deliveryUrl?: string | null
  pushKey?: string
  /** Seconds of sandbox time between attempts; `[]` makes a failed push lost at once. */
  retryDelays?: number[]
  /** Keeps only this many of Shopee's retries; `0` makes a failed push lost at once. */
  retries?: number
  /** Real milliseconds until an attempt is given up. Shopee: 3000. */
  timeoutMs?: number
  /** Attempts in flight at the same time. Default 32. */
  concurrency?: number
}

/** A push made by hand. */
export interface ManualPush {
  /** The exact text to send; else an envelope is made of `code`, `data` and `shop_id`. */
  body?: string
  /** Exact bytes in base64, for what is not text. Wins over `body`. */
  body_base64?: string
  code?: number
  data?: unknown
  /** Default: the sandbox's shop, except for the partner level codes 1, 2 and 12. */
  shop_id?: number
  timestamp?: number
  /** Leave `msg_id` out, as old pushes did. */
  without_msg_id?: boolean
  /**
   * `official` bare hex over url|body (default; code 0 goes unsigned) · `official-prefixed` the same after `SHA256 ` ·
   * `body-only` `SHA256 ` and a digest of the body alone · `body-only-bare` that digest bare · `wrong` another key · `none`.
   */
  signature?: "official" | "official-prefixed" | "body-only" | "body-only-bare" | "wrong" | "none"
  headers?: Record<string, string>
  times?: number
  /** How many of them are sent at the same time. Default 1. */
  concurrency?: number
}

/** The receiver's answer to a push made by hand. */
export interface PushAnswer {
  /** Null when there was no answer. */
  status: number | null
  body: string
  ms: number
  error?: string
}

export interface TokenReport {
  shop_id: number
  /** The first characters of the newest tokens. */
  access_token: string
  refresh_token: string
  access_expires_at: number
  refresh_expires_at: number
  /** How often a refresh token was spent, and how often an already spent or unknown one was tried. */
  refreshes: number
  refused_refreshes: number
}

export interface HealthReport {
  status: "ok"
  /** Sandbox time in epoch seconds, and how far it is ahead of real time. */
  now: number
  ahead_seconds: number
  api_base_url: string
  partner_id: number
  shop_id: number
  orders: number
  callback_url: string | null
}
