import { createHash, randomBytes } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { shopeeAuthorizationUrl } from "../client/authorization-url"
import { exchangeAuthorizationCode } from "../client/exchange-authorization-code"
import { type ShopeeConfig, ShopeeNotConfiguredError } from "../config"
import { wakeInbox } from "../inbox/drain"
import type ShopeeConnectorService from "../service"
import { openAuthorizationRequest } from "../sql/open-authorization-request"
import { spendAuthorizationRequest } from "../sql/spend-authorization-request"
import type { AuthorizeAnswer } from "../types/desk"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { timestamp } from "./json-values"

/** Where Shopee sends the seller's browser back to. */
export const AUTHORIZATION_CALLBACK_PATH = "/connectors/shopee/oauth/callback"

/** Longer than anybody needs to log in at Shopee; Shopee's own code lives as long. */
const REQUEST_LIFE_MS = 10 * 60_000
const STATE_BYTES = 32

const hashOf = (state: string): string => createHash("sha256").update(state).digest("hex")

async function configOf(service: ShopeeConnectorService): Promise<ShopeeConfig> {
  const config = await service.config()
  if (!config.configured) {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, new ShopeeNotConfiguredError(config.missing).message)
  }
  return config
}

/**
 * Begins the authorisation of a shop: the address of Shopee's page, with a state that works once, for ten minutes, and for this user. The
 * state travels in the address that Shopee returns to, since its page hands on nothing else.
 *
 * @param origin scheme and host at which the operator's browser reaches this platform
 * @throws MedusaError (not_allowed) while Shopee is not configured
 */
export async function beginAuthorization(
  container: MedusaContainer,
  { userId, origin }: { userId: string; origin: string }
): Promise<AuthorizeAnswer> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const config = await configOf(service)
  const state = randomBytes(STATE_BYTES).toString("base64url")
  const redirect = new URL(AUTHORIZATION_CALLBACK_PATH, origin)
  redirect.searchParams.set("state", state)
  const expiresAt = await service.run((sql) =>
    openAuthorizationRequest(sql, { stateHash: hashOf(state), userId, lifeMs: REQUEST_LIFE_MS })
  )
  return { url: await shopeeAuthorizationUrl(config, redirect.href), expires_at: timestamp(expiresAt) }
}

/**
 * Ends the authorisation of a shop: the state is spent, the code exchanged, the tokens stored, and orders that waited go on.
 *
 * @returns false, with nothing done, for a state that is unknown, spent, too old or another user's
 * @throws MedusaError (not_allowed) while Shopee is not configured; ShopeeCallError when Shopee refuses the code
 */
export async function finishAuthorization(
  container: MedusaContainer,
  { userId, state, code, shopId }: { userId: string; state: string; code: string; shopId: string }
): Promise<boolean> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const config = await configOf(service)
  const isOurs = await service.run((sql) => spendAuthorizationRequest(sql, { stateHash: hashOf(state), userId }))
  if (!isOurs) {
    return false
  }
  await exchangeAuthorizationCode(config, service, code, shopId)
  wakeInbox(container)
  return true
}
