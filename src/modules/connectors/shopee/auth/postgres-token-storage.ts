import { readTokenKeys } from "../config"
import type { AccessToken, TokenStorage } from "../sdk"
import type { AuthTokenStore } from "./auth-token-store"
import { TokenCipher } from "./token-cipher"
import { toAccessToken, toTokenWrite } from "./token-write"

/**
 * The SDK's token storage for one shop, in `shopee_auth_token`, encrypted at rest. `store` counts as a fresh
 * authorisation; refreshing goes through `ensureFreshToken`, which the SDK knows nothing of.
 */
export class PostgresTokenStorage implements TokenStorage {
  readonly #store: AuthTokenStore
  readonly #shopId: string
  readonly #cipher: TokenCipher

  /**
   * @param service the connector's service.
   * @param cipher by default with the keys of the environment.
   */
  constructor(
    service: AuthTokenStore,
    shopId: string | number,
    cipher: TokenCipher = new TokenCipher(readTokenKeys())
  ) {
    this.#store = service
    this.#shopId = String(shopId)
    this.#cipher = cipher
  }

  /** @throws Error when `token` is not a pair with a life time. */
  async store(token: AccessToken): Promise<void> {
    await this.#store.storeAuthorization(toTokenWrite(token, this.#shopId, this.#cipher, Date.now()))
  }

  /** @throws TokenUnreadableError when the keys don't fit. */
  async get(): Promise<AccessToken | null> {
    const stored = await this.#store.readAuthToken(this.#shopId)
    return stored && toAccessToken(stored, this.#cipher)
  }

  async clear(): Promise<void> {
    await this.#store.deleteAuthToken(this.#shopId)
  }
}
