import { ENVIRONMENT_SCHEMA, type EnvironmentValues, type EnvironmentVariableName } from "./environment-schema"
import { parseFailPoints } from "./fail-points"

/** The Shopee part of the environment, as set: `shopee/config.ts` says whether it is complete. */
export interface ShopeeEnvironment {
  partnerId: number | null
  partnerKey: string | null
  shopId: string | null
  apiBaseUrl: string | null
  webhookUrl: string | null
  /** Empty = the partner key verifies pushes as well. */
  pushPartnerKeys: string[]
  /** Base64, the first one encrypts. Never empty outside production. */
  tokenEncryptionKeys: string[]
  alertWebhookUrl: string | null
  buyerEmailDomain: string
  stockLocationId: string | null
}

/** The platform's configuration, validated and with its defaults. */
export interface Environment {
  production: boolean
  /** null (outside production only) = use the embedded Postgres. */
  databaseUrl: string | null
  redisUrl: string | null
  port: number
  metricsPort: number
  /** Address that the metrics port listens on. */
  metricsHost: string
  /** Days after which raw pushes and settlements lose their contents. */
  rawDataRetentionDays: number
  /** Address of an OpenTelemetry collector; null = no traces. */
  tracesEndpoint: string | null
  workerMode: EnvironmentValues["MEDUSA_WORKER_MODE"]
  /** False: the process serves the API alone. */
  admin: boolean
  /** Address of the Admin as operators open it, without a slash at its end; null = not known. */
  adminUrl: string | null
  jwtSecret: string
  cookieSecret: string
  storeCors: string
  adminCors: string
  authCors: string
  shopee: ShopeeEnvironment
  /** One line each: what runs on a default that isn't fit for production. */
  warnings: string[]
}

/** The environment can't be used. `problems` has one line per variable; `message` is those lines. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError"

  constructor(readonly problems: string[]) {
    super(problems.join("\n"))
  }
}

/** One variable, as a paper or a check lists it. */
export interface EnvironmentVariable {
  name: EnvironmentVariableName
  description: string
  secret: boolean
}

const DEVELOPMENT_JWT_SECRET = "development-only-jwt-secret"
const DEVELOPMENT_COOKIE_SECRET = "development-only-cookie-secret"
const DEVELOPMENT_TOKEN_KEY = Buffer.from("development-only-token-key-32byt").toString("base64")

/** The variables that say what the Shopee connector is to do. */
export const SHOPEE_VARIABLES: readonly EnvironmentVariableName[] = ENVIRONMENT_SCHEMA.keyof().options.filter((name) =>
  name.startsWith("SHOPEE_")
)

const SHOPEE_IDENTITY = ["SHOPEE_PARTNER_ID", "SHOPEE_PARTNER_KEY", "SHOPEE_SHOP_ID"] as const

/** Every variable that the platform reads, with one line on what it is for. */
export function listEnvironmentVariables(): EnvironmentVariable[] {
  return ENVIRONMENT_SCHEMA.keyof().options.map((name) => {
    const meta = ENVIRONMENT_SCHEMA.shape[name].meta()
    return { name, description: String(meta?.["description"]), secret: meta?.["secret"] === true }
  })
}

/** The Shopee variables without which no call can be made and that `values` lacks. */
export function missingShopeeVariables(shopee: ShopeeEnvironment): EnvironmentVariableName[] {
  const present = [shopee.partnerId, shopee.partnerKey, shopee.shopId]
  return SHOPEE_IDENTITY.filter((_, index) => present[index] === null)
}

