import { randomBytes } from "node:crypto"
import type { SandboxClock } from "../clock"
import type { TokenReport } from "../control/reports"
import { invalidAccessToken, ShopeeError } from "../shopee-error"

/** A code from the authorization page can be exchanged once, within ten minutes. */
const CODE_LIFE_SECONDS = 600
const ACCESS_TOKEN_LIFE_SECONDS = 4 * 3600
const REFRESH_TOKEN_LIFE_SECONDS = 30 * 86_400
/** After a refresh the previous access token still works for this long. */
const PREVIOUS_TOKEN_GRACE_SECONDS = 300
const DAY_SECONDS = 86_400

interface Authorization {
  authTime: number
  expireTime: number
}

interface Pair {
  accessToken: string
  accessExpires: number
  refreshToken: string
  refreshExpires: number
}

interface ShopTokens {
  authorization: Authorization
  newest?: Pair
  refreshes: number
  refusedRefreshes: number
}

/** A new pair as the two token endpoints answer it. */
export interface IssuedTokens {
  access_token: string
  refresh_token: string
  /** Seconds. */
  expire_in: number
}

/** Codes, access tokens and refresh tokens, with the life spans of Shopee's OAuth (sandbox time, epoch seconds). */
export class TokenBook {
  private codes = new Map<string, { shopId: number; expires: number }>()
  private accessTokens = new Map<string, { shopId: number; expires: number }>()
  private refreshTokens = new Map<string, { shopId: number; expires: number }>()
  private shops = new Map<number, ShopTokens>()

  constructor(private readonly clock: SandboxClock) {}

  /** The seller's click: the shop is authorized for `days` and a code is handed out. */
  authorize(shopId: number, days: number): { code: string; expireTime: number } {
    const now = this.clock.nowSeconds()
    const shop = this.shops.get(shopId)
    const authorization = { authTime: now, expireTime: now + days * DAY_SECONDS }
    if (shop) shop.authorization = authorization
    else this.shops.set(shopId, { authorization, refreshes: 0, refusedRefreshes: 0 })
    const code = secret()
    this.codes.set(code, { shopId, expires: now + CODE_LIFE_SECONDS })
    return { code, expireTime: authorization.expireTime }
  }

  /** The seller takes the authorization back: every token of the shop stops working. */
  deauthorize(shopId: number): void {
    this.shops.delete(shopId)
    for (const tokens of [this.codes, this.accessTokens, this.refreshTokens]) {
      for (const [token, entry] of tokens) if (entry.shopId === shopId) tokens.delete(token)
    }
  }

  /** @throws ShopeeError `invalid_code` for a code that is unknown, spent, too old or another shop's */
  exchangeCode(code: string, shopId: number): IssuedTokens {
    const entry = this.codes.get(code)
    if (!entry || entry.shopId !== shopId || entry.expires <= this.clock.nowSeconds()) {
      throw new ShopeeError("invalid_code", "Invalid code, please have a check.", 403)
    }
    this.codes.delete(code)
    return this.issue(shopId)
  }

  /**
   * Spends a refresh token.
   * @throws ShopeeError `error_shop_refresh_token` for one that is unknown, spent or another shop's,
   * `refresh_token_expired` after 30 days, `shop_access_expired` after the authorization's end
   */
  refresh(refreshToken: string, shopId: number): IssuedTokens {
    const entry = this.refreshTokens.get(refreshToken)
    const shop = this.shops.get(shopId)
    const now = this.clock.nowSeconds()
    if (!entry || !shop || entry.shopId !== shopId) {
      if (shop) shop.refusedRefreshes++
      throw new ShopeeError("error_shop_refresh_token", "Invalid refresh_token, please have a check.", 403)
    }
    if (entry.expires <= now) {
      shop.refusedRefreshes++
      throw new ShopeeError("refresh_token_expired", "Your refresh_token expired.", 403)
    }
    this.checkAuthorization(shop.authorization)
    this.refreshTokens.delete(refreshToken)
    this.endPreviousAccessToken(shop.newest, now)
    shop.refreshes++
    return this.issue(shopId)
  }

  /** @throws ShopeeError when the token can't be used for this shop now */
  checkAccessToken(accessToken: string, shopId: number): void {
    const entry = this.accessTokens.get(accessToken)
    const shop = this.shops.get(shopId)
    if (!entry || !shop || entry.shopId !== shopId || entry.expires <= this.clock.nowSeconds())
      throw invalidAccessToken()
    this.checkAuthorization(shop.authorization)
  }

  /** When the shop was authorized and until when, in epoch seconds. */
  authorization(shopId: number): Authorization | undefined {
    return this.shops.get(shopId)?.authorization
  }

  /** What there is, with the tokens cut short. */
  report(): TokenReport[] {
    return [...this.shops].map(([shop_id, shop]) => ({
      shop_id,
      access_token: masked(shop.newest?.accessToken),
      refresh_token: masked(shop.newest?.refreshToken),
      access_expires_at: shop.newest?.accessExpires ?? 0,
      refresh_expires_at: shop.newest?.refreshExpires ?? 0,
      refreshes: shop.refreshes,
      refused_refreshes: shop.refusedRefreshes,
    }))
  }

  reset(): void {
    this.codes.clear()
    this.accessTokens.clear()
    this.refreshTokens.clear()
    this.shops.clear()
  }

  private issue(shopId: number): IssuedTokens {
    const now = this.clock.nowSeconds()
    const pair: Pair = {
      accessToken: secret(),
      accessExpires: now + ACCESS_TOKEN_LIFE_SECONDS,
      refreshToken: secret(),
      refreshExpires: now + REFRESH_TOKEN_LIFE_SECONDS,
    }
    this.accessTokens.set(pair.accessToken, { shopId, expires: pair.accessExpires })
    this.refreshTokens.set(pair.refreshToken, { shopId, expires: pair.refreshExpires })
    const shop = this.shops.get(shopId)
    if (shop) shop.newest = pair
    return {
      access_token: pair.accessToken,
      refresh_token: pair.refreshToken,
      expire_in: ACCESS_TOKEN_LIFE_SECONDS,
    }
  }

  private endPreviousAccessToken(previous: Pair | undefined, now: number): void {
    const entry = previous && this.accessTokens.get(previous.accessToken)
    if (entry) entry.expires = Math.min(entry.expires, now + PREVIOUS_TOKEN_GRACE_SECONDS)
  }

  private checkAuthorization(authorization: Authorization): void {
    if (authorization.expireTime <= this.clock.nowSeconds()) {
      throw new ShopeeError("shop_access_expired", "The shop's authorization has expired.", 403)
    }
  }
}

function secret(): string {
  return randomBytes(16).toString("hex")
}

function masked(token: string | undefined): string {
  return token ? `${token.slice(0, 4)}…` : ""
}
