import { redactSecrets } from "../../shared/redaction"
import { TokenCipher } from "../auth/token-cipher"
import { TokenUnreadableError } from "../auth/token-errors"
import type { ShopRow } from "../sql/list-shops"
import type { ShopStatus, TokenState } from "../types/desk"
import type { StoredToken } from "../types/stored-token"
import { timestamp, timestampOrNull } from "./json-values"

function stateOf(stored: StoredToken, cipher: TokenCipher): TokenState {
  if (stored.refusedAt !== null) {
    return "refused"
  }
  try {
    cipher.open(stored.sealedAccessToken, "access_token", stored.shopId)
    cipher.open(stored.sealedRefreshToken, "refresh_token", stored.shopId)
    return "authorized"
  } catch (error) {
    if (error instanceof TokenUnreadableError) {
      return "unreadable"
    }
    throw error
  }
}

/** A shop whose tokens are stored. No part of a token is in it. */
export function toShopStatus(
  shop: ShopRow,
  stored: StoredToken,
  { tokenKeys, configuredShopId }: { tokenKeys: Buffer[]; configuredShopId: string | null }
): Omit<ShopStatus, "last_proof" | "authorization_ends_at"> {
  return {
    shop_id: shop.shop_id,
    configured: shop.shop_id === configuredShopId,
    token: tokenKeys.length === 0 ? "unreadable" : stateOf(stored, new TokenCipher(tokenKeys)),
    access_expires_at: timestamp(new Date(stored.expiresAtMs)),
    authorized_at: timestampOrNull(stored.authorizedAt),
    refreshed_at: timestampOrNull(stored.refreshedAt),
    refused_at: timestampOrNull(stored.refusedAt),
    refused_reason: stored.refusedReason === null ? null : redactSecrets(stored.refusedReason),
    paused_until: timestampOrNull(shop.paused_until),
    failed_calls: shop.outage_calls,
  }
}

/** The configured shop while nobody has authorised it. */
export const unauthorizedShop = (shopId: string): ShopStatus => ({
  shop_id: shopId,
  configured: true,
  token: "missing",
  access_expires_at: null,
  authorized_at: null,
  refreshed_at: null,
  refused_at: null,
  refused_reason: null,
  paused_until: null,
  failed_calls: 0,
  authorization_ends_at: null,
  last_proof: null,
})
