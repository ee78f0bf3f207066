import type { Sandbox } from "../sandbox"
import { ShopeeError, timestampExpired } from "../shopee-error"
import { hmacHex, publicBaseString, shopBaseString, signaturesMatch } from "../signing"

const TIMESTAMP_LIFE_MS = 5 * 60 * 1000
/** partner_id, shop_id and timestamp are unsigned 32-bit numbers. */
const MAX_UINT32 = 2 ** 32 - 1

/**
 * Checks the common parameters of a call, which are in the query for POST as well, and answers the shop (0 for public APIs).
 * @throws ShopeeError for a wrong partner, a stale timestamp, a wrong signature or an unusable access token, in this order
 */
export function checkSignature(
  sandbox: Sandbox,
  access: "public" | "shop",
  path: string,
  query: URLSearchParams
): number {
  const partnerId = uint32(query, "partner_id")
  if (partnerId !== String(sandbox.options.partnerId)) {
    throw new ShopeeError("invalid_partner_id", "partner_id is invalid.", 403)
  }
  const timestamp = uint32(query, "timestamp")
  // Callers sign with their own clock, so a sandbox clock that was moved ahead must not count here.
  if (Math.abs(sandbox.clock.realNow() - Number(timestamp) * 1000) > TIMESTAMP_LIFE_MS) throw timestampExpired()
  const sign = present(query, "sign")
  if (access === "public") {
    requireSignature(sandbox, publicBaseString(partnerId, path, timestamp), sign)
    return 0
  }
  const accessToken = present(query, "access_token")
  const shopId = uint32(query, "shop_id")
  if (query.has("merchant_id")) throw wrongSign()
  requireSignature(sandbox, shopBaseString(partnerId, path, timestamp, accessToken, shopId), sign)
  sandbox.tokens.checkAccessToken(accessToken, Number(shopId))
  return Number(shopId)
}

function requireSignature(sandbox: Sandbox, baseString: string, sign: string): void {
  if (!signaturesMatch(hmacHex(sandbox.options.partnerKey, baseString), sign)) throw wrongSign()
}

function present(query: URLSearchParams, name: string): string {
  const value = query.get(name)
  if (!value) throw new ShopeeError("error_param", `There is no ${name} in query.`, 403)
  return value
}

function uint32(query: URLSearchParams, name: string): string {
  const value = present(query, name)
  if (!/^\d+$/.test(value) || Number(value) > MAX_UINT32) {
    throw new ShopeeError("error_param", `${name} is not a uint32.`, 403)
  }
  return value
}

function wrongSign(): ShopeeError {
  return new ShopeeError("error_sign", "Wrong sign.", 403)
}
