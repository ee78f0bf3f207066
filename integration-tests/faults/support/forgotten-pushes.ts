import type { ShopWorld } from "../../support/shop-world"

const MANY = 100_000

/** Bodies that were answered as delivered, by hand or to the sandbox, and that the inbox does not hold. */
export async function forgottenPushes(
  { database, sandbox }: ShopWorld,
  answeredBase64: ReadonlySet<string>
): Promise<string[]> {
  const { pushes } = await sandbox.control.pushes({ last: MANY })
  const delivered = pushes
    .filter(({ state, code }) => state === "delivered" && code !== 0)
    .map(({ body }) => Buffer.from(body).toString("base64"))
  const rows = await database.query<{ raw_body: string }>("SELECT raw_body FROM shopee_raw_event")
  const stored = new Set(rows.map(({ raw_body }) => raw_body))
  return [...new Set([...answeredBase64, ...delivered])]
    .filter((body) => !stored.has(body))
    .map((body) => Buffer.from(body, "base64").toString("utf8").slice(0, 200))
}
