import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "@medusajs/framework/zod"
import { parse } from "yaml"
import { CONFIGURATION_REFERENCE, writeConfigurationReference } from "../../tooling/configuration-reference"
import { DECISIONS_INDEX, writeDecisionsIndex } from "../../tooling/decisions-index"
import { readSourceFiles } from "../repository/source-files"
import { CHECKOUT, findDeadLinks, npmScriptsIn, readPapers } from "./papers"
import { COMMANDS } from "../../src/scripts/command-line/commands"

const read = (path: string) => readFileSync(join(CHECKOUT, path), "utf8")

describe("homelab/mkdocs.yml", () => {
  const entrySchema: z.ZodType<NavigationEntry> = z.lazy(() =>
    z.record(z.string(), z.union([z.string(), z.array(entrySchema)]))
  )
  interface NavigationEntry {
    [title: string]: string | NavigationEntry[]
  }
  const pagesOf = (entry: NavigationEntry): string[] =>
    Object.values(entry).flatMap((value) => (typeof value === "string" ? [value] : value.flatMap(pagesOf)))

  it("leads to every page of the homelab, and to nothing else", () => {
    const { nav } = z.object({ nav: z.array(entrySchema) }).parse(parse(read("homelab/mkdocs.yml")))
    const pages = readPapers().flatMap(({ path }) =>
      path.startsWith("homelab/") ? [path.slice("homelab/".length)] : []
    )
    expect(nav.flatMap(pagesOf).sort()).toEqual(pages.sort())
    expect(pages.length).toBeGreaterThanOrEqual(3)
  })
})

describe("the papers", () => {
  it("have no dead links", () => {
    expect(
      findDeadLinks({ path: "docs/x.md", text: "[a](nowhere.md#b) [c](README.md) [d](https://shop.example)" })
    ).toEqual(["docs/x.md → nowhere.md", "docs/x.md → README.md"])
    expect(readPapers().flatMap(findDeadLinks)).toEqual([])
  })

  it("name only npm scripts that exist", () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read("package.json")))
    const named = readPapers().flatMap((paper) => npmScriptsIn(paper).map((script) => `${paper.path}: ${script}`))
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((line) => !(line.split(": ")[1] ?? "" in scripts))).toEqual([])
  })

  it("name only scripts of the platform that exist", () => {
    const named = readPapers().flatMap(({ text }) =>
      [...text.matchAll(/\.\/(src\/scripts\/[\w-]+)\.[jt]s/g)].map(([, path]) => path)
    )
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((path) => !existsSync(join(CHECKOUT, `${path}.ts`)))).toEqual([])
  })

  it("name only commands of npm run shopee that exist, and every one of them", () => {
    const named = readPapers().flatMap(({ text }) =>
      [...text.matchAll(/npm run shopee -- ([a-z]+)/g)].map(([, command]) => command)
    )
    expect(new Set(named)).toEqual(new Set(COMMANDS.keys()))
  })
})

describe("npm run docs", () => {
  it("would write docs/configuration.md as it is", async () => {
    expect(read(CONFIGURATION_REFERENCE)).toBe(await writeConfigurationReference(CHECKOUT))
  })

  it("would write docs/decisions/README.md as it is", async () => {
    expect(read(DECISIONS_INDEX)).toBe(await writeDecisionsIndex(CHECKOUT))
  })
})

describe("docs/data-model.md", () => {
  it("has every table of the platform's modules", () => {
    const tables = readSourceFiles(CHECKOUT)
      .filter(({ path }) => /^src\/modules\/.*\/models\/[^/]+\.ts$/.test(path))
      .flatMap(({ text }) => [...text.matchAll(/\.define\(\s*"([a-z_]+)"/g)].map(([, table]) => table ?? ""))
    const described = [...read("docs/data-model.md").matchAll(/^\| `([a-z_]+)`/gm)].map(([, table]) => table)
    expect(tables.length).toBeGreaterThanOrEqual(9)
    expect(described.sort()).toEqual(tables.sort())
  })
})
