import { DEVELOPMENT_DEFAULTS } from "./settings"
import type { RunningSandbox, SandboxOptions } from "./start-sandbox"

/** What is printed once the sandbox listens: where it is, what a platform must be told, and what to try. */
export function startText(options: SandboxOptions, { url, apiBaseUrl }: RunningSandbox): string {
  return `
Local Shopee Open Platform
  API       ${apiBaseUrl}
  Control   ${url}/sandbox   (see sandbox/README.md)
  Pushes to ${options.deliveryUrl ?? options.callbackUrl}

A platform talks to it with
  SHOPEE_API_BASE_URL=${apiBaseUrl}
  SHOPEE_PARTNER_ID=${options.partnerId}
  SHOPEE_PARTNER_KEY=${shown(options.partnerKey, DEVELOPMENT_DEFAULTS.SHOPEE_PARTNER_KEY)}
  SHOPEE_PUSH_PARTNER_KEY=${shown(options.pushKey, DEVELOPMENT_DEFAULTS.SHOPEE_PUSH_PARTNER_KEY)}
  SHOPEE_SHOP_ID=${options.shopId}
  SHOPEE_WEBHOOK_URL=${options.callbackUrl}

Try
  # authorize the shop: answers the code to exchange for tokens
  curl -s -X POST ${url}/sandbox/authorize
  # a paid order; its push goes out at once
  curl -s -X POST ${url}/sandbox/orders -d '{"status":"READY_TO_SHIP","lines":[{"sku":"CARD-1","name":"A card","price":12.5,"quantity":1}]}'
  # what became of the pushes
  curl -s ${url}/sandbox/pushes

Ctrl-C stops it; nothing is kept.
`
}

/** The text of --help. */
export function helpText(): string {
  const variables = Object.entries(DEVELOPMENT_DEFAULTS).map(([name, value]) => `  ${name.padEnd(24)} ${value}`)
  return `
A local Shopee Open Platform for development and tests. It takes no arguments.

Environment, with defaults
${variables.join("\n")}
  ${"SANDBOX_SEED".padEnd(24)} (from the time) start of the generated order numbers

  ${"SANDBOX_DELIVERY_URL".padEnd(24)} (SHOPEE_WEBHOOK_URL) where pushes really go, on this machine

Example
  SANDBOX_PORT=4101 npm run sandbox
`
}

/** Only the development keys, which are no secret, are shown. */
function shown(key: string, developmentKey: string): string {
  return key === developmentKey ? key : "(as set)"
}
