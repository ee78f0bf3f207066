import { createHmac, timingSafeEqual } from "node:crypto"

/** What an `Authorization` header of a push can be. */
export type PushAuthorization = { prefixed: boolean; digest: Buffer }

const AUTHORIZATION = /^(SHA256 )?([0-9a-fA-F]{64})$/

/** Reads a push's `Authorization` header; null when it is absent or of no form that Shopee or the first plan names. */
export const readPushAuthorization = (header: string | undefined | null): PushAuthorization | null => {
  const match = typeof header === "string" ? AUTHORIZATION.exec(header) : null
  const digest = match?.[2]
  return digest === undefined ? null : { prefixed: match?.[1] !== undefined, digest: Buffer.from(digest, "hex") }
}

/**
 * Whether a push comes from the holder of `key`. Two forms are accepted (product §3, §6.4):
 *
 * - HMAC-SHA256 over `callbackUrl + "|" + rawBody`, Shopee's own form; needs `callbackUrl`, the exact text saved in Shopee's
 *   console. The header is the bare hex digest, or the digest after `SHA256 `.
 * - HMAC-SHA256 over `rawBody` alone; only with the prefix `SHA256 `.
 *
 * Compares in constant time. An empty key, and anything that can't be read, is not authentic. Never throws.
 */
export const verifyWebhookSignature = (
  rawBody: Buffer | string,
  authorizationHeader: string | undefined | null,
  key: string,
  callbackUrl?: string
): boolean => {
  const authorization = readPushAuthorization(authorizationHeader)
  const readableBody = typeof rawBody === "string" || Buffer.isBuffer(rawBody)
  if (authorization === null || !readableBody || typeof key !== "string" || key === "") {
    return false
  }

  const official = callbackUrl ? matches(authorization.digest, key, `${callbackUrl}|`, rawBody) : false
  const bodyOnly = authorization.prefixed ? matches(authorization.digest, key, "", rawBody) : false
  return official || bodyOnly
}

const matches = (digest: Buffer, key: string, prefix: string, rawBody: Buffer | string): boolean =>
  timingSafeEqual(digest, createHmac("sha256", key).update(prefix).update(rawBody).digest())
