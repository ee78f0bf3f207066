import type { ResealedToken, StoredToken, TokenWrite } from "../types/stored-token"

/**
 * Where the tokens live. Every method is one statement, so several processes may call them at the same time; leases follow
 * the database's clock.
 */
export interface AuthTokenStore {
  readAuthToken(shopId: string): Promise<StoredToken | null>

  /**
   * Stores the pair of a fresh authorisation, whatever was there: ends a refusal, a pause and a refresh in progress.
   *
   * @returns the new version.
   */
  storeAuthorization(write: TokenWrite): Promise<number>

  /** Takes the refresh lease, unless the version moved, somebody holds the lease, or the authorisation was refused. */
  claimTokenRefresh(claim: { shopId: string; version: number; claimId: string; leaseMs: number }): Promise<boolean>

  /**
   * Stores a refreshed pair and ends the lease. Fenced: nothing is written when the version moved or another process holds
   * the claim. A holder that was given up may still commit once its successor has let go: its pair is then the only one
   * that Shopee honours.
   *
   * @returns true when the pair was stored.
   */
  commitTokenRefresh(write: TokenWrite, fence: { version: number; claimId: string }): Promise<boolean>

  /** Gives the claim back; nobody refreshes for the next `retryAfterMs`. */
  releaseTokenRefresh(release: { shopId: string; claimId: string; retryAfterMs: number }): Promise<void>

  /**
   * Notes that Shopee refuses the authorisation. Fenced like the commit.
   *
   * @returns true when this call noted it.
   */
  refuseAuthToken(refusal: { shopId: string; version: number; claimId: string; reason: string }): Promise<boolean>

  /** Replaces a pair by the same pair under another key, unless the version moved. @returns true when it was replaced. */
  resealAuthToken(resealed: ResealedToken): Promise<boolean>

  deleteAuthToken(shopId: string): Promise<void>
}
