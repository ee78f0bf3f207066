import type { RefreshCall } from "../auth/refresh-token"
import { RefreshTokenRefusedError } from "../auth/token-errors"
import { isRefreshTokenRefused } from "./error-kinds"
import { toShopeeCallError } from "./sdk-error"

/** Path of the call that spends a refresh token. */
export const REFRESH_ENDPOINT = "auth/access_token/get"

/**
 * `spend` with errors that `ensureFreshToken` understands: RefreshTokenRefusedError when Shopee refuses the token for good,
 * ShopeeCallError for anything else.
 */
export function createRefreshCall(spend: RefreshCall, secrets: string[] = []): RefreshCall {
  return async (refreshToken) => {
    try {
      return await spend(refreshToken)
    } catch (thrown) {
      const error = toShopeeCallError({
        endpoint: REFRESH_ENDPOINT,
        error: thrown,
        secrets: [refreshToken, ...secrets],
      })
      throw isRefreshTokenRefused({ ...error, message: error.reason })
        ? new RefreshTokenRefusedError(`${error.code}: ${error.reason}`)
        : error
    }
  }
}
