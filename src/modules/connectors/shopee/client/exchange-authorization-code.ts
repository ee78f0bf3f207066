import type { AuthTokenStore } from "../auth/auth-token-store"
import { TokenCipher } from "../auth/token-cipher"
import { toTokenWrite } from "../auth/token-write"
import type { ShopeeConfig } from "../config"
import { GuardedSdk } from "./guarded-sdk"
import { parseIssuedToken } from "./issued-token"

const ENDPOINT = "auth/token/get"

/**
 * Exchanges the one-time code of an authorisation (valid for ten minutes) for tokens and stores them, which ends a refusal
 * or a pause of the shop. The shop id always goes along: without it Shopee refuses the code.
 *
 * @throws ShopeeCallError, for example kind `auth` with code `invalid_code` when the code was used before or is too old.
 */
export async function exchangeAuthorizationCode(
  config: ShopeeConfig,
  store: AuthTokenStore,
  code: string,
  shopId: string = config.shopId
): Promise<void> {
  const cipher = new TokenCipher(config.tokenKeys)
  const guarded = new GuardedSdk({ ...config, shopId })
  try {
    const call = { endpoint: ENDPOINT, accessToken: null, secrets: [code] }
    const answer = await guarded.run(call, async (sdk) => await sdk.auth.getAccessToken(code, Number(shopId)))
    await store.storeAuthorization(toTokenWrite(parseIssuedToken(answer, ENDPOINT, shopId), shopId, cipher, Date.now()))
  } finally {
    guarded.close()
  }
}
