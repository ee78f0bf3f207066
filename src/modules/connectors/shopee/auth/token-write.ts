import type { AccessToken } from "../sdk"
import type { StoredToken, TokenWrite } from "../types/stored-token"
import type { TokenCipher } from "./token-cipher"

/** An access token is given up this long before Shopee would: a call that starts now must still end in time. */
const EXPIRY_MARGIN_MS = 60_000

/** Shopee's samples also show the moment of expiry where the seconds left belong (Shopee reference §5.2). */
const SMALLEST_EPOCH_SECONDS = 1e9

/** Fields of Shopee's answer that are worth keeping; an allow-list, so that no token can slip in. */
const KEPT_FIELDS = ["request_id", "error", "message", "expire_in", "partner_id", "shop_id", "merchant_id"] as const

/**
 * The row to write for a pair that Shopee issued.
 *
 * @param nowMs epoch milliseconds.
 * @throws Error when the answer lacks a token or its life time; the text holds neither.
 */
export function toTokenWrite(token: AccessToken, shopId: string, cipher: TokenCipher, nowMs: number): TokenWrite {
  if (!isText(token.access_token) || !isText(token.refresh_token) || !(Number(token.expire_in) > 0)) {
    throw new Error(`Shopee's answer for shop ${shopId} is not a pair of tokens with a life time.`)
  }
  const { expireInSeconds, expiresAtMs } = expiryOf(token, nowMs)
  return {
    shopId,
    sealedAccessToken: cipher.seal(token.access_token, "access_token", shopId),
    sealedRefreshToken: cipher.seal(token.refresh_token, "refresh_token", shopId),
    expireInSeconds,
    expiresAtMs,
    merchantIds: token.merchant_id_list ?? null,
    shopIds: token.shop_id_list ?? null,
    supplierIds: token.supplier_id_list ?? null,
    payload: keptFields(token),
  }
}

/** The stored pair as the SDK knows it. */
export function toAccessToken(stored: StoredToken, cipher: TokenCipher): AccessToken {
  const { payload, shopId } = stored
  return {
    access_token: cipher.open(stored.sealedAccessToken, "access_token", shopId),
    refresh_token: cipher.open(stored.sealedRefreshToken, "refresh_token", shopId),
    expire_in: stored.expireInSeconds,
    expired_at: stored.expiresAtMs,
    request_id: textOf(payload["request_id"]),
    error: textOf(payload["error"]),
    message: textOf(payload["message"]),
    shop_id: Number(shopId),
    ...(stored.merchantIds && { merchant_id_list: stored.merchantIds }),
    ...(stored.shopIds && { shop_id_list: stored.shopIds }),
    ...(stored.supplierIds && { supplier_id_list: stored.supplierIds }),
  }
}

function expiryOf(token: AccessToken, nowMs: number): { expireInSeconds: number; expiresAtMs: number } {
  const expireIn = Number(token.expire_in)
  if (expireIn > SMALLEST_EPOCH_SECONDS) {
    // The SDK took the moment for a duration, so its `expired_at` is thousands of years away.
    return {
      expireInSeconds: Math.max(0, Math.round(expireIn - nowMs / 1000)),
      expiresAtMs: expireIn * 1000 - EXPIRY_MARGIN_MS,
    }
  }
  const given = Number(token.expired_at)
  return {
    expireInSeconds: Math.round(expireIn),
    expiresAtMs: given > 0 ? Math.round(given) : nowMs + expireIn * 1000 - EXPIRY_MARGIN_MS,
  }
}

function keptFields(token: AccessToken): Record<string, unknown> {
  const fields = new Map<string, unknown>(Object.entries(token))
  return Object.fromEntries(KEPT_FIELDS.filter((name) => fields.has(name)).map((name) => [name, fields.get(name)]))
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== ""
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : ""
}
