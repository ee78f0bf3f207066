import type { Sandbox } from "../sandbox"
import { ShopeeError, wrongParameter } from "../shopee-error"
import type { JsonReader } from "../json-reader"
import type { ApiRoute } from "./api-route"

/** The authorization page and the two token endpoints. Their answers have no `response` wrapper. */
export function authRoutes(sandbox: Sandbox): ApiRoute[] {
  return [
    {
      method: "GET",
      path: "/shop/auth_partner",
      access: "public",
      handle: ({ query }) => {
        const redirect = query.get("redirect")
        if (!redirect || !URL.canParse(redirect)) throw wrongParameter("redirect is not a URL")
        const location = new URL(redirect)
        // Stands for the seller's sign-in and click on "Authorize".
        location.searchParams.set("code", sandbox.authorize(sandbox.options.shopId).code)
        location.searchParams.set("shop_id", String(sandbox.options.shopId))
        return { kind: "redirect", location: location.toString() }
      },
    },
    {
      method: "POST",
      path: "/auth/token/get",
      access: "public",
      handle: ({ body }) => {
        checkPartner(sandbox, body)
        const code = body.string("code")
        const shopId = body.number("shop_id")
        if (code === undefined) throw wrongParameter("code is required")
        if (shopId === undefined) throw wrongParameter("shop_id or main_account_id is required")
        return { kind: "top-level", fields: { ...sandbox.tokens.exchangeCode(code, shopId) } }
      },
    },
    {
      method: "POST",
      path: "/auth/access_token/get",
      access: "public",
      handle: ({ body }) => {
        checkPartner(sandbox, body)
        const refreshToken = body.string("refresh_token")
        const shopId = body.number("shop_id")
        if (refreshToken === undefined) throw wrongParameter("refresh_token is required")
        if (shopId === undefined) throw wrongParameter("shop_id or merchant_id is required")
        const issued = sandbox.tokens.refresh(refreshToken, shopId)
        return {
          kind: "top-level",
          fields: { partner_id: sandbox.options.partnerId, shop_id: shopId, ...issued },
        }
      },
    },
    {
      method: "GET",
      path: "/shop/get_shop_info",
      access: "shop",
      handle: ({ shopId }) => {
        const authorization = sandbox.tokens.authorization(shopId)
        return {
          kind: "top-level",
          fields: {
            shop_name: `Card shop ${shopId}`,
            region: "SG",
            status: "NORMAL",
            is_cb: false,
            is_sip: false,
            auth_time: authorization?.authTime ?? 0,
            expire_time: authorization?.expireTime ?? 0,
            shop_fulfillment_flag: "Others",
          },
        }
      },
    },
  ]
}

/** The partner is named in the query and again in the body. */
function checkPartner(sandbox: Sandbox, body: JsonReader): void {
  if (body.number("partner_id") !== sandbox.options.partnerId) {
    throw new ShopeeError("invalid_partner_id", "partner_id is invalid.", 403)
  }
}
