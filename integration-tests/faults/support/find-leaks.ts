import { readdir, readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { TokenCipher } from "../../../src/modules/connectors/shopee/auth/token-cipher"
import { logFileOf } from "../../support/platform-process"
import type { ShopWorld } from "../../support/shop-world"

/** Shorter texts would be found by chance. */
const SHORTEST = 6

/** HMAC-SHA256 in hex: the signature of a push or of a call, or a raw key. */
const SIGNATURE = /(?<![0-9a-z])[0-9a-f]{64,}(?![0-9a-z])/i

/** Tokens that a shop held at some time: a line that was written before a refresh holds the old ones. */
const tokensOf = new WeakMap<ShopWorld, Map<string, string>>()

/** Every secret that the shop's processes were given, and the tokens that they hold or held when this was asked. */
async function secretsOf(shop: ShopWorld, settings: NodeJS.ProcessEnv): Promise<[name: string, text: string][]> {
  const keys = [
    "JWT_SECRET",
    "COOKIE_SECRET",
    "SHOPEE_TOKEN_ENCRYPTION_KEY",
    "SHOPEE_PARTNER_KEY",
    "SHOPEE_PUSH_PARTNER_KEY",
    "SHOPEE_ALERT_WEBHOOK_URL",
  ]
  const given = keys.map((name): [string, string] => [name, settings[name] ?? ""])
  const password = new URL(settings.DATABASE_URL ?? "").password
  const rows = await shop.database.query<{ shop_id: string; access_token: string; refresh_token: string }>(
    "SELECT shop_id, access_token, refresh_token FROM shopee_auth_token"
  )
  const cipher = new TokenCipher([Buffer.from(settings.SHOPEE_TOKEN_ENCRYPTION_KEY ?? "", "base64")])
  const tokens = tokensOf.get(shop) ?? new Map<string, string>()
  tokensOf.set(shop, tokens)
  for (const { shop_id, access_token, refresh_token } of rows) {
    tokens.set(cipher.open(access_token, "access_token", shop_id), "access token")
    tokens.set(cipher.open(refresh_token, "refresh_token", shop_id), "refresh token")
  }
  const held = [...tokens].map(([token, name]): [string, string] => [name, token])
  return [...given, ["database password", password], ...held]
}

async function buyersOf({ sandbox }: ShopWorld): Promise<[name: string, text: string][]> {
  const orders = await sandbox.control.orders()
  return orders.flatMap(({ order_sn, recipient_address: address, buyer_username, message_to_seller }) =>
    [address.name, address.phone, address.full_address, buyer_username, message_to_seller].map(
      (text): [string, string] => [`buyer of ${order_sn}`, text ?? ""]
    )
  )
}

/**
 * One line for each secret, signature or buyer that a log of the shop, or an alert, holds. Empty = nothing is told.
 *
 * @param codes authorisation codes that were used
 */
export async function findLeaks(shop: ShopWorld, settings: NodeJS.ProcessEnv, codes: string[]): Promise<string[]> {
  const folder = dirname(logFileOf(shop.suite, "platform"))
  const logs = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") }))
  )
  const written = [...logs, { name: "alerts", text: JSON.stringify(shop.alerts.received) }]
  const forbidden = [
    ...(await secretsOf(shop, settings)),
    ...codes.map((code): [string, string] => ["authorisation code", code]),
    ...(await buyersOf(shop)),
  ].filter(([, text]) => text.length >= SHORTEST)
  return written.flatMap(({ name, text: log }) => {
    const leak = (what: string, at: number, length: number) =>
      at < 0 ? [] : [`${name} holds the ${what}: …${log.slice(Math.max(0, at - 200), at + length + 50)}…`]
    return [
      ...forbidden.flatMap(([what, text]) => leak(what, log.indexOf(text), text.length)),
      ...leak("digest", log.search(SIGNATURE), 64),
    ]
  })
}
