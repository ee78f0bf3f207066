import { readdir, readFile } from "node:fs/promises"
import { resolve } from "node:path"
import { describeSchema } from "../support/describe-schema"
import { createPlatformDatabase, type PlatformDatabase } from "../support/platform-database"
import { randomSecrets, runNpmScript } from "../support/platform-process"

const RELEASE = resolve(__dirname, "fixtures", "release-0.1.0.sql")
const MODULES = resolve(__dirname, "../../src/modules")

/** What release 0.1.0 had migrated of the platform's own modules; each file's first line of a migration names it. */
const releasedMigrations = (sql: string): string[] =>
  [...sql.matchAll(/^-- (Migration\d+)$/gm)].map(([, name]) => name ?? "")

/** Every migration of the platform's own modules, as the checkout has them. */
async function ownMigrations(): Promise<string[]> {
  const files = await readdir(MODULES, { recursive: true })
  return files.flatMap((file) => /(?:^|\/)migrations\/(Migration\d+)\.ts$/.exec(file)?.[1] ?? [])
}

describe("npm run migrate", () => {
  let database: PlatformDatabase
  let release: string

  beforeAll(async () => {
    ;[database, release] = await Promise.all([createPlatformDatabase("upgrade"), readFile(RELEASE, "utf8")])
  })

  afterAll(() => database?.drop())

  const ownTables = async () =>
    (
      await database.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables
          WHERE table_schema = 'public' AND table_name ~ '^(connector|shopee|tcg)_' ORDER BY 1`
      )
    ).map(({ name }) => name)

  /** Puts the platform's own tables back to what the release left; Medusa's stay. */
  async function goBackToRelease(): Promise<void> {
    for (const table of await ownTables()) {
      await database.query(`DROP TABLE "${table}" CASCADE`)
    }
    await database.query(release)
    const released = releasedMigrations(release)
    const own = await ownMigrations()
    expect(own).toEqual(expect.arrayContaining(released))
    await database.query("DELETE FROM mikro_orm_migrations WHERE name = ANY ($1)", [
      own.filter((name) => !released.includes(name)),
    ])
  }

  async function readEverything(): Promise<Record<string, Record<string, unknown>[]>> {
    const content: Record<string, Record<string, unknown>[]> = {}
    for (const table of await ownTables()) {
      content[table] = await database.query<Record<string, unknown>>(`SELECT * FROM "${table}" ORDER BY id`)
    }
    return content
  }

  it("brings the database of release 0.1.0 to the schema of a new one, keeps every row, and never waits for an answer", async () => {
    const fresh = await describeSchema(database)
    // A claim finds room for the new version of its rows, and writes no index.
    expect(fresh).toContain("shopee_order_sync with {fillfactor=40}")
    await goBackToRelease()
    const before = await readEverything()
    expect(Object.values(before).map((rows) => rows.length)).toEqual([1, 1, 1, 2, 3, 1, 1, 1])
    // Medusa asks whether to drop the table of a link that no code defines any more.
    await database.query("CREATE TABLE forgotten_link (id text PRIMARY KEY)")
    await database.query(
      `INSERT INTO link_module_migrations (table_name, link_descriptor)
       VALUES ('forgotten_link', '{"fromModule": "order", "toModule": "forgotten"}')`
    )

    // Its standard input is a pipe that nobody writes to or closes: a question would wait for ever.
    const { code, stdout, stderr } = await runNpmScript("migrate", [], {
      ...randomSecrets(),
      DATABASE_URL: database.url,
    })
    expect(`${code}\n${code === 0 ? "" : stdout + stderr}`).toBe("0\n")

    const after = await readEverything()
    for (const [table, rows] of Object.entries(before)) {
      expect(after[table]).toMatchObject(rows)
    }
    expect(await database.query("SELECT id FROM forgotten_link")).toEqual([])
    await database.query("DROP TABLE forgotten_link")
    expect(await describeSchema(database)).toEqual(fresh)
  })
})
