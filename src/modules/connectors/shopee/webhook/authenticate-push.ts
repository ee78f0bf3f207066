import { readPushAuthorization, verifyWebhookSignature } from "./verify-signature"

/** Why a push is not Shopee's. */
export type PushRejection = "missing_authorization" | "malformed_authorization" | "digest_mismatch"

/** What is missing to tell. */
export type PushVerificationGap = "no_push_key" | "no_callback_url"

export type PushAuthenticity =
  | { outcome: "authentic" }
  | { outcome: "rejected"; reason: PushRejection }
  | { outcome: "unverifiable"; reason: PushVerificationGap }

export interface PushCredentials {
  /** The body's exact bytes. */
  rawBody: Buffer
  /** The `Authorization` header. */
  authorization: string | undefined | null
  /** Every key that may have signed it: two while a key is being replaced. Empty texts don't count. */
  keys: readonly string[]
  /** `SHOPEE_WEBHOOK_URL`, when it is set. */
  callbackUrl?: string
}

/**
 * Whether a push is Shopee's, isn't, or can't be told (answered 503, so that Shopee sends it again). Rules: product §6.4.
 *
 * It can't be told without any key, nor from a bare digest while no callback URL is configured: the URL is part of what Shopee
 * signs. Never throws.
 */
export const authenticatePush = ({ rawBody, authorization, keys, callbackUrl }: PushCredentials): PushAuthenticity => {
  const usableKeys = keys.filter((key) => key !== "")
  if (usableKeys.length === 0) {
    return { outcome: "unverifiable", reason: "no_push_key" }
  }

  const header = readPushAuthorization(authorization)
  if (header === null) {
    return { outcome: "rejected", reason: authorization ? "malformed_authorization" : "missing_authorization" }
  }
  if (!callbackUrl && !header.prefixed) {
    return { outcome: "unverifiable", reason: "no_callback_url" }
  }

  const verdicts = usableKeys.map((key) => verifyWebhookSignature(rawBody, authorization, key, callbackUrl))
  return verdicts.includes(true) ? { outcome: "authentic" } : { outcome: "rejected", reason: "digest_mismatch" }
}
