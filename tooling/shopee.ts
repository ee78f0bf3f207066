import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { chooseScript, HELP } from "../src/scripts/command-line/commands"
import { provideDatabase } from "./provide-database"
import { runCommand } from "./run-command"

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
    (databaseUrl) =>
      runCommand("medusa", ["exec", path, ...chosen.args], {
        cwd: root,
        checkout: root,
        stdin: "ignore",
        // Medusa tells of its start otherwise, in more lines than the answer has. A command serves no requests, and so no Admin.
        env: { DATABASE_URL: databaseUrl, LOG_LEVEL: "error", DISABLE_MEDUSA_ADMIN: "true" },
      }),
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
