/** A refusal in Shopee's terms: an error code, a message and the HTTP status it travels with. */
export class ShopeeError extends Error {
  /**
   * @param code the envelope's `error`
   * @param message the envelope's `message`
   * @param httpStatus Shopee documents none; 403 has been seen for authentication and 200 for business errors
   */
  constructor(
    readonly code: string,
    message: string,
    readonly httpStatus = 200
  ) {
    super(message)
    this.name = "ShopeeError"
  }
}

/** A business parameter that is missing or out of bounds. */
export function wrongParameter(detail: string): ShopeeError {
  return new ShopeeError("error_param", `Wrong parameters, detail: ${detail}.`)
}

/** The answer to calls above the allowed rate. */
export function rateLimited(): ShopeeError {
  return new ShopeeError("error_rate_limit", "Too many requests. The rate limit of this API has been reached.", 429)
}

/** The answer to a request whose timestamp is more than five minutes off. */
export function timestampExpired(): ShopeeError {
  return new ShopeeError("error_param", "Timestamp is expired.", 403)
}

/** The answer to an access token that is unknown, expired or of another shop (the code's spelling is Shopee's). */
export function invalidAccessToken(): ShopeeError {
  return new ShopeeError("invalid_acceess_token", "Invalid access_token, please have a check.", 403)
}
