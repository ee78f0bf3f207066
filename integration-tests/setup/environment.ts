/**
 * The environment of every suite that boots Medusa: the same on every machine, whatever the developer's shell holds.
 * A suite that needs more (a configured shop, say) sets it itself.
 */
import { databaseUrl } from "./database-url"

for (const name of Object.keys(process.env)) {
  // Real credentials in the shell must never let a test talk to the real Shopee, or to a shared Redis.
  if (name.startsWith("SHOPEE_") || name === "REDIS_URL" || name.startsWith("MEDUSA_")) {
    delete process.env[name]
  }
}

process.env.NODE_ENV = "test"
process.env.TZ = "UTC"
// A suite reports by its expectations; Medusa's hundreds of lines about its start would bury them. `LOG_LEVEL=info npm test` shows them.
process.env.LOG_LEVEL ??= "error"
process.env.MEDUSA_DISABLE_TELEMETRY = "true"
process.env.JWT_SECRET = "jwt-secret-of-the-tests"
process.env.COOKIE_SECRET = "cookie-secret-of-the-tests"
process.env.SHOPEE_TOKEN_ENCRYPTION_KEY = Buffer.alloc(32, "tests").toString("base64")
process.env.DATABASE_URL = databaseUrl("medusa-tests")
