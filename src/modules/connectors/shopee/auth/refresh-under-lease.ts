import { setTimeout as sleep } from "node:timers/promises"
import { failPoint } from "../../shared/fail-point"
import type { AccessToken } from "../sdk"
import type { AuthTokenStore } from "./auth-token-store"
import type { StoredToken, TokenWrite } from "../types/stored-token"
import type { TokenCipher } from "./token-cipher"
import { RefreshTokenRefusedError, TokenRefreshUnavailableError } from "./token-errors"
import { toTokenWrite } from "./token-write"

/** After a refresh that failed for a passing reason nobody tries again for this long. */
export const REFRESH_RETRY_MS = 30_000

/**
 * How long a pair that Shopee has already issued is tried to be stored. It is the only one that works from then on, so a
 * restart of Postgres must not lose it; longer than a successor can hold the lease.
 */
export const COMMIT_PATIENCE_MS = 90_000

/** What became of a refresh: a new pair is stored, it failed for a passing reason, or the row must be read again. */
export type RefreshOutcome =
  { kind: "stored"; accessToken: string; version: number } | { kind: "failed"; error: unknown } | { kind: "superseded" }

/** A claim on the refresh of one version of a shop's tokens. */
export interface RefreshClaim {
  stored: StoredToken
  claimId: string
}

/**
 * Spends the refresh token that `claim` entitles to and stores the new pair before anyone uses it. A refusal by Shopee is
 * noted on the row (outcome `superseded`: whoever reads the row again sees it).
 *
 * @throws TokenRefreshUnavailableError, or the database's error, when a new pair could not be stored.
 */
export async function refreshUnderLease(
  store: AuthTokenStore,
  { stored, claimId }: RefreshClaim,
  spendRefreshToken: () => Promise<AccessToken>,
  { cipher, now }: { cipher: TokenCipher; now: () => number }
): Promise<RefreshOutcome> {
  const { shopId, version } = stored
  let token: AccessToken
  let write: TokenWrite
  failPoint("refresh-claimed")
  try {
    token = await spendRefreshToken()
    failPoint("token-issued")
    write = toTokenWrite(token, shopId, cipher, now())
  } catch (error) {
    if (error instanceof RefreshTokenRefusedError) {
      await store.refuseAuthToken({ shopId, version, claimId, reason: error.message })
      return { kind: "superseded" }
    }
    await store.releaseTokenRefresh({ shopId, claimId, retryAfterMs: REFRESH_RETRY_MS })
    return { kind: "failed", error }
  }
  return (await commitPair(store, write, { version, claimId }))
    ? { kind: "stored", accessToken: token.access_token, version: version + 1 }
    : { kind: "superseded" }
}

/** @returns false when another pair was stored meanwhile, or this one although the database's answer was lost. */
async function commitPair(
  store: AuthTokenStore,
  write: TokenWrite,
  fence: { version: number; claimId: string }
): Promise<boolean> {
  const giveUpAt = performance.now() + COMMIT_PATIENCE_MS
  for (let delayMs = 100; ; delayMs = Math.min(delayMs * 2, 2_000)) {
    try {
      if (await store.commitTokenRefresh(write, fence)) {
        return true
      }
      const current = await store.readAuthToken(write.shopId)
      if (current?.version !== fence.version) {
        return false
      }
    } catch (error) {
      if (performance.now() >= giveUpAt) {
        throw error
      }
    }
    if (performance.now() >= giveUpAt) {
      throw new TokenRefreshUnavailableError(write.shopId, "the refreshed pair could not be stored")
    }
    await sleep(delayMs)
  }
}
