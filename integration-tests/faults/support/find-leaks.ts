import { readdir, readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { TokenCipher } from "../../../src/modules/connectors/shopee/auth/token-cipher"
import { logFileOf } from "../../support/platform-process"
import type { ShopWorld } from "../../support/shop-world"

/** Shorter texts would be found by chance. */
const SHORTEST = 6

/** Every secret that the shop's processes were given, and the tokens that they hold now. */
async function secretsOf(
  { database }: ShopWorld,
  settings: NodeJS.ProcessEnv
): Promise<[name: string, text: string][]> {
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
  const rows = await database.query<{ shop_id: string; access_token: string; refresh_token: string }>(
    "SELECT shop_id, access_token, refresh_token FROM shopee_auth_token"
  )
  const cipher = new TokenCipher([Buffer.from(settings.SHOPEE_TOKEN_ENCRYPTION_KEY ?? "", "base64")])
  const tokens = rows.flatMap(({ shop_id, access_token, refresh_token }): [string, string][] => [
    ["access token", cipher.open(access_token, "access_token", shop_id)],
    ["refresh token", cipher.open(refresh_token, "refresh_token", shop_id)],
  ])
  return [...given, ["database password", password], ...tokens]
}

async function buyersOf({ sandbox }: ShopWorld): Promise<[name: string, text: string][]> {
  const orders = await sandbox.control.orders()
  return orders.flatMap(({ order_sn, recipient_address: address, buyer_username, message_to_seller }) =>
    [address.name, address.phone, address.full_address, buyer_username, message_to_seller].map(
      (text): [string, string] => [`buyer of ${order_sn}`, text ?? ""]
    )
  )
}

/** One line for each secret or buyer that a log of the shop, or an alert, holds. Empty = nothing is told. */
export async function findLeaks(shop: ShopWorld, settings: NodeJS.ProcessEnv): Promise<string[]> {
  const folder = dirname(logFileOf(shop.suite, "platform"))
  const logs = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") }))
  )
  const written = [...logs, { name: "alerts", text: JSON.stringify(shop.alerts.received) }]
  const forbidden = [...(await secretsOf(shop, settings)), ...(await buyersOf(shop))].filter(
    ([, text]) => text.length >= SHORTEST
  )
  return forbidden.flatMap(([what, text]) =>
    written.flatMap(({ name, text: log }) => {
      const at = log.indexOf(text)
      return at < 0 ? [] : [`${name} holds the ${what}: …${log.slice(Math.max(0, at - 200), at + text.length + 50)}…`]
    })
  )
}
