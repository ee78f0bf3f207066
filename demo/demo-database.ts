import { Client } from "@medusajs/framework/pg"
import type { EmbeddedPostgres } from "../tooling/embedded-postgres"

const DATABASE = "demo"

/** Deletes what the last demo left and answers the connection string of an empty database. */
export async function recreateDemoDatabase(postgres: EmbeddedPostgres): Promise<string> {
  const client = new Client({ connectionString: postgres.url("postgres") })
  await client.connect()
  try {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(DATABASE)} WITH (FORCE)`)
  } finally {
    await client.end()
  }
  await postgres.createDatabase(DATABASE)
  return postgres.url(DATABASE)
}
