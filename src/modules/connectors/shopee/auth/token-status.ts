import type { StoredToken } from "../types/stored-token"
import type { TokenCipher, TokenColumn } from "./token-cipher"
import { TokenUnreadableError } from "./token-errors"

/** At most this much of a token is ever shown, to tell two of them apart. */
const SHOWN_CHARACTERS = 6

const SGT_OFFSET_MS = 8 * 60 * 60_000
const MINUTE_MS = 60_000

/** What an operator reads about the authorisation of a shop. */
export interface TokenStatus {
  /** False when nothing can be called before somebody acts. */
  usable: boolean
  /** Label and text, in the order to be printed. */
  lines: [label: string, text: string][]
}

/** Describes a token row. @param now epoch milliseconds. */
export function describeToken(stored: StoredToken, cipher: TokenCipher, now: number): TokenStatus {
  const access = preview(stored.sealedAccessToken, "access_token", stored.shopId, cipher)
  const refresh = preview(stored.sealedRefreshToken, "refresh_token", stored.shopId, cipher)
  const when = (date: Date | null) => (date ? describeTime(date.getTime(), now) : "never")
  return {
    usable: stored.refusedAt === null && access.readable && refresh.readable,
    lines: [
      ["shop", stored.shopId],
      [
        "state",
        stored.refusedAt ? `refused by Shopee ${when(stored.refusedAt)}: ${stored.refusedReason}` : "authorised",
      ],
      ["authorised", when(stored.authorizedAt)],
      ["access token", `${access.text}, expires ${describeTime(stored.expiresAtMs, now)}`],
      ["refresh token", refresh.text],
      ["last refresh", when(stored.refreshedAt)],
      ["refresh now", refreshState(stored)],
    ],
  }
}

/** The lines of a status, labels aligned. */
export function formatTokenStatus({ lines }: TokenStatus): string {
  const width = Math.max(...lines.map(([label]) => label.length))
  return lines.map(([label, text]) => `${label.padEnd(width)}  ${text}`).join("\n")
}

/** A moment in Singapore's time, and how far away it is: `2026-01-05 16:00:00 SGT (in 3 h 59 min)`. */
export function describeTime(ms: number, now: number): string {
  const local = new Date(ms + SGT_OFFSET_MS).toISOString().slice(0, 19).replace("T", " ")
  return `${local} SGT (${describeDistance(ms - now)})`
}

function describeDistance(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE_MS)
  if (minutes === 0) {
    return ms < 0 ? "just now" : "in less than a minute"
  }
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), "d"],
    [Math.floor(minutes / 60) % 24, "h"],
    [minutes % 60, "min"],
  ]
  const text = parts
    .filter(([amount]) => amount > 0)
    .slice(0, 2)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(" ")
  return ms < 0 ? `${text} ago` : `in ${text}`
}

function refreshState(stored: StoredToken): string {
  if (!stored.refreshLeaseActive) {
    return "idle"
  }
  return stored.refreshClaimId === null ? "failed a moment ago, tried again shortly" : "in progress"
}

function preview(
  sealed: string,
  column: TokenColumn,
  shopId: string,
  cipher: TokenCipher
): { readable: boolean; text: string } {
  try {
    const token = cipher.open(sealed, column, shopId)
    // A token that is hardly longer than the preview would be shown whole.
    return { readable: true, text: token.length > 2 * SHOWN_CHARACTERS ? `${token.slice(0, SHOWN_CHARACTERS)}…` : "…" }
  } catch (error) {
    if (error instanceof TokenUnreadableError) {
      return { readable: false, text: `unreadable: ${error.message}` }
    }
    throw error
  }
}
