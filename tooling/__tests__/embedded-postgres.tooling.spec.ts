import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { Client } from "@medusajs/framework/pg"
import { type EmbeddedPostgres, startEmbeddedPostgres, stopThrowawayPostgres } from "../embedded-postgres"
import { findPostgresAccount } from "../postgres-account"

async function ask<Row>(url: string, sql: string): Promise<Row | undefined> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Row & Record<string, unknown>>(sql)
    return rows[0]
  } finally {
    await client.end()
  }
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false
  )

describe("the embedded Postgres of a checkout", () => {
  let checkout: string
  const running = new Set<EmbeddedPostgres>()

  async function start(mode: "persistent" | "throwaway"): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({ checkout, mode })
    running.add(postgres)
    return postgres
  }

  /** Starts one in a process of its own and kills that process, as a crash would. */
  async function startAndCrash(mode: "persistent" | "throwaway"): Promise<string> {
    const script = `require("tsx/cjs")
      require("./tooling/embedded-postgres.ts")
        .startEmbeddedPostgres({ checkout: ${JSON.stringify(checkout)}, mode: "${mode}" })
        .then((postgres) => { console.log(postgres.directory); setInterval(() => {}, 1000) })`
    const child = spawn(process.execPath, ["-e", script], {
      cwd: resolve(__dirname, "../.."),
      stdio: ["ignore", "pipe", "inherit"],
    })
    const [chunk] = (await once(child.stdout, "data")) as [Buffer]
    child.kill("SIGKILL")
    await once(child, "exit")
    return chunk.toString().trim()
  }

  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), "embedded-postgres-"))
  })

  afterEach(async () => {
    await Promise.all([...running].map((postgres) => postgres.stop()))
    running.clear()
    const { folder } = await findPostgresAccount(checkout)
    await Promise.all([checkout, folder].map((path) => rm(path, { recursive: true, force: true })))
  })

  it("is a Postgres 16 on localhost that knows letters beyond ASCII", async () => {
    const postgres = await start("throwaway")
    expect(new URL(postgres.url("medusa")).hostname).toBe("localhost")
    const row = await ask<{ version: string; lower: string }>(
      postgres.url("postgres"),
      "SELECT current_setting('server_version') AS version, lower('POKÉMON')"
    )
    expect(row).toEqual({ version: expect.stringMatching(/^16\./), lower: "pokémon" })
  })

  it("has the extensions that Medusa's migrations create, in a database that may be asked for twice", async () => {
    const postgres = await start("throwaway")
    await postgres.createDatabase("medusa")
    await postgres.createDatabase("medusa")
    await ask(postgres.url("medusa"), "CREATE EXTENSION pg_trgm")
    await ask(postgres.url("medusa"), "CREATE EXTENSION unaccent")
    const sql = "SELECT current_database() AS name, unaccent('é') AS plain"
    expect(await ask(postgres.url("medusa"), sql)).toEqual({ name: "medusa", plain: "e" })
  })

  it("risks its files for speed only when it is a throwaway", async () => {
    const fsync = "SELECT current_setting('fsync') AS fsync"
    const throwaway = await start("throwaway")
    const persistent = await start("persistent")
    expect(await ask(throwaway.url("postgres"), fsync)).toEqual({ fsync: "off" })
    expect(await ask(persistent.url("postgres"), fsync)).toEqual({ fsync: "on" })
  })

  it("keeps what a persistent one holds, and deletes a throwaway one", async () => {
    const first = await start("persistent")
    await first.createDatabase("shop")
    await first.stop()
    const second = await start("persistent")
    await expect(ask(second.url("shop"), "SELECT 1 AS one")).resolves.toEqual({ one: 1 })

    const throwaway = await start("throwaway")
    await stopThrowawayPostgres(checkout, throwaway.directory)
    expect(await exists(throwaway.directory)).toBe(false)
  })

  it("is joined, and not stopped, by a second caller", async () => {
    const first = await start("persistent")
    const second = await start("persistent")
    expect([second.port, second.owned]).toEqual([first.port, false])
    await second.stop()
    await expect(ask(first.url("postgres"), "SELECT 1 AS one")).resolves.toEqual({ one: 1 })
  })

  it("is started once by three callers at the same time", async () => {
    const all = await Promise.all([start("persistent"), start("persistent"), start("persistent")])
    expect(new Set(all.map((postgres) => postgres.port)).size).toBe(1)
    expect(all.filter((postgres) => postgres.owned)).toHaveLength(1)
  })

  it("is taken over from a process that was killed", async () => {
    await startAndCrash("persistent")
    const postgres = await start("persistent")
    expect(postgres.owned).toBe(true)
    await postgres.stop()
    await expect(ask(postgres.url("postgres"), "SELECT 1")).rejects.toThrow(/ECONNREFUSED/)
  })

  it("sweeps away the throwaway of a process that was killed", async () => {
    const directory = await startAndCrash("throwaway")
    expect(await exists(directory)).toBe(true)
    await start("throwaway")
    expect(await exists(directory)).toBe(false)
  })

  it.each([
    ["no process", () => spawnSync(process.execPath, ["-e", ""]).pid],
    ["another program", () => process.pid],
  ])("starts over a postmaster.pid that names %s", async (_, pid) => {
    const first = await start("persistent")
    const file = join(first.directory, "postmaster.pid")
    const lines = (await readFile(file, "utf8")).split("\n")
    await first.stop()
    await writeFile(file, [String(pid()), ...lines.slice(1)].join("\n"))
    const second = await start("persistent")
    await expect(ask(second.url("postgres"), "SELECT 1 AS one")).resolves.toEqual({ one: 1 })
  })

  it("begins again after an initialisation that was cut short", async () => {
    const { folder } = await findPostgresAccount(checkout)
    await mkdir(join(folder, "postgres.new"))
    await writeFile(join(folder, "postgres.new", "PG_VERSION"), "16\n")
    await writeFile(join(folder, "postgres.password"), "of a cluster that never was\n")
    const postgres = await start("persistent")
    await expect(ask(postgres.url("postgres"), "SELECT 1 AS one")).resolves.toEqual({ one: 1 })
  })
})
