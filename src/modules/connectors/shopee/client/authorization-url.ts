import { type Agent } from "node:http"
import type { ShopeeConfig } from "../config"
import { createShopeeSdk, GLOBAL_API_BASE_URL, type TokenStorage } from "../sdk"
import { createCallAgent } from "./call-agent"

const NO_TOKENS: TokenStorage = {
  store: () => Promise.reject(new Error("An address holds no token.")),
  get: () => Promise.resolve(null),
  clear: () => Promise.resolve(),
}

/**
 * Address of Shopee's page on which the seller authorises the app. It is signed, and valid for five minutes.
 *
 * @param redirect where Shopee sends the seller's browser afterwards, with `code` and `shop_id`; its domain has to be saved in the console
 */
export async function shopeeAuthorizationUrl(config: ShopeeConfig, redirect: string): Promise<string> {
  const agent: Agent = createCallAgent(config.apiBaseUrl ?? GLOBAL_API_BASE_URL)
  try {
    const sdk = await createShopeeSdk(config, NO_TOKENS, agent)
    // The SDK writes it into the address as it is; what follows its first `&` would be lost.
    return sdk.getAuthorizationUrl(encodeURIComponent(redirect))
  } finally {
    agent.destroy()
  }
}
