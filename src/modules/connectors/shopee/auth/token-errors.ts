const HOW_TO_AUTHORIZE = "connect the shop in the Admin (Connectors, Settings), or run `npm run shopee -- authorize`"

/** There is no token for the shop: it was never authorised, or its authorisation was removed. */
export class ShopNotAuthorizedError extends Error {
  override readonly name = "ShopNotAuthorizedError"

  constructor(readonly shopId: string) {
    super(`Shop ${shopId} is not authorised: ${HOW_TO_AUTHORIZE}.`)
  }
}

/** Shopee refused the refresh token, or withdrew the authorisation. Only a person can help; trying again does not. */
export class TokenRefusedError extends Error {
  override readonly name = "TokenRefusedError"

  constructor(
    readonly shopId: string,
    reason: string
  ) {
    super(`Shopee refuses the authorisation of shop ${shopId} (${reason}): ${HOW_TO_AUTHORIZE}.`)
  }
}

/** Shopee does not accept an access token that it issued a moment ago: refreshing once more would not help. */
export class FreshTokenRejectedError extends Error {
  override readonly name = "FreshTokenRejectedError"

  constructor(readonly shopId: string) {
    super(`Shopee does not accept the token of shop ${shopId}, although it was refreshed a moment ago.`)
  }
}

/** The access token has expired and a new one can't be had right now. Later it can. */
export class TokenRefreshUnavailableError extends Error {
  override readonly name = "TokenRefreshUnavailableError"

  constructor(
    readonly shopId: string,
    reason: string
  ) {
    super(`No usable access token for shop ${shopId} right now: ${reason}.`)
  }
}

/** A stored token can't be decrypted with the keys that are configured. */
export class TokenUnreadableError extends Error {
  override readonly name = "TokenUnreadableError"
}

/** Thrown by a refresh call when Shopee's answer says that this refresh token will never work (again). */
export class RefreshTokenRefusedError extends Error {
  override readonly name = "RefreshTokenRefusedError"
}
