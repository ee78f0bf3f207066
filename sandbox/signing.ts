import { createHmac, timingSafeEqual } from "node:crypto"

/** HMAC-SHA256 as lower-case hexadecimal; the key is used as UTF-8 text, as Shopee does. */
export function hmacHex(key: string, text: string | Buffer): string {
  return createHmac("sha256", key).update(text).digest("hex")
}

/** Compares two signatures in time that does not depend on where they differ. */
export function signaturesMatch(expected: string, given: string): boolean {
  const expectedBytes = Buffer.from(expected, "utf8")
  const givenBytes = Buffer.from(given, "utf8")
  return expectedBytes.length === givenBytes.length && timingSafeEqual(expectedBytes, givenBytes)
}

/** The text signed for a public API: partner, path (with /api/v2, without query), timestamp. */
export function publicBaseString(partnerId: string, path: string, timestamp: string): string {
  return partnerId + path + timestamp
}

/** The text signed for a shop API: as for a public one, then access token and shop. */
export function shopBaseString(
  partnerId: string,
  path: string,
  timestamp: string,
  accessToken: string,
  shopId: string
): string {
  return partnerId + path + timestamp + accessToken + shopId
}

/** The signature of a push: callback URL exactly as saved, a bar, and the raw body. */
export function pushSignature(pushKey: string, callbackUrl: string, rawBody: Buffer): string {
  return hmacHex(pushKey, Buffer.concat([Buffer.from(`${callbackUrl}|`, "utf8"), rawBody]))
}
