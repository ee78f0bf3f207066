import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { EnvironmentError, listEnvironmentVariables, readEnvironment } from "../environment"

const KEY = Buffer.alloc(32, 7).toString("base64")
const SHOPEE = { SHOPEE_PARTNER_ID: "2001234", SHOPEE_PARTNER_KEY: "partner-key", SHOPEE_SHOP_ID: "7001" }
const PRODUCTION = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://tcg:pw@localhost:5432/tcg",
  JWT_SECRET: "jwt",
  COOKIE_SECRET: "cookie",
}

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readEnvironment(env)
  } catch (error) {
    if (error instanceof EnvironmentError) {
      return error.problems
    }
    throw error
  }
  return []
}

describe("readEnvironment", () => {
  it("runs on defaults outside production and says which ones aren't fit for it", () => {
    const environment = readEnvironment({})

    expect(environment).toMatchObject({
      production: false,
      databaseUrl: null,
      redisUrl: null,
      port: 9000,
      metricsPort: 9464,
      metricsHost: "127.0.0.1",
      rawDataRetentionDays: 90,
      workerMode: "shared",
    })
    expect(environment.shopee.buyerEmailDomain).toBe("buyers.exzentcg.local")
    expect(environment.warnings.map((line) => line.split(" ")[0])).toEqual(["JWT_SECRET", "COOKIE_SECRET"])
  })

  it("counts an empty or blank value as unset", () => {
    expect(readEnvironment({ PORT: "", REDIS_URL: "  ", SHOPEE_PARTNER_ID: "" })).toMatchObject({
      port: 9000,
      redisUrl: null,
      shopee: { partnerId: null },
    })
  })

  it("reads every variable", () => {
    const environment = readEnvironment({
      ...PRODUCTION,
      ...SHOPEE,
      REDIS_URL: "redis://localhost:6379",
      PORT: "9100",
      METRICS_PORT: "0",
      METRICS_HOST: "0.0.0.0",
      RAW_DATA_RETENTION_DAYS: "30",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
      MEDUSA_WORKER_MODE: "worker",
      DISABLE_MEDUSA_ADMIN: "true",
      STORE_CORS: "https://shop.example",
      ADMIN_CORS: "https://admin.example",
      AUTH_CORS: "https://auth.example",
      ADMIN_URL: "https://admin.example/app/",
      SHOPEE_API_BASE_URL: "http://127.0.0.1:4100/api/v2/",
      SHOPEE_WEBHOOK_URL: "https://shop.example/hook?x=1",
      SHOPEE_PUSH_PARTNER_KEY: "new, old",
      SHOPEE_TOKEN_ENCRYPTION_KEY: `${KEY},${KEY}`,
      SHOPEE_ALERT_WEBHOOK_URL: "https://n8n.example/webhook",
      SHOPEE_BUYER_EMAIL_DOMAIN: "Buyers.Example",
      SHOPEE_STOCK_LOCATION_ID: "sloc_1",
    })

    expect(environment).toEqual({
      production: true,
      databaseUrl: PRODUCTION.DATABASE_URL,
      redisUrl: "redis://localhost:6379",
      port: 9100,
      metricsPort: 0,
      metricsHost: "0.0.0.0",
      rawDataRetentionDays: 30,
      tracesEndpoint: "http://127.0.0.1:4318",
      workerMode: "worker",
      admin: false,
      adminUrl: "https://admin.example/app",
      jwtSecret: "jwt",
      cookieSecret: "cookie",
      storeCors: "https://shop.example",
      adminCors: "https://admin.example",
      authCors: "https://auth.example",
      shopee: {
        partnerId: 2001234,
        partnerKey: "partner-key",
        shopId: "7001",
        apiBaseUrl: "http://127.0.0.1:4100/api/v2",
        webhookUrl: "https://shop.example/hook?x=1",
        pushPartnerKeys: ["new", "old"],
        tokenEncryptionKeys: [KEY, KEY],
        alertWebhookUrl: "https://n8n.example/webhook",
        buyerEmailDomain: "buyers.example",
        stockLocationId: "sloc_1",
      },
      warnings: [],
    })
  })

  it("warns of several processes without Redis, since their stock counts would race", () => {
    const warnings = (env: Record<string, string>) => readEnvironment({ ...PRODUCTION, ...env }).warnings.join()
    expect(warnings({ MEDUSA_WORKER_MODE: "worker" })).toContain("REDIS_URL")
    expect(warnings({ MEDUSA_WORKER_MODE: "worker", REDIS_URL: "redis://localhost:6379" })).toBe("")
    expect(warnings({ MEDUSA_WORKER_MODE: "server" })).toBe("")
    expect(warnings({})).toBe("")
  })

  it("says loudly that fail points are armed", () => {
    const { warnings } = readEnvironment({
      ...PRODUCTION,
      SHOPEE_API_BASE_URL: "http://127.0.0.1:4100/api/v2",
      FAIL_POINTS: "orders-created, orders-read=SIGSTOP",
    })
    expect(warnings).toEqual([expect.stringMatching(/^FAIL POINTS ARE ARMED: .*orders-created, orders-read\.$/)])
  })

  it.each([undefined, "https://partner.shopeemobile.com/api/v2", "https://127.0.0.1.example/api/v2"])(
    "refuses to start with fail points unless Shopee is a server of this machine: %s",
    (url) => {
      expect(problemsOf({ ...PRODUCTION, SHOPEE_API_BASE_URL: url, FAIL_POINTS: "orders-created" })).toEqual([
        expect.stringMatching(/^FAIL_POINTS is set while SHOPEE_API_BASE_URL .*unset FAIL_POINTS/),
      ])
    }
  )

  it("refuses a fail point that does not exist: it would never be passed", () => {
    expect(problemsOf({ FAIL_POINTS: "orders-crated" })).toEqual([expect.stringMatching(/^FAIL_POINTS is not valid: /)])
  })

  it.each([
    ["DATABASE_URL", "mysql://x:secret-value@h/d"],
    ["REDIS_URL", "http://secret-value"],
    ["PORT", "secret-value"],
    ["PORT", "65536"],
    ["METRICS_PORT", "-1"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "secret-value"],
    ["METRICS_HOST", "secret-value"],
    ["RAW_DATA_RETENTION_DAYS", "secret-value"],
    ["RAW_DATA_RETENTION_DAYS", "6"],
    ["MEDUSA_WORKER_MODE", "secret-value"],
    ["SHOPEE_PARTNER_ID", "secret-value"],
    ["SHOPEE_PARTNER_ID", "4294967296"],
    ["SHOPEE_SHOP_ID", "secret-value"],
    ["SHOPEE_API_BASE_URL", "secret-value"],
    ["SHOPEE_API_BASE_URL", "https://secret-value.example/v2"],
    ["SHOPEE_WEBHOOK_URL", "secret-value"],
    ["SHOPEE_TOKEN_ENCRYPTION_KEY", "secret-value"],
    ["SHOPEE_TOKEN_ENCRYPTION_KEY", Buffer.alloc(31, 1).toString("base64")],
    ["SHOPEE_TOKEN_ENCRYPTION_KEY", `${KEY},secret-value`],
    ["SHOPEE_ALERT_WEBHOOK_URL", "ftp://secret-value"],
    ["SHOPEE_BUYER_EMAIL_DOMAIN", "secret-value@x y"],
    ["SHOPEE_STOCK_LOCATION_ID", "secret value"],
  ])("refuses %s=%s in one line that names it, says what to put there, and doesn't repeat the value", (name, value) => {
    const problems = problemsOf({ [name]: value })

    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name} is not valid: put .+\\.$`))
    expect(problems[0]).not.toContain("\n")
    expect(problems[0]).not.toContain(value)
  })

  it("tells all problems at once, a line each", () => {
    expect(() => readEnvironment({ PORT: "x", REDIS_URL: "x" })).toThrow(/^REDIS_URL .+\nPORT .+$/)
  })

  it.each(["DATABASE_URL", "JWT_SECRET", "COOKIE_SECRET"])("stops a start in production without %s", (name) => {
    const problems = problemsOf({ ...PRODUCTION, [name]: undefined })

    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name} is not set: put `))
  })

  it("stops a start in production without a token key while Shopee is configured, and only then", () => {
    expect(problemsOf({ ...PRODUCTION, ...SHOPEE })).toEqual([
      expect.stringMatching(/^SHOPEE_TOKEN_ENCRYPTION_KEY is not set: put 32 random bytes as base64/),
    ])
    expect(problemsOf(PRODUCTION)).toEqual([])
    expect(problemsOf({ ...PRODUCTION, ...SHOPEE, SHOPEE_TOKEN_ENCRYPTION_KEY: KEY })).toEqual([])
  })

  it("has a token key of its own outside production, with a warning", () => {
    const environment = readEnvironment(SHOPEE)

    expect(environment.shopee.tokenEncryptionKeys.map((key) => Buffer.from(key, "base64").length)).toEqual([32])
    expect(environment.warnings).toContainEqual(expect.stringMatching(/^SHOPEE_TOKEN_ENCRYPTION_KEY is not set: /))
  })

  it("warns when Shopee is configured by half", () => {
    expect(readEnvironment({ SHOPEE_PARTNER_ID: "1" }).warnings).toContainEqual(
      expect.stringMatching(/SHOPEE_PARTNER_KEY and SHOPEE_SHOP_ID not set/)
    )
  })
})

