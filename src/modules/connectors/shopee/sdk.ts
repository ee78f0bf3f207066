import type { Agent } from "node:http"
import type { ShopeeSDK } from "@congminh1254/shopee-sdk" with { "resolution-mode": "import" }
import type { AccessToken } from "@congminh1254/shopee-sdk/schemas/access-token" with { "resolution-mode": "import" }
import type { TokenStorage } from "@congminh1254/shopee-sdk/storage/token-storage.interface" with {
  "resolution-mode": "import",
}
import type { AuthTokenStore } from "./auth/auth-token-store"
import { PostgresTokenStorage } from "./auth/postgres-token-storage"
import { ensureFreshToken } from "./auth/refresh-token"
import { TokenCipher } from "./auth/token-cipher"
import { createCallAgent } from "./client/call-agent"
import { createRefreshCall } from "./client/refresh-call"
import { requireShopeeConfig, type ShopeeConfig } from "./config"

export type { AccessToken, ShopeeSDK, TokenStorage }

/** Shopee's server for Singapore and all of South-East Asia (the SDK's region GLOBAL). */
export const GLOBAL_API_BASE_URL = "https://partner.shopeemobile.com/api/v2"

/**
 * An SDK instance for the shop of `config`. It is ESM without a `require` condition, hence the dynamic import; this file is
 * the only one that imports it.
 *
 * As it comes, the SDK refreshes without a lock and, when Shopee keeps rejecting tokens, for ever: replace `refreshToken`
 * on the instance.
 */
export async function createShopeeSdk(config: ShopeeConfig, storage: TokenStorage, agent: Agent): Promise<ShopeeSDK> {
  const { ShopeeSDK } = await import("@congminh1254/shopee-sdk")
  const sdk = new ShopeeSDK(
    { partner_id: config.partnerId, partner_key: config.partnerKey, shop_id: Number(config.shopId), agent },
    storage
  )
  if (config.apiBaseUrl !== null) {
    sdk.setBaseUrl(config.apiBaseUrl)
  }
  return sdk
}

/**
 * The SDK for the configured shop, on the tokens in Postgres: for scripts and exploration. Calls have a deadline and a size
 * limit, and a token is refreshed under the lease like everywhere else. The connector itself uses `ShopeeClient`, whose
 * errors are typed and free of secrets: the texts of this instance's network errors are not.
 *
 * @param service the connector's service.
 * @throws ShopeeNotConfiguredError naming the variables that are missing.
 */
export async function getShopeeSdk(service: AuthTokenStore): Promise<ShopeeSDK> {
  const config = requireShopeeConfig()
  const cipher = new TokenCipher(config.tokenKeys)
  const storage = new PostgresTokenStorage(service, config.shopId, cipher)
  const sdk = await createShopeeSdk(config, storage, createCallAgent(config.apiBaseUrl ?? GLOBAL_API_BASE_URL))
  const refreshCall = createRefreshCall(
    async (refreshToken) => await sdk.auth.getRefreshToken(refreshToken, Number(config.shopId)),
    [config.partnerKey]
  )
  sdk.refreshToken = async () => {
    const stored = await service.readAuthToken(config.shopId)
    await ensureFreshToken(service, config.shopId, refreshCall, {
      cipher,
      ...(stored && { rejectedVersion: stored.version }),
    })
    return await storage.get()
  }
  return sdk
}
