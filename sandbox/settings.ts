import type { SandboxOptions } from "./options"

/** What the sandbox uses when a variable is not set. Keys that open nothing: they are known to everybody. */
export const DEVELOPMENT_DEFAULTS = {
  SANDBOX_PORT: "4100",
  SHOPEE_PARTNER_ID: "2000111",
  SHOPEE_PARTNER_KEY: "sandbox-partner-key",
  SHOPEE_PUSH_PARTNER_KEY: "sandbox-push-key",
  SHOPEE_SHOP_ID: "700001",
  SHOPEE_WEBHOOK_URL: "http://127.0.0.1:9000/connectors/shopee/webhook",
} as const

/** A variable or argument that can't be used; the message is one line that says what to do. */
export class SettingError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "SettingError"
  }
}

/** Reads the sandbox's options from environment variables. @throws SettingError that names the variable */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>
): Required<Pick<SandboxOptions, "port" | "partnerId" | "partnerKey" | "pushKey" | "shopId" | "callbackUrl" | "seed">> {
  const text = (name: keyof typeof DEVELOPMENT_DEFAULTS): string => environment[name] || DEVELOPMENT_DEFAULTS[name]
  const wholeNumber = (name: string, value: string, most: number): number => {
    if (/^\d+$/.test(value) && Number(value) <= most) return Number(value)
    throw new SettingError(`${name} must be a whole number up to ${most}, not "${value}"`)
  }
  const callbackUrl = text("SHOPEE_WEBHOOK_URL")
  if (!URL.canParse(callbackUrl)) {
    throw new SettingError(
      `SHOPEE_WEBHOOK_URL must be a URL such as ${DEVELOPMENT_DEFAULTS.SHOPEE_WEBHOOK_URL}, not "${callbackUrl}"`
    )
  }
  return {
    port: wholeNumber("SANDBOX_PORT", text("SANDBOX_PORT"), 65_535),
    partnerId: wholeNumber("SHOPEE_PARTNER_ID", text("SHOPEE_PARTNER_ID"), 2 ** 32 - 1),
    partnerKey: text("SHOPEE_PARTNER_KEY"),
    // A platform may accept several keys while they are rotated; the newest stands first and signs.
    pushKey: text("SHOPEE_PUSH_PARTNER_KEY").split(",")[0]?.trim() ?? "",
    shopId: wholeNumber("SHOPEE_SHOP_ID", text("SHOPEE_SHOP_ID"), 2 ** 32 - 1),
    callbackUrl,
    ...(environment.SANDBOX_DELIVERY_URL ? { deliveryUrl: environment.SANDBOX_DELIVERY_URL } : {}),
    // Another start must not repeat the order numbers of the last one: a platform may still have them.
    seed: wholeNumber("SANDBOX_SEED", environment.SANDBOX_SEED || String(Date.now() % 2 ** 32), 2 ** 32 - 1),
  }
}
