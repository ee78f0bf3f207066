import { runCommand } from "./run-command"

/**
 * Brings a database to the schema of this checkout: migrations, links, search indexes, migration scripts.
 *
 * Never asks: only safe changes of links and search indexes are made, and there is no terminal to wait for.
 * A signal ends the process that Medusa forks for migration scripts as well, which would go on by itself.
 *
 * @param options.cwd where `medusa-config` lies: the checkout, or `.medusa/server` to migrate with what was built
 * @throws Error when the migration fails; Medusa has printed why
 */
export async function migrateDatabase(options: {
  checkout: string
  cwd: string
  databaseUrl: string
  env?: NodeJS.ProcessEnv
}): Promise<void> {
  const code = await runCommand("medusa", ["db:migrate", "--execute-safe-links", "--execute-safe-search"], {
    cwd: options.cwd,
    checkout: options.checkout,
    env: { ...options.env, DATABASE_URL: options.databaseUrl },
    service: true,
  })
  if (code !== 0) {
    throw new Error(`The database could not be migrated (exit code ${code}).`)
  }
}
