import { isIP } from "node:net"
import { z } from "@medusajs/framework/zod"

/** What Medusa's process does: everything, only HTTP, or only background work. */
export const WORKER_MODES = ["shared", "server", "worker"] as const

/** Shopee keeps lost pushes for three days; whoever looks into a fault wants a week. */
const SHORTEST_RETENTION_DAYS = 7

const LARGEST_UINT32 = 4_294_967_295

function isUrl(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol)
}

function url(protocols: string[], whatToPut: string) {
  return z.string().refine((text) => isUrl(text, protocols), { error: `put ${whatToPut}` })
}

function port(defaultPort: number) {
  return z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, {
      error: "put a port number from 0 to 65535 there (0 = any free port)",
    })
    .transform(Number)
    .default(defaultPort)
}

/** Values separated by commas; blanks around and between them don't count. */
function commaSeparated(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
}

/** True for base64 (or base64url) text of exactly the 32 bytes that AES-256 takes. */
export function isTokenEncryptionKey(text: string): boolean {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && Buffer.from(text, "base64").length === 32
}

const secret = { secret: true }

/**
 * Every environment variable that the platform reads: its shape, its default, what it is for, and whether its value is a
 * secret. An error's text says what to put there and never repeats the value.
 *
 * An empty value counts as unset: `docker compose` passes `${NAME:-}` through as an empty string.
 */
