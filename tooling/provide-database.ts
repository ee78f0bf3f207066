import { loadEnv } from "@medusajs/framework/utils"
import { startEmbeddedPostgres } from "./embedded-postgres"

/**
 * Reads the `.env` of this environment and runs something with a database: the one that DATABASE_URL names, else the embedded Postgres,
 * which is stopped again afterwards unless it ran before.
 *
 * @param say hears that the embedded Postgres runs
 * @throws Error in production when DATABASE_URL is not set
 */
export async function provideDatabase(
  checkout: string,
  run: (databaseUrl: string) => Promise<number>,
  say: (line: string) => void = console.log
): Promise<number> {
  loadEnv(process.env.NODE_ENV ?? "development", checkout)
  if (process.env.DATABASE_URL) {
    return run(process.env.DATABASE_URL)
  }
  if (process.env.NODE_ENV === "production") {
    throw new Error(
      "DATABASE_URL is not set: put a Postgres address there (postgres://user:password@localhost:5432/tcg)."
    )
  }
  const postgres = await startEmbeddedPostgres({ checkout, mode: "persistent" })
  try {
    say(`Postgres 16 ${postgres.owned ? "started" : "already running"} on localhost:${postgres.port}.`)
    await postgres.createDatabase("medusa")
    return await run(postgres.url("medusa"))
  } finally {
    await postgres.stop()
  }
}
