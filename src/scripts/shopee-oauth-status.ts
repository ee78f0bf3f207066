import { readEnvironment } from "../config/environment"
import { SHOPEE_CONNECTOR_MODULE } from "../modules/connectors/shopee"
import { TokenCipher } from "../modules/connectors/shopee/auth/token-cipher"
import { ShopNotAuthorizedError } from "../modules/connectors/shopee/auth/token-errors"
import { describeToken, formatTokenStatus } from "../modules/connectors/shopee/auth/token-status"
import { readTokenKeys } from "../modules/connectors/shopee/config"
import type ShopeeConnectorService from "../modules/connectors/shopee/service"
import { readShopCall } from "./command-line/commands"
import { operatorScript, ScriptFailure } from "./command-line/operator-script"

/**
 * Prints the state of a shop's authorisation: `shopee-oauth-status.ts [shop_id]`. The shop is SHOPEE_SHOP_ID unless it is given.
 * Exit code 1 when the shop can't be called until somebody acts.
 */
export default operatorScript(readShopCall, async (container, given) => {
  const shopId = given ?? readEnvironment().shopee.shopId
  if (!shopId) {
    throw new ScriptFailure("SHOPEE_SHOP_ID is not set: set it, or give the shop's id.")
  }
  const cipher = new TokenCipher(readTokenKeys())
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const stored = await service.readAuthToken(shopId)
  if (!stored) {
    throw new ScriptFailure(new ShopNotAuthorizedError(shopId).message)
  }
  const status = describeToken(stored, cipher, Date.now())
  console.log(formatTokenStatus(status))
  process.exitCode = status.usable ? 0 : 1
})
