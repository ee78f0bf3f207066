import { readFile } from "node:fs/promises"
import { resolve } from "node:path"
import { Client, Pool } from "@medusajs/framework/pg"
import { databaseUrl } from "../setup/database-url"
import { BUILT_PLATFORM, randomSecrets, runNpmScript } from "./platform-process"

/** Who may log in to every database of the suites. */
export const OPERATOR = { email: "operator@suite.example", password: "ember-drake-014" }

/** Any number that no other advisory lock on the server uses. */
const TEMPLATE_LOCK = 20_261_123

/** A database of the platform, migrated and with an operator's login. */
export interface PlatformDatabase {
  url: string
  /** Asks the database itself, past the platform. */
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>
  /** Ends our connection and deletes the database, whoever is still connected. */
  drop(): Promise<void>
}

/**
 * Creates a database for a suite.
 *
 * The first one to ask migrates a template with the built platform, and every suite gets a copy of it: migrating takes half a minute.
 */
export async function createPlatformDatabase(name: string): Promise<PlatformDatabase> {
  const database = `e2e_${name.replaceAll("-", "_")}`
  await withServer(async (server) => {
    await server.query("SELECT pg_advisory_lock($1)", [TEMPLATE_LOCK])
    const template = await ensureTemplate(server)
    await server.query(`DROP DATABASE IF EXISTS ${server.escapeIdentifier(database)} WITH (FORCE)`)
    await server.query(
      `CREATE DATABASE ${server.escapeIdentifier(database)} TEMPLATE ${server.escapeIdentifier(template)}`
    )
  })
  const url = databaseUrl(database)
  const pool = new Pool({ connectionString: url, max: 2 })
  // A server that restarts under a suite breaks idle connections; the next question opens one anew.
  pool.on("error", () => undefined)
  return {
    url,
    query: async <Row>(sql: string, parameters?: unknown[]) =>
      (await pool.query<Row & Record<string, unknown>>(sql, parameters)).rows,
    drop: async () => {
      await pool.end()
      await withServer((server) =>
        server.query(`DROP DATABASE IF EXISTS ${server.escapeIdentifier(database)} WITH (FORCE)`)
      )
    },
  }
}

/** Its name holds the build, so that a server which is kept between runs never serves an older schema. */
async function ensureTemplate(server: Client): Promise<string> {
  const stamp = await readFile(resolve(BUILT_PLATFORM, "..", "build-stamp.json"), "utf8")
  const { backend } = JSON.parse(stamp) as { backend: string }
  const template = `e2e_template_${backend.slice(0, 12)}`
  const { rowCount } = await server.query("SELECT 1 FROM pg_database WHERE datname = $1", [template])
  if (rowCount === 0) {
    // Under another name until it is complete: a run that was cut short leaves no half template.
    const unfinished = `${template}_new`
    await server.query(`DROP DATABASE IF EXISTS ${server.escapeIdentifier(unfinished)} WITH (FORCE)`)
    await server.query(`CREATE DATABASE ${server.escapeIdentifier(unfinished)}`)
    const settings = { ...randomSecrets(), DATABASE_URL: databaseUrl(unfinished) }
    await mustSucceed("migrate", [], settings)
    await mustSucceed("medusa", ["user", "--email", OPERATOR.email, "--password", OPERATOR.password], settings)
    await server.query(
      `ALTER DATABASE ${server.escapeIdentifier(unfinished)} RENAME TO ${server.escapeIdentifier(template)}`
    )
  }
  return template
}

async function mustSucceed(script: string, args: string[], settings: NodeJS.ProcessEnv): Promise<void> {
  const { code, stdout, stderr } = await runNpmScript(script, args, settings)
  if (code !== 0) {
    throw new Error(`npm run ${script} ended with exit code ${code}:\n${(stdout + stderr).slice(-3_000)}`)
  }
}

async function withServer<Result>(work: (server: Client) => Promise<Result>): Promise<Result> {
  const server = new Client({ connectionString: databaseUrl("postgres") })
  await server.connect()
  try {
    return await work(server)
  } finally {
    await server.end()
  }
}
