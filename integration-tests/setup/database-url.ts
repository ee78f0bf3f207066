/**
 * The connection string of a database on the test run's Postgres server; the database need not exist yet.
 *
 * @throws Error when no server was started or named (`DB_HOST`, `DB_PORT`)
 */
export function databaseUrl(database: string): string {
  const { DB_HOST: host, DB_PORT: port, DB_USERNAME: user = "postgres", DB_PASSWORD: password = "" } = process.env
  if (!host || !port) {
    throw new Error(
      "There is no Postgres for this test: its Jest project lacks the globalSetup, or DB_HOST and DB_PORT."
    )
  }
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${database}`
}
