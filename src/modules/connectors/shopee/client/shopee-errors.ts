/**
 * What a failed call means for the work that needed it:
 *
 * - `transient`: Shopee or the network is in trouble; the same call may succeed later.
 * - `throttled`: too many calls; `retryAfterMs` says when, if Shopee did.
 * - `auth`: this app or shop may not call now; the work waits until a person acts.
 * - `not_found`: Shopee doesn't know what was asked for.
 * - `permanent`: the same call can't succeed.
 */
export type ShopeeCallErrorKind = "transient" | "throttled" | "auth" | "not_found" | "permanent"

export interface ShopeeCallErrorDetails {
  kind: ShopeeCallErrorKind
  /** Shopee's path without the prefix, for example `order/get_order_detail`. */
  endpoint: string
  /** Shopee's error code, its last dotted segment; ours in brackets when Shopee gave none, for example `(deadline)`. */
  code: string
  /** What went wrong, in Shopee's words if there are any. Redacted: holds no token, key or signature. */
  reason: string
  /** What to do about it, a sentence. */
  hint?: string
  httpStatus?: number | null
  requestId?: string | null
  retryAfterMs?: number | null
  /** True when only authorising the shop again helps. */
  needsAuthorization?: boolean
}

/** A call to Shopee failed. Carries no token and no cause that could: safe to log. */
export class ShopeeCallError extends Error {
  override readonly name = "ShopeeCallError"
  readonly kind: ShopeeCallErrorKind
  readonly endpoint: string
  readonly code: string
  readonly reason: string
  readonly httpStatus: number | null
  /** Shopee's id of the call, for its support. */
  readonly requestId: string | null
  /** Set only for `throttled`, and only when Shopee or its daily quota says when. */
  readonly retryAfterMs: number | null
  readonly needsAuthorization: boolean

  constructor(details: ShopeeCallErrorDetails) {
    const code = details.code.startsWith("(") ? "" : `${details.code}: `
    super(`Shopee ${details.endpoint}: ${code}${details.reason}${details.hint ? ` ${details.hint}` : ""}`)
    this.kind = details.kind
    this.endpoint = details.endpoint
    this.code = details.code
    this.reason = details.reason
    this.httpStatus = details.httpStatus ?? null
    this.requestId = details.requestId ?? null
    this.retryAfterMs = details.retryAfterMs ?? null
    this.needsAuthorization = details.needsAuthorization ?? false
  }
}
