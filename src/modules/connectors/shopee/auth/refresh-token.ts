import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { AccessToken } from "../sdk"
import type { AuthTokenStore } from "./auth-token-store"
import type { StoredToken } from "../types/stored-token"
import { refreshUnderLease } from "./refresh-under-lease"
import type { TokenCipher } from "./token-cipher"
import {
  FreshTokenRejectedError,
  ShopNotAuthorizedError,
  TokenRefreshUnavailableError,
  TokenRefusedError,
} from "./token-errors"

/** A token with less life than this is refreshed; less for one that lives shorter than Shopee's usual four hours. */
export const REFRESH_BEFORE_EXPIRY_MS = 10 * 60_000

/** Longer than the refresh call's own deadline, so that a living holder does not lose the lease. */
export const REFRESH_LEASE_MS = 60_000

/** How long a process waits for another one's refresh before it gives up for now. */
export const REFRESH_WAIT_MS = 30_000

/** A pair this young is not refreshed again because Shopee rejects it: bounds the refreshes of all processes together. */
export const FORCED_REFRESH_INTERVAL_MS = 5_000

const POLL_MS = 200

/**
 * Spends a refresh token at Shopee, under a deadline of its own.
 *
 * Throws RefreshTokenRefusedError when Shopee says that this token will never work; anything else it throws counts as
 * passing trouble.
 */
export type RefreshCall = (refreshToken: string) => Promise<AccessToken>

export interface FreshToken {
  accessToken: string
  /** Names the pair: hand it back as `rejectedVersion` when Shopee does not accept the token. */
  version: number
}

export interface EnsureFreshTokenOptions {
  cipher: TokenCipher
  /** Shopee did not accept the access token of this version: refresh it although it has not expired. */
  rejectedVersion?: number
  /** Epoch milliseconds, for the expiry of tokens. Leases follow the database. */
  now?: () => number
  /** Default REFRESH_WAIT_MS. */
  waitMs?: number
  /** Default REFRESH_LEASE_MS. */
  leaseMs?: number
}

/**
 * An access token of the shop with at least ten minutes left, refreshed first when need be.
 *
 * A refresh token works once, so exactly one process spends it: under a lease in the token row, and the new pair is stored
 * before anyone uses it. The others use the old access token while it lives, or wait for the new one. When Shopee
 * refuses the refresh token (for example because a process died between Shopee's answer and its own commit) that is noted
 * once, and everyone gets TokenRefusedError until the shop is authorised again. When the refresh fails for a passing
 * reason nothing is noted, and an access token that still lives is used meanwhile.
 *
 * @throws ShopNotAuthorizedError, TokenRefusedError, FreshTokenRejectedError, TokenRefreshUnavailableError,
 * TokenUnreadableError, or what `refreshCall` or the store threw.
 */
export async function ensureFreshToken(
  store: AuthTokenStore,
  shopId: string,
  refreshCall: RefreshCall,
  options: EnsureFreshTokenOptions
): Promise<FreshToken> {
  const { cipher, rejectedVersion, now = Date.now, waitMs = REFRESH_WAIT_MS, leaseMs = REFRESH_LEASE_MS } = options
  const giveUpAt = performance.now() + waitMs

  for (;;) {
    const stored = await readUsableAuthorization(store, shopId)
    const rejected = stored.version === rejectedVersion
    const lifeMs = rejected ? 0 : stored.expiresAtMs - now()
    if (lifeMs >= refreshMarginMs(stored)) {
      return toFreshToken(stored, cipher)
    }
    if (rejected && stored.msSinceRefresh !== null && stored.msSinceRefresh < FORCED_REFRESH_INTERVAL_MS) {
      throw new FreshTokenRejectedError(shopId)
    }

    // Decrypted before the claim: with the wrong keys nobody should come to hold the lease.
    const refreshToken = cipher.open(stored.sealedRefreshToken, "refresh_token", shopId)
    const claimId = randomUUID()
    if (await store.claimTokenRefresh({ shopId, version: stored.version, claimId, leaseMs })) {
      const claim = { stored, claimId }
      const outcome = await refreshUnderLease(store, claim, () => refreshCall(refreshToken), { cipher, now })
      if (outcome.kind === "stored") {
        return { accessToken: outcome.accessToken, version: outcome.version }
      }
      if (outcome.kind === "failed" && lifeMs <= 0) {
        throw outcome.error
      }
      if (outcome.kind === "failed") {
        return toFreshToken(stored, cipher)
      }
      // The row tells how it ended, a refusal for instance: that is read even when the patience for others is used up.
      continue
    } else if (lifeMs > 0) {
      return toFreshToken(stored, cipher)
    } else if (stored.refreshLeaseActive && stored.refreshClaimId === null) {
      throw new TokenRefreshUnavailableError(shopId, "refreshing it has just failed and is tried again shortly")
    }
    if (performance.now() >= giveUpAt) {
      throw new TokenRefreshUnavailableError(shopId, "another process has been refreshing it for too long")
    }
    await sleep(POLL_MS)
  }
}

async function readUsableAuthorization(store: AuthTokenStore, shopId: string): Promise<StoredToken> {
  const stored = await store.readAuthToken(shopId)
  if (!stored) {
    throw new ShopNotAuthorizedError(shopId)
  }
  if (stored.refusedAt) {
    throw new TokenRefusedError(shopId, stored.refusedReason ?? "no reason given")
  }
  return stored
}

function refreshMarginMs(stored: StoredToken): number {
  return Math.min(REFRESH_BEFORE_EXPIRY_MS, (stored.expireInSeconds * 1000) / 4)
}

function toFreshToken(stored: StoredToken, cipher: TokenCipher): FreshToken {
  return {
    accessToken: cipher.open(stored.sealedAccessToken, "access_token", stored.shopId),
    version: stored.version,
  }
}
