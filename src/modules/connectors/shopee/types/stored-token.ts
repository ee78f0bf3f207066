/** What is written when Shopee issues a pair of tokens. Both tokens are sealed by `TokenCipher`. */
export interface TokenWrite {
  shopId: string
  sealedAccessToken: string
  sealedRefreshToken: string
  /** Life of the access token when it was issued. */
  expireInSeconds: number
  /** Epoch milliseconds: from then on the access token is not used any more. */
  expiresAtMs: number
  merchantIds: number[] | null
  shopIds: number[] | null
  supplierIds: number[] | null
  /** Shopee's answer without the tokens. */
  payload: Record<string, unknown>
}

/** A stored pair under another key. */
export interface ResealedToken {
  shopId: string
  /** Of the pair that was encrypted anew. */
  version: number
  sealedAccessToken: string
  sealedRefreshToken: string
}

/** The token row of one shop. */
export interface StoredToken extends TokenWrite {
  /** Grows with every stored pair. */
  version: number
  authorizedAt: Date | null
  refreshedAt: Date | null
  /** By the database's clock; null when this authorisation was never refreshed. */
  msSinceRefresh: number | null
  /** Who is refreshing; null with an active lease = a refresh failed and is not tried again before the lease ends. */
  refreshClaimId: string | null
  /** By the database's clock. */
  refreshLeaseActive: boolean
  refusedAt: Date | null
  refusedReason: string | null
}
