import type { AuthTokenStore } from "../auth/auth-token-store"
import { ensureFreshToken, type FreshToken } from "../auth/refresh-token"
import type { TokenCipher } from "../auth/token-cipher"
import {
  FreshTokenRejectedError,
  ShopNotAuthorizedError,
  TokenRefreshUnavailableError,
  TokenRefusedError,
  TokenUnreadableError,
} from "../auth/token-errors"
import type { ShopeeSDK } from "../sdk"
import { isTokenRejected } from "./error-kinds"
import type { GuardedSdk } from "./guarded-sdk"
import { parseIssuedToken } from "./issued-token"
import { createRefreshCall, REFRESH_ENDPOINT } from "./refresh-call"
import { ShopeeCallError } from "./shopee-errors"

/** Calls in the name of one shop: on a fresh token, and once more on a refreshed one when Shopee rejects it. */
export class AuthorizedCalls {
  constructor(
    private readonly guarded: GuardedSdk,
    private readonly store: AuthTokenStore,
    private readonly shopId: string,
    private readonly cipher: TokenCipher
  ) {}

  /** @throws ShopeeCallError; the store's own errors as they are. */
  async run(endpoint: string, call: (sdk: ShopeeSDK) => Promise<unknown>): Promise<unknown> {
    const token = await this.#freshToken(endpoint)
    try {
      return await this.guarded.run({ endpoint, accessToken: token.accessToken }, call)
    } catch (error) {
      if (!(error instanceof ShopeeCallError) || !isTokenRejected({ ...error, message: error.reason })) {
        throw error
      }
      // Only if the rejected pair is still the stored one: otherwise somebody has refreshed it meanwhile.
      const next = await this.#freshToken(endpoint, token.version, error)
      return await this.guarded.run({ endpoint, accessToken: next.accessToken }, call)
    }
  }

  /** Refreshes the token if its end is near. @throws ShopeeCallError as `run`. */
  async refreshAhead(): Promise<void> {
    await this.#freshToken(REFRESH_ENDPOINT)
  }

  async #freshToken(endpoint: string, rejectedVersion?: number, rejection?: ShopeeCallError): Promise<FreshToken> {
    try {
      return await ensureFreshToken(this.store, this.shopId, createRefreshCall(this.#spend), {
        cipher: this.cipher,
        ...(rejectedVersion !== undefined && { rejectedVersion }),
      })
    } catch (error) {
      if (error instanceof FreshTokenRejectedError && rejection) {
        throw rejection
      }
      throw asCallError(endpoint, error)
    }
  }

  readonly #spend = async (refreshToken: string) => {
    const call = { endpoint: REFRESH_ENDPOINT, accessToken: null, secrets: [refreshToken] }
    const answer = await this.guarded.run(
      call,
      async (sdk) => await sdk.auth.getRefreshToken(refreshToken, Number(this.shopId))
    )
    return parseIssuedToken(answer, REFRESH_ENDPOINT, this.shopId)
  }
}

/** What keeps a call from having a token, as the error of that call. */
function asCallError(endpoint: string, error: unknown): unknown {
  if (error instanceof TokenRefusedError || error instanceof ShopNotAuthorizedError) {
    const code = error instanceof TokenRefusedError ? "(refused)" : "(not_authorized)"
    return new ShopeeCallError({ kind: "auth", endpoint, code, reason: error.message, needsAuthorization: true })
  }
  if (error instanceof TokenUnreadableError) {
    return new ShopeeCallError({ kind: "auth", endpoint, code: "(unreadable)", reason: error.message })
  }
  if (error instanceof TokenRefreshUnavailableError) {
    return new ShopeeCallError({ kind: "transient", endpoint, code: "(no_token)", reason: error.message })
  }
  return error
}
