import { rm } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "@medusajs/framework/pg"
import { isProcessAlive, readFileIfPresent } from "./exclusive-lock"

const ANSWER_WAIT_MS = 5_000
const RETRY_MS = 250

/** Answers the connection string of a database of the server in question. */
export type UrlOf = (port: number, database: string) => string

/**
 * The port of the server that runs on a data directory, or null when none does.
 *
 * A `postmaster.pid` whose process is gone, or whose number belongs to another program by now, is deleted: containers
 * hand out the same few numbers again and again, and Postgres would refuse to start.
 *
 * @throws Error when a Postgres holds the directory and doesn't answer within seconds
 */
export async function findRunningPort(directory: string, urlOf: UrlOf): Promise<number | null> {
  const pidFile = join(directory, "postmaster.pid")
  const deadline = Date.now() + ANSWER_WAIT_MS
  for (;;) {
    const content = await readFileIfPresent(pidFile)
    if (content === null) {
      return null
    }
    const lines = content.split("\n")
    const pid = Number(lines[0])
    const port = Number(lines[3])
    if (!isProcessAlive(pid) || !(await mayBePostgres(pid))) {
      await rm(pidFile, { force: true })
      return null
    }
    if (port > 0 && (await answersFor(directory, urlOf(port, "postgres")))) {
      return port
    }
    if (Date.now() > deadline) {
      throw new Error(`Postgres (process ${pid}) holds ${directory} but doesn't answer. End that process.`)
    }
    await sleep(RETRY_MS)
  }
}

/** Whether the server behind this connection string answers and is the one of this data directory. */
export async function answersFor(directory: string, url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  // A connection that breaks later is reported as an event, which would end the process.
  client.on("error", () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory")
    return rows[0]?.data_directory === directory
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Creates a database unless it exists. `serverUrl` names any database of the server, as a user who may create. */
export async function createDatabase(serverUrl: string, database: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database])
    if (rowCount === 0) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`)
    }
  } finally {
    await client.end()
  }
}

/** Only Linux tells cheaply what a process is; elsewhere it gets the benefit of the doubt. */
async function mayBePostgres(pid: number): Promise<boolean> {
  if (process.platform !== "linux") {
    return true
  }
  const commandLine = await readFileIfPresent(`/proc/${pid}/cmdline`)
  return commandLine?.includes("postgres") ?? false
}