export const ENVIRONMENT_SCHEMA = z.object({
  NODE_ENV: z
    .string()
    .default("development")
    .meta({ description: "`production` makes missing secrets stop the start" }),
  DATABASE_URL: url(
    ["postgres:", "postgresql:"],
    "a Postgres address there, for example postgres://user:password@localhost:5432/tcg"
  )
    .optional()
    .meta({ description: "Postgres 16; unset outside production: an embedded one is used", ...secret }),
  REDIS_URL: url(["redis:", "rediss:"], "a Redis address there, for example redis://localhost:6379")
    .optional()
    .meta({ description: "Redis 7, for several processes; unset: everything runs in one process", ...secret }),
  PORT: port(9000).meta({ description: "Port of the API and the Admin" }),
  METRICS_PORT: port(9464).meta({ description: "Port of /ready and /metrics, in every worker mode" }),
  METRICS_HOST: z
    .string()
    .refine((text) => isIP(text) !== 0, {
      error: "put 127.0.0.1 (this machine only) or 0.0.0.0 (all interfaces, as in a container) there",
    })
    .default("127.0.0.1")
    .meta({ description: "Address that METRICS_PORT listens on; 0.0.0.0 = all interfaces, as a container needs" }),
  RAW_DATA_RETENTION_DAYS: z
    .string()
    .refine((text) => /^\d{1,4}$/.test(text) && Number(text) >= SHORTEST_RETENTION_DAYS, {
      error: `put a number of days there, at least ${SHORTEST_RETENTION_DAYS}`,
    })
    .transform(Number)
    .default(90)
    .meta({
      description: "Days after which buyers' data is purged: raw pushes, settlements, and orders that ended then",
    }),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(
    ["http:", "https:"],
    "the http(s) address of an OpenTelemetry collector there, without a path, for example http://127.0.0.1:4318"
  )
    .optional()
    .meta({ description: "OpenTelemetry collector (OTLP over HTTP) that traces are sent to; unset: none are made" }),
  MEDUSA_WORKER_MODE: z
    .enum(WORKER_MODES, { error: `put one of ${WORKER_MODES.join(", ")} there` })
    .default("shared")
    .meta({ description: "shared = everything, server = HTTP only, worker = background work only" }),
  DISABLE_MEDUSA_ADMIN: z
    .enum(["true", "false"], { error: "put true or false there" })
    .default("false")
    .transform((text) => text === "true")
    .meta({ description: "true = this process serves no Admin, only the API" }),
  ADMIN_URL: url(
    ["http:", "https:"],
    "the Admin's address there as operators open it, for example https://shop.example.com/app"
  )
    .transform((text) => text.replace(/\/+$/, ""))
    .optional()
    .meta({
      description:
        "Address of the Admin as operators open it: alerts link there; Shopee's authorisation and uploaded pictures use its host",
    }),
  JWT_SECRET: z
    .string()
    .optional()
    .meta({ description: "Signs login tokens, for example from `openssl rand -base64 32`", ...secret }),
  COOKIE_SECRET: z
    .string()
    .optional()
    .meta({ description: "Signs session cookies, for example from `openssl rand -base64 32`", ...secret }),
  STORE_CORS: z
    .string()
    .default("http://localhost:8000")
    .meta({ description: "Origins that may call the store API, comma separated" }),
  ADMIN_CORS: z
    .string()
    .default("http://localhost:5173,http://localhost:9000")
    .meta({ description: "Origins that may call the admin API, comma separated" }),
  AUTH_CORS: z
    .string()
    .default("http://localhost:5173,http://localhost:9000,http://localhost:8000")
    .meta({ description: "Origins that may log in, comma separated" }),
  SHOPEE_PARTNER_ID: z
    .string()
    .refine((text) => /^[1-9]\d{0,9}$/.test(text) && Number(text) <= LARGEST_UINT32, {
      error: "put the app's partner id from the Shopee Open Platform console there (digits only)",
    })
    .transform(Number)
    .optional()
    .meta({ description: "Partner id of the app, from the Shopee Open Platform console" }),
  SHOPEE_PARTNER_KEY: z
    .string()
    .optional()
    .meta({ description: "API partner key of the app: signs every call to Shopee", ...secret }),
  SHOPEE_SHOP_ID: z
    .string()
    .refine((text) => /^[1-9]\d{0,14}$/.test(text), { error: "put the shop's id at Shopee there (digits only)" })
    .optional()
    .meta({ description: "Id of the shop at Shopee" }),
  SHOPEE_API_BASE_URL: url(["http:", "https:"], "an http(s) address that ends in /api/v2 there")
    .transform((text) => text.replace(/\/+$/, ""))
    // Shopee signs the path of the request: without /api/v2 every call would be refused as wrongly signed.
    .refine((text) => new URL(text).pathname.endsWith("/api/v2"), {
      error: "put an http(s) address that ends in /api/v2 there, for example http://127.0.0.1:4100/api/v2",
    })
    .optional()
    .meta({ description: "Another Shopee server, for example a local one; unset: Shopee's global region" }),
  SHOPEE_WEBHOOK_URL: url(
    ["http:", "https:"],
    "the callback URL there, exactly as it is saved in Shopee's console (it is part of what Shopee signs)"
  )
    .optional()
    .meta({ description: "Callback URL exactly as saved in Shopee's console: it is part of what is signed" }),
  SHOPEE_PUSH_PARTNER_KEY: z
    .string()
    .transform(commaSeparated)
    .optional()
    .meta({ description: "Push partner keys, comma separated while rotating; unset: the partner key", ...secret }),
  SHOPEE_TOKEN_ENCRYPTION_KEY: z
    .string()
    .transform(commaSeparated)
    .refine((keys) => keys.length > 0 && keys.every(isTokenEncryptionKey), {
      error:
        "put 32 random bytes as base64 there, for example from `openssl rand -base64 32` (several, comma separated: the first one encrypts)",
    })
    .optional()
    .meta({
      description: "Encrypts tokens in the database: 32 bytes base64; several while rotating, the first encrypts",
      ...secret,
    }),
  SHOPEE_ALERT_WEBHOOK_URL: url(["http:", "https:"], "the http(s) address of n8n's alert webhook there")
    .optional()
    .meta({ description: "n8n webhook that alerts are posted to; unset: alerts are only logged", ...secret }),
  SHOPEE_BUYER_EMAIL_DOMAIN: z
    .string()
    .refine((text) => /^(?=.{1,200}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i.test(text), {
      error: "put a domain name there, for example buyers.exzentcg.local",
    })
    .transform((text) => text.toLowerCase())
    .default("buyers.exzentcg.local")
    .meta({ description: "Domain of the stand-in e-mail address that each Shopee buyer gets" }),
  SHOPEE_STOCK_LOCATION_ID: z
    .string()
    .refine((text) => /^[A-Za-z0-9_-]+$/.test(text), {
      error: "put the id of a Medusa stock location there, for example sloc_01H…",
    })
    .optional()
    .meta({ description: "Stock location that Shopee orders draw from, needed when there are several" }),
})

/** The validated variables, by name. */
export type EnvironmentValues = z.output<typeof ENVIRONMENT_SCHEMA>

/** Name of a variable that the platform reads. */
export type EnvironmentVariableName = keyof EnvironmentValues
