import type { AuthTokenStore } from "../auth-token-store"
import type { ResealedToken, StoredToken, TokenWrite } from "../../types/stored-token"

interface Row extends TokenWrite {
  version: number
  authorizedAt: Date
  refreshedAt: Date | null
  claimId: string | null
  leaseUntil: number
  refusedAt: Date | null
  refusedReason: string | null
}

/** A token store in memory, for tests whose subject isn't the store. The real one has tests of its own, with Postgres. */
export class MemoryTokenStore implements AuthTokenStore {
  readonly rows = new Map<string, Row>()

  async readAuthToken(shopId: string): Promise<StoredToken | null> {
    const row = this.rows.get(shopId)
    return row
      ? {
          ...row,
          msSinceRefresh: row.refreshedAt && Date.now() - row.refreshedAt.getTime(),
          refreshClaimId: row.claimId,
          refreshLeaseActive: row.leaseUntil >= Date.now(),
        }
      : null
  }

  async storeAuthorization(write: TokenWrite): Promise<number> {
    const version = (this.rows.get(write.shopId)?.version ?? 0) + 1
    this.rows.set(write.shopId, {
      ...write,
      version,
      authorizedAt: new Date(),
      refreshedAt: null,
      claimId: null,
      leaseUntil: 0,
      refusedAt: null,
      refusedReason: null,
    })
    return version
  }

  async resealAuthToken({ shopId, version, ...sealed }: ResealedToken): Promise<boolean> {
    const row = this.rows.get(shopId)
    return row?.version === version && Boolean(Object.assign(row, sealed))
  }

  async claimTokenRefresh(claim: { shopId: string; version: number; claimId: string; leaseMs: number }) {
    const row = this.rows.get(claim.shopId)
    if (!row || row.version !== claim.version || row.refusedAt || row.leaseUntil >= Date.now()) {
      return false
    }
    Object.assign(row, { claimId: claim.claimId, leaseUntil: Date.now() + claim.leaseMs })
    return true
  }

  async commitTokenRefresh(write: TokenWrite, fence: { version: number; claimId: string }) {
    const row = this.rows.get(write.shopId)
    if (row?.version !== fence.version || row.claimId !== fence.claimId) {
      return false
    }
    Object.assign(row, write, { version: row.version + 1, refreshedAt: new Date(), claimId: null, leaseUntil: 0 })
    return true
  }

  async releaseTokenRefresh(release: { shopId: string; claimId: string; retryAfterMs: number }) {
    const row = this.rows.get(release.shopId)
    if (row?.claimId === release.claimId) {
      Object.assign(row, { claimId: null, leaseUntil: Date.now() + release.retryAfterMs })
    }
  }

  async refuseAuthToken(refusal: { shopId: string; version: number; claimId: string; reason: string }) {
    const row = this.rows.get(refusal.shopId)
    if (row?.version !== refusal.version || row.claimId !== refusal.claimId) {
      return false
    }
    Object.assign(row, { refusedAt: new Date(), refusedReason: refusal.reason, claimId: null, leaseUntil: 0 })
    return true
  }

  async deleteAuthToken(shopId: string) {
    this.rows.delete(shopId)
  }
}
