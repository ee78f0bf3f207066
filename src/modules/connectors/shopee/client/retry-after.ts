/** Nobody is believed to want more: Shopee's longest limit is a day's quota. */
const LONGEST_RETRY_AFTER_MS = 24 * 60 * 60_000

const SGT_OFFSET_MS = 8 * 60 * 60_000
const DAY_MS = 24 * 60 * 60_000

/** What a `Retry-After` header asks for, seconds or an HTTP date (RFC 9110 §10.2.3), as milliseconds; null if unreadable. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? ""
  if (text === "") {
    return null
  }
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST_RETRY_AFTER_MS)
}

/** Milliseconds until Shopee's daily call quota starts anew, at 00:00 UTC+8 (Shopee reference §5.3). */
export function msUntilQuotaReset(nowMs: number): number {
  return DAY_MS - ((nowMs + SGT_OFFSET_MS) % DAY_MS)
}
