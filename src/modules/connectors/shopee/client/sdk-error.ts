import { redactSecrets } from "../../shared/redaction"
import type { CallTransport } from "./call-transport"
import { isAuthorizationGone, isClockSkew, isDailyQuota, kindOf, lastSegment, type ShopeeRefusal } from "./error-kinds"
import { msUntilQuotaReset } from "./retry-after"
import { ShopeeCallError } from "./shopee-errors"

const LONGEST_MESSAGE = 300

/** What the SDK threw, with what the transport saw. */
export interface FailedCall {
  endpoint: string
  error: unknown
  transport?: Pick<CallTransport, "httpStatus" | "retryAfterMs" | "abortedBy">
  /** Values that must not appear in any text, whatever names they go by: tokens and keys of this call. */
  secrets: string[]
}

/** The body of an error that the SDK threw for Shopee's answer; null for any other error. */
export function apiErrorBody(error: unknown): Record<string, unknown> | null {
  // The SDK doesn't export its error classes.
  if (error instanceof Error && error.name === "ShopeeApiError" && "data" in error && isRecord(error.data)) {
    return error.data
  }
  return null
}

/** The refusal in the body of an answer, for the rules in `error-kinds.ts`. */
export function refusalOf(body: Record<string, unknown>, httpStatus: number | null): ShopeeRefusal {
  return { code: textOf(body["error"]), message: textOf(body["message"]), httpStatus }
}

/**
 * The typed error for a call that failed. Its text is written here: the SDK's own holds the whole URL with token and
 * signature for a network error, and whole answers with buyers' data for some others.
 */
export function toShopeeCallError(call: FailedCall): ShopeeCallError {
  const { error, transport } = call
  if (error instanceof ShopeeCallError) {
    return error
  }
  if (transport?.abortedBy) {
    return brokenCall(call, `(${transport.abortedBy.reason})`, transport.abortedBy.message)
  }
  const body = apiErrorBody(error)
  return body ? refusedCall(call, body) : brokenCall(call, ...whatBroke(error))
}

/** The error for a call that Shopee answered with an error of its own. */
export function refusedCall(call: FailedCall, body: Record<string, unknown>): ShopeeCallError {
  const refusal = refusalOf(body, httpStatusOf(call))
  const kind = kindOf(refusal)
  return new ShopeeCallError({
    kind,
    endpoint: call.endpoint,
    code: safeText(lastSegment(refusal.code), call.secrets),
    reason: safeText(refusal.message, call.secrets) || "no message",
    ...hintFor(refusal),
    httpStatus: refusal.httpStatus,
    requestId: safeText(textOf(body["request_id"]), call.secrets) || null,
    retryAfterMs: kind === "throttled" ? throttledFor(refusal, call.transport?.retryAfterMs ?? null) : null,
    needsAuthorization: isAuthorizationGone(refusal.code),
  })
}

function hintFor(refusal: ShopeeRefusal): { hint?: string } {
  if (isClockSkew(refusal)) {
    return { hint: "Check the clock of this machine: Shopee allows five minutes." }
  }
  return lastSegment(refusal.code) === "invalid_code"
    ? { hint: "A code works once, within ten minutes: authorise the shop again to get a new one." }
    : {}
}

/** The error for a call without a usable answer. */
export function brokenCall(call: FailedCall, code: string, reason: string): ShopeeCallError {
  const httpStatus = httpStatusOf(call)
  const throttled = httpStatus === 429
  return new ShopeeCallError({
    kind: throttled ? "throttled" : "transient",
    endpoint: call.endpoint,
    code,
    reason: `${safeText(reason, call.secrets)}${httpStatus === null ? "" : ` (HTTP ${httpStatus})`}`,
    httpStatus,
    retryAfterMs: throttled ? (call.transport?.retryAfterMs ?? null) : null,
  })
}

/** Our code and words for an error of the SDK that isn't an answer of Shopee. */
function whatBroke(error: unknown): [code: string, reason: string] {
  const text = error instanceof Error ? error.message : String(error)
  if (text.startsWith("Network error:")) {
    return ["(network)", `network trouble: ${/reason: (.*)$/s.exec(text)?.[1] ?? "the answer broke off"}`]
  }
  if (text.startsWith("Unknown response type:")) {
    const title = /<title[^>]*>([^<]{1,100})/i.exec(text)?.[1]?.trim()
    return ["(not_json)", `the answer is not JSON${title ? `: "${title}"` : ""}`]
  }
  if (/JSON/i.test(text)) {
    return ["(malformed)", "the answer is not valid JSON"]
  }
  return ["(unexpected)", `the call broke off: ${text.replace(/https?:\/\/\S+/gi, "[address]")}`]
}

function httpStatusOf({ error, transport }: FailedCall): number | null {
  const status = error instanceof Error && "status" in error ? error.status : null
  return transport?.httpStatus ?? (typeof status === "number" ? status : null)
}

function throttledFor(refusal: ShopeeRefusal, retryAfter: number | null): number | null {
  return retryAfter ?? (isDailyQuota(refusal.code) ? msUntilQuotaReset(Date.now()) : null)
}

/** Redacted, on one line and short. */
function safeText(text: string, secrets: string[]): string {
  const known = secrets
    .filter((secret) => secret !== "")
    .reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text)
  return redactSecrets(known).replace(/\s+/g, " ").trim().slice(0, LONGEST_MESSAGE)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : ""
}
