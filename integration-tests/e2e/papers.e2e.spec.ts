import { readPapers, statementsIn } from "../operations/papers"
import { createPlatformDatabase, type PlatformDatabase } from "../support/platform-database"

describe("the SQL that the papers tell an operator to run", () => {
  let database: PlatformDatabase

  beforeAll(async () => {
    database = await createPlatformDatabase("papers")
  }, 300_000)

  afterAll(() => database?.drop())

  it("runs on the platform's database", async () => {
    const statements = readPapers().flatMap((paper) =>
      statementsIn(paper).map((sql) => ({ path: paper.path, sql: sql.replaceAll("<order_sn>", "261125EMBER014") }))
    )
    expect(statements.length).toBeGreaterThan(10)
    const failures: string[] = []
    for (const { path, sql } of statements) {
      await database.query(sql).catch((error: unknown) => failures.push(`${path}: ${String(error)}\n${sql}`))
    }
    expect(failures).toEqual([])
  })
})
