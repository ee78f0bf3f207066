import { resolve } from "node:path"
import { readImports } from "./module-imports"
import { findImportCycles, findRoomViolations } from "./room-rules"
import { isTypeScript, readSourceFiles } from "./source-files"
import { findStraySql } from "./sql-rule"

const SHOPEE = "src/modules/connectors/shopee"

const violationsOf = (path: string, text: string) => findRoomViolations(readImports({ path, text }))

describe("the rooms of the project", () => {
  const files = readSourceFiles(resolve(__dirname, "../..")).filter(isTypeScript)
  const imports = files.flatMap(readImports)

  it("are all looked at", () => {
    expect(files.length).toBeGreaterThan(50)
    expect(imports.length).toBeGreaterThan(files.length)
  })

  it("import downward only", () => {
    expect(findRoomViolations(imports)).toEqual([])
  })

  it("hold no ring of files that load one another", () => {
    expect(findImportCycles(imports)).toEqual([])
  })

  it("keep hand-written SQL in sql/ rooms and migrations", () => {
    expect(files.flatMap(findStraySql)).toEqual([])
  })
})

describe("findRoomViolations", () => {
  it.each([
    ["a module that knows a workflow", "src/modules/tcg/service.ts", `import { x } from "../../workflows/shopee/x"`],
    ["a workflow that knows a route", "src/workflows/shopee/x.ts", `import { x } from "../../api/admin/route"`],
    ["a job that knows a subscriber", "src/jobs/x.ts", `import { x } from "../subscribers/y"`],
    ["tcg knowing a connector", "src/modules/tcg/x.ts", `import { x } from "../connectors/shopee/types/json"`],
    ["shared knowing a connector", "src/modules/connectors/shared/x.ts", `export * from "../shopee/types/json"`],
    ["a planner that calls Shopee", `${SHOPEE}/planner/plan.ts`, `import { x } from "../client/shopee-client"`],
    ["a planner that reads files", `${SHOPEE}/planner/plan.ts`, `import { readFile } from "node:fs/promises"`],
    ["a normaliser that opens sockets", `${SHOPEE}/normalizers/order.ts`, `const http = require("http")`],
    ["types that know a room", `${SHOPEE}/types/plan.ts`, `import type { X } from "../planner/plan"`],
    ["a room that runs the service", `${SHOPEE}/inbox/x.ts`, `import Service from "../service"`],
    ["a webhook that calls the SDK's file", `${SHOPEE}/webhook/x.ts`, `import { getShopeeSdk } from "../sdk"`],
    ["an import of the SDK", `${SHOPEE}/client/x.ts`, `const sdk = await import("@congminh1254/shopee-sdk")`],
    ["a type of the SDK", "src/jobs/x.ts", `type X = import("@congminh1254/shopee-sdk/schemas/order").Order`],
    ["a room nobody decided on", `${SHOPEE}/stuff/x.ts`, `import { x } from "../types/json"`],
    ["src that knows the sandbox", "src/scripts/x.ts", `import { startSandbox } from "../../sandbox/start-sandbox"`],
    ["src that knows the tooling", "src/config/x.ts", `require.resolve("../../tooling/launch.mjs")`],
    ["the sandbox that knows src", "sandbox/x.ts", `import type { X } from "../src/modules/tcg/types/enums"`],
  ])("finds %s", (_, path, text) => {
    expect(violationsOf(path, text)).toEqual([expect.stringMatching(`^${path}:1 imports `)])
  })

  it.each([
    ["a job that runs a workflow", "src/jobs/x.ts", `import { x } from "../workflows/shopee/x"`],
    ["the service that uses every room", `${SHOPEE}/service.ts`, `import { x } from "./inbox/record"`],
    ["a room that is handed the service", `${SHOPEE}/inbox/x.ts`, `import type Service from "../service"`],
    ["a planner that counts money", `${SHOPEE}/planner/x.ts`, `import { BigNumber } from "@medusajs/framework/utils"`],
    ["sdk.ts that loads the SDK", `${SHOPEE}/sdk.ts`, `const sdk = await import("@congminh1254/shopee-sdk")`],
    ["a test that drives the sandbox", "src/jobs/__tests__/x.spec.ts", `import { x } from "../../../sandbox/sandbox"`],
  ])("lets %s pass", (_, path, text) => {
    expect(violationsOf(path, text)).toEqual([])
  })
})

describe("findImportCycles", () => {
  const file = (path: string, text: string) => readImports({ path, text })

  it("finds a ring of three files", () => {
    const ring = [
      ...file("src/a.ts", `import { b } from "./b"`),
      ...file("src/b.ts", `export * from "./c"`),
      ...file("src/c.ts", `import { a } from "./a"`),
    ]
    expect(findImportCycles(ring)).toEqual(["src/a.ts → src/b.ts → src/c.ts → src/a.ts"])
  })

  it("doesn't count a type", () => {
    const pair = [...file("src/a.ts", `import { b } from "./b"`), ...file("src/b.ts", `import type { A } from "./a"`)]
    expect(findImportCycles(pair)).toEqual([])
  })
})

describe("findStraySql", () => {
  const statements = [
    "`SELECT id FROM shopee_raw_event WHERE id = ${id}`",
    '"UPDATE shopee_order_sync SET attempts = 0"',
    '"insert into x (id) values (?)"',
    "`\n  WITH due AS (SELECT 1) DELETE FROM x`",
  ]

  it.each(statements)("finds %s in a service", (statement) => {
    const path = `${SHOPEE}/service.ts`
    expect(findStraySql({ path, text: `const id = 1\nconst sql = ${statement}` })).toEqual([
      `${path}:2 holds SQL: it belongs in the module's sql/ room`,
    ])
  })

  it("lets statements be where they belong, and English be everywhere", () => {
    const text = `const sql = ${statements.join(" + ")}`
    expect(findStraySql({ path: `${SHOPEE}/sql/claim.ts`, text })).toEqual([])
    expect(findStraySql({ path: "src/modules/tcg/migrations/M1.ts", text })).toEqual([])
    expect(
      findStraySql({ path: "src/api/x.ts", text: `const line = "Update the mapping, select a SKU from it"` })
    ).toEqual([])
  })
})
