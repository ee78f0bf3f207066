import { resolve } from "node:path"
import { migrateDatabase } from "./migrate-database"
import { provideDatabase } from "./provide-database"
import { runCommand } from "./run-command"

const USAGE = `Usage: with-database [--migrate] [--service] <command> [arguments]
Runs the command with DATABASE_URL; starts the embedded Postgres when that is unset.
  --migrate  bring the database to the present schema first; without a command that is all
  --service  the command is a server: it gets no terminal, and is ended with all that it started
Example: with-database --migrate medusa exec ./src/scripts/shopee-status.ts`

interface Call {
  migrate: boolean
  service: boolean
  command: string | undefined
  args: string[]
}

function parseCall(argv: string[]): Call | null {
  const flags = new Set<string>()
  let first = 0
  for (; argv[first]?.startsWith("--"); first++) {
    flags.add(argv[first] ?? "")
  }
  const [command, ...args] = argv.slice(first)
  const known = [...flags].every((flag) => flag === "--migrate" || flag === "--service")
  const migrate = flags.has("--migrate")
  return known && (command || migrate) ? { migrate, service: flags.has("--service"), command, args } : null
}

async function main(): Promise<number> {
  const call = parseCall(process.argv.slice(2))
  if (!call) {
    console.error(USAGE)
    return 1
  }
  const checkout = resolve(__dirname, "..")
  return await provideDatabase(checkout, (databaseUrl) => runCall(call, checkout, databaseUrl))
}

async function runCall(call: Call, checkout: string, databaseUrl: string): Promise<number> {
  if (call.migrate) {
    await migrateDatabase({ checkout, cwd: checkout, databaseUrl })
  }
  if (!call.command) {
    return 0
  }
  const { command, args, service } = call
  return runCommand(command, args, { cwd: checkout, checkout, service, env: { DATABASE_URL: databaseUrl } })
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
)
