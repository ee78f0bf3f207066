import { randomBytes, randomInt } from "node:crypto"
import { join } from "node:path"
import { listEnvironmentVariables } from "../src/config/environment"
import { findFreePort } from "../tooling/free-port"

/** Where things are and which secrets they share, made anew for every run. */
export interface DemoSettings {
  checkout: string
  logFolder: string
  /** Address of the platform for programs, without a slash at its end. */
  platformUrl: string
  /** Address of the Admin for a browser. */
  adminUrl: string
  platformPort: number
  metricsPort: number
  sandboxUrl: string
  sandboxPort: number
  partnerId: number
  shopId: number
  partnerKey: string
  pushKey: string
  tokenKey: string
  jwtSecret: string
  cookieSecret: string
  operator: { email: string; password: string }
}

const secret = (): string => randomBytes(32).toString("base64")

/** Chooses ports and secrets. @throws Error when `PORT` is set and no port */
export async function chooseSettings(checkout: string, env: NodeJS.ProcessEnv): Promise<DemoSettings> {
  const platformPort = env.PORT ? readPort(env.PORT) : await findFreePort()
  const [metricsPort, sandboxPort] = [await findFreePort(), await findFreePort()]
  return {
    checkout,
    logFolder: join(checkout, ".data", "demo"),
    platformUrl: `http://127.0.0.1:${platformPort}`,
    adminUrl: `http://localhost:${platformPort}/app`,
    platformPort,
    metricsPort,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    sandboxPort,
    partnerId: 2_000_111,
    shopId: 700_001,
    partnerKey: secret(),
    pushKey: secret(),
    tokenKey: secret(),
    jwtSecret: secret(),
    cookieSecret: secret(),
    operator: { email: "operator@demo.example", password: `ember-${randomInt(1000, 10_000)}-drake` },
  }
}

function readPort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 65_535) {
    throw new Error(`PORT is not valid: put a port number from 1 to 65535 there, or leave it out for a free one.`)
  }
  return Number(text)
}

/** Our own environment without any variable that the platform reads: a developer's `.env` must not reach the demo. */
function neutralEnvironment(): NodeJS.ProcessEnv {
  // An empty value counts as unset for the platform, and keeps dotenv from filling it in.
  const blanks = Object.fromEntries(listEnvironmentVariables().map(({ name }) => [name, ""]))
  return { ...process.env, ...blanks, NO_COLOR: "1" }
}

/** The environment of the sandbox's process. */
export function sandboxEnvironment(settings: DemoSettings): NodeJS.ProcessEnv {
  return {
    ...neutralEnvironment(),
    SANDBOX_PORT: String(settings.sandboxPort),
    SANDBOX_DELIVERY_URL: "",
    SHOPEE_PARTNER_ID: String(settings.partnerId),
    SHOPEE_PARTNER_KEY: settings.partnerKey,
    SHOPEE_PUSH_PARTNER_KEY: settings.pushKey,
    SHOPEE_SHOP_ID: String(settings.shopId),
    SHOPEE_WEBHOOK_URL: webhookUrl(settings),
  }
}

/** The environment of the platform and of Medusa's commands. */
export function platformEnvironment(
  settings: DemoSettings,
  run: { databaseUrl: string; alertUrl: string; admin: boolean }
): NodeJS.ProcessEnv {
  const { platformPort } = settings
  const origins = `http://localhost:${platformPort},http://127.0.0.1:${platformPort}`
  return {
    ...neutralEnvironment(),
    // In production Medusa's session cookie is for https only: nobody could log in to the Admin of this machine. In development
    // it serves no built Admin, but compiles one of its own that lacks what this project adds to it.
    NODE_ENV: run.admin ? "demo" : "production",
    DISABLE_MEDUSA_ADMIN: run.admin ? "false" : "true",
    MEDUSA_DISABLE_TELEMETRY: "true",
    // The demo asks Medusa four times a second: a line for each request would bury everything else.
    LOG_LEVEL: "info",
    DATABASE_URL: run.databaseUrl,
    PORT: String(platformPort),
    METRICS_PORT: String(settings.metricsPort),
    JWT_SECRET: settings.jwtSecret,
    COOKIE_SECRET: settings.cookieSecret,
    STORE_CORS: origins,
    ADMIN_CORS: origins,
    AUTH_CORS: origins,
    SHOPEE_PARTNER_ID: String(settings.partnerId),
    SHOPEE_PARTNER_KEY: settings.partnerKey,
    SHOPEE_PUSH_PARTNER_KEY: settings.pushKey,
    SHOPEE_SHOP_ID: String(settings.shopId),
    SHOPEE_API_BASE_URL: `${settings.sandboxUrl}/api/v2`,
    SHOPEE_WEBHOOK_URL: webhookUrl(settings),
    SHOPEE_TOKEN_ENCRYPTION_KEY: settings.tokenKey,
    SHOPEE_ALERT_WEBHOOK_URL: run.alertUrl,
  }
}

const webhookUrl = ({ platformUrl }: DemoSettings): string => `${platformUrl}/connectors/shopee/webhook`
