import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { Client } from "@medusajs/framework/pg"
import { MISSING_TABLES } from "../src/modules/connectors/shared/database/missing-tables"
import { chooseScript, HELP } from "../src/scripts/command-line/commands"
import { provideDatabase } from "./provide-database"
import { runCommand } from "./run-command"

/**
 * Whether the database was migrated. Medusa's loaders ask for tables before any script runs, and what they say of missing ones is a page
 * long. A database that can't be asked is left to Medusa, which says why.
 */
async function isMigrated(databaseUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    const { rows } = await client.query<{ known: boolean }>(
      "SELECT to_regclass('shopee_order_sync') IS NOT NULL AS known"
    )
    return rows[0]?.known !== false
  } catch {
    return true
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The operator's command line: refuses a wrong call at once, and has Medusa run the script of a right one. */
async function main(): Promise<number> {
  const chosen = chooseScript(process.argv.slice(2))
  if (chosen === null) {
    console.log(HELP)
    return 0
  }
  const root = resolve(__dirname, "..")
  const file = `./src/scripts/${chosen.script}`
  // Built, the script is JavaScript; in the checkout Medusa compiles it.
  const path = existsSync(join(root, `${file}.js`)) ? `${file}.js` : `${file}.ts`
  return await provideDatabase(
    root,
    async (databaseUrl) => {
      if (!(await isMigrated(databaseUrl))) {
        console.error(MISSING_TABLES)
        return 1
      }
      return await runCommand("medusa", ["exec", path, ...chosen.args], {
        cwd: root,
        checkout: root,
        stdin: "ignore",
        // Medusa tells of its start otherwise, in more lines than the answer has. A command serves no requests, and so no Admin.
        env: { DATABASE_URL: databaseUrl, LOG_LEVEL: "error", DISABLE_MEDUSA_ADMIN: "true" },
      })
    },
    () => undefined
  )
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
)