/** Variables of docker-compose.yml itself, which the platform doesn't read. */
const READ_BY_COMPOSE = { ".env.example": ["POSTGRES_PASSWORD"], ".env.development.example": [] }

describe.each([".env.example", ".env.development.example"] as const)("%s", (file) => {
  const lines = readFileSync(resolve(__dirname, "../../..", file), "utf8").split("\n")
  const assignments = lines.flatMap((line, index) => {
    const [, name, value] = /^#? ?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? []
    return name === undefined ? [] : [{ name, value: value ?? "", comment: lines[index - 1] ?? "" }]
  })

  it("has every variable once, each under a comment", () => {
    const known: string[] = listEnvironmentVariables().map(({ name }) => name)
    expect(assignments.map(({ name }) => name).sort()).toEqual([...known, ...READ_BY_COMPOSE[file]].sort())
    expect(assignments.filter(({ comment }) => !comment.startsWith("# "))).toEqual([])
  })

  it("holds no secret", () => {
    const secrets = new Set<string>(
      listEnvironmentVariables()
        .filter(({ secret }) => secret)
        .map(({ name }) => name)
    )
    const harmless = /^$|^sandbox-[a-z-]+$|^(postgres|redis|https?):\/\/[^:@]*(:password)?@?[^:@]*(:\d+)?(\/.*)?$/

    expect(assignments.filter(({ name, value }) => secrets.has(name) && !harmless.test(value))).toEqual([])
  })

  it("is a valid environment as it stands", () => {
    const values = Object.fromEntries(
      lines.flatMap((line) => {
        const [, name, value] = /^([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? []
        return name === undefined ? [] : [[name, value]]
      })
    )

    expect(problemsOf({ ...values, NODE_ENV: "development" })).toEqual([])
  })
})
