import type { ShopeeCallErrorKind } from "./shopee-errors"

/** What Shopee's body and the HTTP status say about a failed call. */
export interface ShopeeRefusal {
  /** The error code as Shopee sent it. */
  code: string
  message: string
  httpStatus: number | null
}

// Codes by meaning, from the error tables of Shopee's documentation (Shopee reference §5.3).
const AUTHORIZATION_GONE = new Set([
  "refresh_token_expired",
  "error_shop_refresh_token",
  "shop_access_expired",
  "shop_no_linked",
  "partner_shop_no_link",
  "invalid_code",
])
const AUTH = new Set([
  ...AUTHORIZATION_GONE,
  "error_auth",
  "invalid_acceess_token",
  "invalid_access_token",
  "error_sign",
  "invalid_partner_id",
  "shop_banned",
  "error_kyc_auth",
  "error_partner_key_expired",
  "error_api_permission",
  "error_ashop_api_permission",
  "error_api_call_restricted",
  "api_suspended",
  "source_ip_undeclared",
])
const PERMISSION_DENIED = new Set([
  "error_api_permission",
  "error_ashop_api_permission",
  "error_api_call_restricted",
  "error_permission",
])
const TOKEN_REJECTED = new Set(["invalid_acceess_token", "invalid_access_token"])
const DAILY_QUOTA = "error_limit"
const THROTTLED = new Set(["error_rate_limit", "error_too_many_request", "error_too_many_requests", DAILY_QUOTA])
const NOT_FOUND = new Set(["error_not_found", "order_not_found", "income_not_found"])
const TRANSIENT = new Set(["error_network", "error_data"])

/** Shopee's older codes carry a module's name (`common.error_auth`): the last dotted segment is what counts. */
export function lastSegment(code: string): string {
  return code.trim().split(".").at(-1) ?? ""
}

/** True for what the official samples print where there is no error: nothing, blanks, or a dash. */
export function isNoError(code: unknown): boolean {
  return code === undefined || code === null || (typeof code === "string" && ["", "-"].includes(code.trim()))
}

/** What a refusal means for the work that needed the call. A code that nobody documented counts as permanent. */
export function kindOf({ code, message, httpStatus }: ShopeeRefusal): ShopeeCallErrorKind {
  const name = lastSegment(code)
  if (THROTTLED.has(name) || httpStatus === 429) {
    return "throttled"
  }
  // Shopee says this under several codes, also under error_auth, where the token is fine.
  if (/system (error|busy)|try again later/i.test(message)) {
    return "transient"
  }
  // Our clock, or a request that was under way for minutes: not the order's fault, so nothing may be held for it.
  if (isClockSkew({ code, message })) {
    return "transient"
  }
  if (AUTH.has(name)) {
    return "auth"
  }
  if (NOT_FOUND.has(name) || (name === "error_param" && /\bnot found\b/i.test(message))) {
    return "not_found"
  }
  if (TRANSIENT.has(name) || name.endsWith("error_server") || (httpStatus !== null && httpStatus >= 500)) {
    return "transient"
  }
  return "permanent"
}

/** Shopee accepts signatures for five minutes. */
export function isClockSkew({ code, message }: Pick<ShopeeRefusal, "code" | "message">): boolean {
  return lastSegment(code) === "error_param" && /timestamp.*(expired|invalid)/i.test(message)
}

/** True when the access token was rejected and a refreshed one may be accepted. */
export function isTokenRejected(refusal: ShopeeRefusal): boolean {
  const name = lastSegment(refusal.code)
  return (
    TOKEN_REJECTED.has(name) ||
    (name === "error_auth" && kindOf(refusal) === "auth" && /access_?\s?token/i.test(refusal.message))
  )
}

/** True when only authorising the shop again helps. */
export function isAuthorizationGone(code: string): boolean {
  return AUTHORIZATION_GONE.has(lastSegment(code))
}

/** True when Shopee denies this one call to the app, whatever token it comes with ("No permission to current api."). */
export function isPermissionDenied({ code, message }: Pick<ShopeeRefusal, "code" | "message">): boolean {
  const name = lastSegment(code)
  return PERMISSION_DENIED.has(name) || (name === "error_auth" && /permission/i.test(message))
}

/** True for the quota that starts anew at midnight in Singapore. */
export function isDailyQuota(code: string): boolean {
  return lastSegment(code) === DAILY_QUOTA
}

/**
 * True when the answer to a refresh says that this refresh token will never work (again): used up, expired, or its
 * authorisation withdrawn. A refusal of the app itself (signature, IP address, partner key) is not: fixing that helps.
 */
export function isRefreshTokenRefused(refusal: ShopeeRefusal): boolean {
  const kind = kindOf(refusal)
  if (kind === "transient" || kind === "throttled") {
    return false
  }
  const name = lastSegment(refusal.code)
  return (
    AUTHORIZATION_GONE.has(name) ||
    /refresh_?\s?token/i.test(refusal.message) ||
    (name === "error_auth" && !/partner|permission|\bip\b|sign/i.test(refusal.message))
  )
}