/**
 * Reads and validates the environment: the only place where the platform does.
 *
 * In production a missing secret stops the start, and so does a missing token key while Shopee is configured (product
 * paper §6.5); elsewhere there are defaults and `warnings`.
 *
 * @throws EnvironmentError with one line per variable. No line holds a value.
 */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const values = parse(env)
  const production = values.NODE_ENV === "production"
  const shopee = shopeeEnvironment(values)
  const missing = missingShopeeVariables(shopee)
  const problems: string[] = []
  const warnings: string[] = []

  const demand = (name: EnvironmentVariableName, isSet: boolean, whatToPut: string, otherwise: string) => {
    if (!isSet && production) {
      problems.push(`${name} is not set: put ${whatToPut} there.`)
    } else if (!isSet) {
      warnings.push(`${name} is not set: ${otherwise}.`)
    }
  }
  const randomText = "a long random text (`openssl rand -base64 32`)"
  demand("JWT_SECRET", values.JWT_SECRET !== undefined, randomText, "a default that everyone knows signs login tokens")
  demand(
    "COOKIE_SECRET",
    values.COOKIE_SECRET !== undefined,
    randomText,
    "a default that everyone knows signs sessions"
  )
  if (production && values.DATABASE_URL === undefined) {
    problems.push(
      "DATABASE_URL is not set: put a Postgres address there (postgres://user:password@localhost:5432/tcg)."
    )
  }
  if (missing.length === 0) {
    demand(
      "SHOPEE_TOKEN_ENCRYPTION_KEY",
      shopee.tokenEncryptionKeys.length > 0,
      "32 random bytes as base64 (`openssl rand -base64 32`)",
      "a default that everyone knows encrypts Shopee's tokens"
    )
  } else if (missing.length < SHOPEE_IDENTITY.length) {
    warnings.push(`Shopee is not configured: ${missing.join(" and ")} not set, while the rest is.`)
  }

  // Medusa puts `server` there itself for every command that ends (exec, db:migrate); only a worker says that there are several processes.
  if (values.MEDUSA_WORKER_MODE === "worker" && values.REDIS_URL === undefined) {
    warnings.push(
      `MEDUSA_WORKER_MODE is worker while REDIS_URL is not set: several processes count stock wrong without Redis.`
    )
  }

  const failPoints = parseFailPoints(env.FAIL_POINTS)
  if (typeof failPoints === "string") {
    problems.push(failPoints)
  } else if (failPoints.size > 0 && !isOnThisMachine(shopee.apiBaseUrl)) {
    problems.push(
      "FAIL_POINTS is set while SHOPEE_API_BASE_URL is not a server of this machine: unset FAIL_POINTS. It makes the platform kill itself."
    )
  } else if (failPoints.size > 0) {
    warnings.push(
      `FAIL POINTS ARE ARMED: this process will kill or stop itself at ${[...failPoints.keys()].join(", ")}.`
    )
  }

  if (problems.length > 0) {
    throw new EnvironmentError(problems)
  }
  return {
    production,
    databaseUrl: values.DATABASE_URL ?? null,
    redisUrl: values.REDIS_URL ?? null,
    port: values.PORT,
    metricsPort: values.METRICS_PORT,
    metricsHost: values.METRICS_HOST,
    rawDataRetentionDays: values.RAW_DATA_RETENTION_DAYS,
    tracesEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    workerMode: values.MEDUSA_WORKER_MODE,
    admin: !values.DISABLE_MEDUSA_ADMIN,
    adminUrl: values.ADMIN_URL ?? null,
    jwtSecret: values.JWT_SECRET ?? DEVELOPMENT_JWT_SECRET,
    cookieSecret: values.COOKIE_SECRET ?? DEVELOPMENT_COOKIE_SECRET,
    storeCors: values.STORE_CORS,
    adminCors: values.ADMIN_CORS,
    authCors: values.AUTH_CORS,
    shopee: {
      ...shopee,
      tokenEncryptionKeys:
        shopee.tokenEncryptionKeys.length > 0 || production ? shopee.tokenEncryptionKeys : [DEVELOPMENT_TOKEN_KEY],
    },
    warnings,
  }
}

function isOnThisMachine(url: string | null): boolean {
  return url !== null && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname)
}

function parse(env: NodeJS.ProcessEnv): EnvironmentValues {
  const set = Object.fromEntries(
    ENVIRONMENT_SCHEMA.keyof()
      .options.map((name) => [name, env[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== "")
  )
  const result = ENVIRONMENT_SCHEMA.safeParse(set)
  if (result.success) {
    return result.data
  }
  const problems = new Map<string, string>()
  for (const issue of result.error.issues) {
    const name = String(issue.path[0])
    if (!problems.has(name)) {
      problems.set(name, `${name} is not valid: ${issue.message}.`)
    }
  }
  throw new EnvironmentError([...problems.values()])
}

function shopeeEnvironment(values: EnvironmentValues): ShopeeEnvironment {
  return {
    partnerId: values.SHOPEE_PARTNER_ID ?? null,
    partnerKey: values.SHOPEE_PARTNER_KEY ?? null,
    shopId: values.SHOPEE_SHOP_ID ?? null,
    apiBaseUrl: values.SHOPEE_API_BASE_URL ?? null,
    webhookUrl: values.SHOPEE_WEBHOOK_URL ?? null,
    pushPartnerKeys: values.SHOPEE_PUSH_PARTNER_KEY ?? [],
    tokenEncryptionKeys: values.SHOPEE_TOKEN_ENCRYPTION_KEY ?? [],
    alertWebhookUrl: values.SHOPEE_ALERT_WEBHOOK_URL ?? null,
    buyerEmailDomain: values.SHOPEE_BUYER_EMAIL_DOMAIN,
    stockLocationId: values.SHOPEE_STOCK_LOCATION_ID ?? null,
  }
}
