import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { loadEnv } from "@medusajs/framework/utils"
import { fewCollectorThreads } from "./collector-threads"
import { keepUploads } from "./keep-uploads"
import { runCommand } from "./run-command"

/** Where the built platform lies, seen from the checkout or from inside of it. */
function findServer(root: string): string {
  const built = join(root, ".medusa", "server")
  if (existsSync(join(built, "medusa-config.js"))) {
    return built
  }
  if (existsSync(join(root, "medusa-config.js"))) {
    return root
  }
  throw new Error("The platform isn't built yet. Run: npm run build")
}

async function main(): Promise<number> {
  const root = resolve(__dirname, "..")
  const server = findServer(root)
  process.env.NODE_ENV = "production"
  loadEnv("production", root)
  if (!process.env.DATABASE_URL) {
    throw new Error(
      "DATABASE_URL is not set: put a Postgres address there (postgres://user:password@localhost:5432/tcg)."
    )
  }
  const admin = process.env.DISABLE_MEDUSA_ADMIN !== "true"
  if (admin && !existsSync(join(server, "public", "admin", "index.html"))) {
    throw new Error("The platform was built without its Admin. Run: npm run build (or set DISABLE_MEDUSA_ADMIN=true)")
  }
  await keepUploads(root, server)
  return runCommand("medusa", ["start", ...process.argv.slice(2)], {
    cwd: server,
    checkout: root,
    env: { NODE_OPTIONS: fewCollectorThreads(process.env.NODE_OPTIONS) },
  })
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
)
