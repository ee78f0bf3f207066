import type { StoredToken } from "../types/stored-token"
import type { AuthTokenStore } from "./auth-token-store"
import type { TokenCipher } from "./token-cipher"

/**
 * Encrypts a stored pair with the newest key, when another one did, so that the old key can be dropped soon after a rotation and not only
 * after every shop's next refresh.
 *
 * @returns true when the pair was encrypted anew; false when it was already, or was replaced meanwhile.
 * @throws TokenUnreadableError when the key that it was encrypted with is not among the configured ones.
 */
export async function resealToken(
  store: Pick<AuthTokenStore, "resealAuthToken">,
  stored: StoredToken,
  cipher: TokenCipher
): Promise<boolean> {
  const { shopId, version, sealedAccessToken, sealedRefreshToken } = stored
  if (cipher.isNewest(sealedAccessToken) && cipher.isNewest(sealedRefreshToken)) {
    return false
  }
  return await store.resealAuthToken({
    shopId,
    version,
    sealedAccessToken: cipher.seal(cipher.open(sealedAccessToken, "access_token", shopId), "access_token", shopId),
    sealedRefreshToken: cipher.seal(cipher.open(sealedRefreshToken, "refresh_token", shopId), "refresh_token", shopId),
  })
}
