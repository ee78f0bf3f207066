import { resolve } from "node:path"
import { startEmbeddedPostgres } from "../../tooling/embedded-postgres"

/**
 * Starts one throwaway Postgres for the whole Jest run, unless `DB_HOST` and `DB_PORT` name a server already.
 *
 * Jest calls this once, however many projects ask for it. Workers inherit the variables.
 */
export default async function startDatabase(): Promise<void> {
  if (process.env.DB_HOST && process.env.DB_PORT) {
    return
  }
  const postgres = await startEmbeddedPostgres({ checkout: resolve(__dirname, "../.."), mode: "throwaway" })
  process.env.DB_HOST = postgres.host
  process.env.DB_PORT = String(postgres.port)
  process.env.DB_USERNAME = postgres.user
  process.env.DB_PASSWORD = postgres.password
  process.env.TEST_CLUSTER_DIRECTORY = postgres.directory
}
