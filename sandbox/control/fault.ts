interface Matching {
  /** How many matching requests or pushes are spoiled. Default: every one until it is cleared. */
  times?: number
  /** How many matching ones pass first. Default 0. */
  skip?: number
  /** Only requests or pushes about this order. */
  ordersn?: string
}

interface ApiMatching extends Matching {
  /** The end of the path, e.g. `get_order_detail` or `/auth/access_token/get`; `*` is every endpoint. */
  endpoint: string
}

interface Carrying {
  /** Whether Shopee carries the request out before the answer is spoiled (a refresh then has spent its token). Default false. */
  carried_out?: boolean
}

/** What can go wrong with an API call. */
export type ApiFault = ApiMatching &
  (
    | ({ kind: "rate-limited"; retry_after_seconds?: number } & Carrying)
    | ({ kind: "server-error"; status?: number } & Carrying)
    | ({ kind: "html"; status?: number } & Carrying)
    | ({ kind: "empty"; status?: number } & Carrying)
    | ({ kind: "hang" } & Carrying)
    | ({ kind: "reset" } & Carrying)
    /** The real answer with a broken end, a cut end, or after a while. */
    | { kind: "malformed-json" }
    | { kind: "truncated" }
    | { kind: "slow"; delay_ms: number }
    /** One byte each `interval_ms`. */
    | { kind: "slow-loris"; interval_ms: number }
    /** A well-formed answer of this many megabytes. */
    | { kind: "huge"; megabytes: number }
    /** HTTP 200 (or `status`) with an error code in the envelope. */
    | ({ kind: "error"; code: string; message?: string; status?: number } & Carrying)
    | { kind: "auth-error"; form?: "invalid_acceess_token" | "error_auth" | "shop_access_expired" | "error_sign" }
    | { kind: "clock-skew" }
    /** Leaves these orders (default: the first) out of the answer and says so in `warning`. */
    | { kind: "drop-orders"; order_sns?: string[]; warning?: string }
  )

interface PushMatching extends Matching {
  endpoint: "push"
  /** Only pushes with this code. */
  code?: number
}

/** What can go wrong with a push. */
export type PushFault = PushMatching &
  (
    | { kind: "drop" }
    | { kind: "delay"; delay_ms: number }
    /** Delivered this many more times. */
    | { kind: "duplicate"; copies: number }
    /** Held back until another push has been delivered. */
    | { kind: "reorder" }
    /** The body is changed after it was signed. */
    | { kind: "tamper" }
    | { kind: "wrong-signature" }
  )

/** A fault to inject. */
export type Fault = ApiFault | PushFault

/** A fault in place, with how often it was applied. */
export type ActiveFault = Fault & { id: string; applied: number }
