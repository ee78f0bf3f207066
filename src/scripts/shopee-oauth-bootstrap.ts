import type { MedusaContainer } from "@medusajs/framework/types"
import { SHOPEE_CONNECTOR_MODULE } from "../modules/connectors/shopee"
import { TokenCipher } from "../modules/connectors/shopee/auth/token-cipher"
import { describeToken, formatTokenStatus } from "../modules/connectors/shopee/auth/token-status"
import { shopeeAuthorizationUrl } from "../modules/connectors/shopee/client/authorization-url"
import { exchangeAuthorizationCode } from "../modules/connectors/shopee/client/exchange-authorization-code"
import { requireShopeeConfig, type ShopeeConfig } from "../modules/connectors/shopee/config"
import type ShopeeConnectorService from "../modules/connectors/shopee/service"
import { type AuthorizeCall, readAuthorizeCall } from "./command-line/commands"
import { operatorScript, ScriptFailure } from "./command-line/operator-script"

/** A page of the platform that is there before anybody has logged in, and leaves the address as it is. */
const LANDING_PATH = "/health"

/**
 * Authorises the shop with the code of Shopee's authorisation page: `shopee-oauth-bootstrap.ts <auth_code> [shop_id]`. The shop is
 * SHOPEE_SHOP_ID unless it is given. The code works once, within ten minutes. Without a code it prints where that page is.
 */
export default operatorScript(readAuthorizeCall, async (container, { code, shopId }: AuthorizeCall) => {
  const config = requireShopeeConfig()
  if (code === null) {
    return await sayWhereToAuthorize(config)
  }
  await authorize(container, config, code, shopId ?? config.shopId)
})

async function authorize(
  container: MedusaContainer,
  config: ShopeeConfig,
  code: string,
  shopId: string
): Promise<void> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  await exchangeAuthorizationCode(config, service, code, shopId)
  const stored = await service.readAuthToken(shopId)
  if (!stored) {
    throw new ScriptFailure(
      `The tokens of shop ${shopId} were removed while they were being stored. Authorise it again.`
    )
  }
  console.log(formatTokenStatus(describeToken(stored, new TokenCipher(config.tokenKeys), Date.now())))
}

async function sayWhereToAuthorize(config: ShopeeConfig): Promise<void> {
  if (config.webhookUrl === null) {
    throw new ScriptFailure("SHOPEE_WEBHOOK_URL is not set: Shopee's page sends the browser back to its host.")
  }
  const url = await shopeeAuthorizationUrl(config, new URL(LANDING_PATH, config.webhookUrl).href)
  console.log(
    [
      "Open this page within five minutes, logged in at Shopee as the shop's owner, and confirm:",
      "",
      url,
      "",
      `Shopee then opens ${new URL(config.webhookUrl).host}. Within ten minutes copy that address, and give it in quotation marks:`,
      "",
      "npm run shopee -- authorize '<address>'",
    ].join("\n")
  )
}
