import { createHash } from "node:crypto"
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join, relative } from "node:path"
import { ModuleKind, ScriptTarget, transpileModule, type CompilerOptions } from "typescript"
import { readFileIfPresent, withExclusiveLock } from "./exclusive-lock"
import { runCommand } from "./run-command"

/** A build with the Admin takes about a minute on two slow cores. */
const BUILD_WAIT_MS = 10 * 60_000

/** What the built platform consists of. */
const SOURCES = [
  "src",
  "tooling",
  "medusa-config.ts",
  "instrumentation.ts",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
]

const TOOL_COMPILER_OPTIONS: CompilerOptions = {
  module: ModuleKind.CommonJS,
  target: ScriptTarget.ES2022,
  esModuleInterop: true,
}

/**
 * The Admin is built with the React of production, not with that of development. The build reads medusa-config, which then demands secrets;
 * none of them gets into what is built, and Shopee needs no key when it isn't there. Of what Medusa says in lines for machines, warnings are enough.
 */
const BUILD_ENVIRONMENT = {
  NODE_ENV: "production",
  LOG_LEVEL: "warn",
  DATABASE_URL: "postgres://build@127.0.0.1/build",
  JWT_SECRET: "only-for-the-build",
  COOKIE_SECRET: "only-for-the-build",
  SHOPEE_PARTNER_ID: "",
  SHOPEE_PARTNER_KEY: "",
  SHOPEE_SHOP_ID: "",
}

/** What the folder holds, written last: a build that was cut short has no stamp. */
interface BuildStamp {
  backend: string
  /** null when it was built without the Admin. */
  admin: string | null
}

export interface BuildOptions {
  checkout: string
  /** false leaves the Admin out, which saves most of the time; start it with `DISABLE_MEDUSA_ADMIN=true` then. */
  admin: boolean
  /** Builds even when no source changed. */
  force?: boolean
}

/**
 * Builds the platform into `.medusa/server` unless what lies there was built from the same sources.
 *
 * Only one process builds at a time; a second one waits and finds the work done.
 *
 * @returns the folder to run `medusa start` in
 * @throws Error when the build fails; Medusa has printed why
 */
export async function buildPlatform(options: BuildOptions): Promise<string> {
  const { checkout } = options
  const server = join(checkout, ".medusa", "server")
  const stampFile = join(checkout, ".medusa", "build-stamp.json")
  const onWait = (pid: number) => console.log(`Waiting for the build of process ${pid} ...`)
  return withExclusiveLock(join(checkout, ".medusa", "build.lock"), { waitMs: BUILD_WAIT_MS, onWait }, async () => {
    const sources = await hashSources(checkout)
    const present = parseStamp(await readFileIfPresent(stampFile))
    const upToDate = present?.backend === sources.backend && (!options.admin || present.admin === sources.admin)
    if (upToDate && !options.force) {
      return server
    }
    await rm(stampFile, { force: true })
    console.log(`Building the platform ${options.admin ? "with" : "without"} its Admin ...`)
    const code = await runCommand("medusa", ["build", "--no-lint"], {
      cwd: checkout,
      checkout,
      stdin: "ignore",
      env: { ...BUILD_ENVIRONMENT, DISABLE_MEDUSA_ADMIN: options.admin ? "false" : "true" },
    })
    if (code !== 0) {
      throw new Error(`The platform could not be built (exit code ${code}).`)
    }
    await addTools(checkout, server)
    const stamp: BuildStamp = { backend: sources.backend, admin: options.admin ? sources.admin : null }
    await writeFile(stampFile, JSON.stringify(stamp))
    return server
  })
}

/** `npm start`, `npm run migrate` and `npm run medusa` work in the built folder too, where there is no tsx. */
async function addTools(checkout: string, server: string): Promise<void> {
  await mkdir(join(server, "tooling"), { recursive: true })
  await copyFile(join(checkout, ".npmrc"), join(server, ".npmrc"))
  await copyFile(join(checkout, "tooling", "run.mjs"), join(server, "tooling", "run.mjs"))
  for (const name of await readdir(join(checkout, "tooling"))) {
    if (name.endsWith(".ts")) {
      const source = await readFile(join(checkout, "tooling", name), "utf8")
      const { outputText } = transpileModule(source, { compilerOptions: TOOL_COMPILER_OPTIONS })
      await writeFile(join(server, "tooling", name.replace(/\.ts$/, ".js")), outputText)
    }
  }
}

async function hashSources(checkout: string): Promise<{ backend: string; admin: string }> {
  const files = (await Promise.all(SOURCES.map((source) => listFiles(join(checkout, source))))).flat().sort()
  const backend = createHash("sha256")
  const admin = createHash("sha256")
  for (const file of files) {
    const path = relative(checkout, file)
    const content = await readFile(file)
    admin.update(path).update("\0").update(content)
    if (!path.startsWith(join("src", "admin"))) {
      backend.update(path).update("\0").update(content)
    }
  }
  return { backend: backend.digest("hex"), admin: admin.digest("hex") }
}

async function listFiles(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.includes("__tests__"))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") {
      return [path]
    }
    throw error
  }
}

function parseStamp(text: string | null): BuildStamp | null {
  return text === null ? null : (JSON.parse(text) as BuildStamp)
}
