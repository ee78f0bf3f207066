import { missingShopeeVariables, readEnvironment } from "../../../config/environment"

/** Everything the connector needs to talk to one shop. Holds secrets: never log it. */
export interface ShopeeConfig {
  configured: true
  partnerId: number
  partnerKey: string
  shopId: string
  /** null = Shopee's global region. */
  apiBaseUrl: string | null
  /** The callback URL as saved in Shopee's console, null = not set: pushes in Shopee's official form can't be verified. */
  webhookUrl: string | null
  /** Keys that a push may be signed with; the partner key when no push key is set. Never empty. */
  pushKeys: string[]
  /** 32 bytes each; the first one encrypts tokens, all of them decrypt. */
  tokenKeys: Buffer[]
  alertWebhookUrl: string | null
  buyerEmailDomain: string
  stockLocationId: string | null
}

/** The connector stays off until `missing` is set. */
export interface ShopeeNotConfigured {
  configured: false
  missing: string[]
}

/** The connector is asked to work while its variables are not set. The message names them. */
export class ShopeeNotConfiguredError extends Error {
  override readonly name = "ShopeeNotConfiguredError"

  constructor(readonly missing: string[]) {
    super(
      `Shopee is not configured: set ${missing.join(", ")} (they are in the Shopee Open Platform console; see .env.example).`
    )
  }
}

/**
 * What the environment says about Shopee.
 *
 * @throws EnvironmentError when a variable is set to something unusable.
 */
export function readShopeeConfig(env: NodeJS.ProcessEnv = process.env): ShopeeConfig | ShopeeNotConfigured {
  const { shopee } = readEnvironment(env)
  const { partnerId, partnerKey, shopId } = shopee
  if (partnerId === null || partnerKey === null || shopId === null) {
    return { configured: false, missing: missingShopeeVariables(shopee) }
  }
  return {
    configured: true,
    partnerId,
    partnerKey,
    shopId,
    apiBaseUrl: shopee.apiBaseUrl,
    webhookUrl: shopee.webhookUrl,
    pushKeys: shopee.pushPartnerKeys.length > 0 ? shopee.pushPartnerKeys : [partnerKey],
    tokenKeys: toKeys(shopee.tokenEncryptionKeys),
    alertWebhookUrl: shopee.alertWebhookUrl,
    buyerEmailDomain: shopee.buyerEmailDomain,
    stockLocationId: shopee.stockLocationId,
  }
}

/**
 * As `readShopeeConfig`, for callers that can't go on without it.
 *
 * @throws ShopeeNotConfiguredError naming what is missing; EnvironmentError as `readShopeeConfig`.
 */
export function requireShopeeConfig(env: NodeJS.ProcessEnv = process.env): ShopeeConfig {
  const config = readShopeeConfig(env)
  if (!config.configured) {
    throw new ShopeeNotConfiguredError(config.missing)
  }
  return config
}

/**
 * The keys that encrypt stored tokens, the first one for writing; also without the rest of the configuration, so that a
 * token can be read while a variable is missing. Empty only in production.
 */
export function readTokenKeys(env: NodeJS.ProcessEnv = process.env): Buffer[] {
  return toKeys(readEnvironment(env).shopee.tokenEncryptionKeys)
}

function toKeys(base64Keys: string[]): Buffer[] {
  return base64Keys.map((key) => Buffer.from(key, "base64"))
}
