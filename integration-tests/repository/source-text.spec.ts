import { resolve } from "node:path"
import { readSourceFiles } from "./source-files"
import { findPrivatePlaces, findTooLong, findUnfinished, findUntyped, MAX_LINES } from "./text-rules"

const lines = (count: number) => "const a = 1\n".repeat(count)

// Put together here, so that this file isn't found itself.
const MARK = "TO" + "DO"
const ANY = "an" + "y"
const DIRECTIVE = "@ts-" + "ignore"
const HOME = "/ho" + "me/ann/tcg"
const ADDRESS = "http://192.168" + ".1.20:4873"
const PAPER = "../sha" + "red/spec/product.md"

describe("the text of the project", () => {
  const files = readSourceFiles(resolve(__dirname, "../.."))

  it("is all looked at", () => {
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["package.json", "tooling/launch.mjs", "integration-tests/repository/text-rules.ts"])
    )
  })

  it(`has no code file of more than ${MAX_LINES} lines`, () => {
    expect(files.flatMap(findTooLong)).toEqual([])
  })

  it("switches the type checker off nowhere", () => {
    expect(files.flatMap(findUntyped)).toEqual([])
  })

  it("has no mark of unfinished work", () => {
    expect(files.flatMap(findUnfinished)).toEqual([])
  })

  it("names no place that exists on one machine only", () => {
    expect(files.flatMap(findPrivatePlaces)).toEqual([])
  })
})

describe("the checks of the text", () => {
  const path = "src/x.ts"

  it("find the 401st line", () => {
    expect(findTooLong({ path, text: lines(MAX_LINES) })).toEqual([])
    expect(findTooLong({ path, text: lines(MAX_LINES + 1) })).toEqual([`src/x.ts has 401 lines; 400 are allowed`])
  })

  it.each([
    [`const a: ${ANY} = 1`, `src/x.ts:1 says ${ANY}`],
    [`const a = b as ${ANY}`, `src/x.ts:1 says ${ANY}`],
    [`const a: Record<string, ${ANY}[]> = {}`, `src/x.ts:1 says ${ANY}`],
    ["const a = b as unknown as string", "src/x.ts:1 says as unknown as"],
    ["const a = b as never as string", "src/x.ts:1 says as never as"],
    [`// ${DIRECTIVE}`, `src/x.ts says ${DIRECTIVE}`],
  ])("find %s", (text, expected) => {
    expect(findUntyped({ path, text })).toEqual([expected])
  })

  it("let the word be in prose, names and texts", () => {
    const text = `/** ${ANY} order */\nconst many${ANY} = "as ${ANY}"\nconst a = JSON.parse(b) as unknown`
    expect(findUntyped({ path, text })).toEqual([])
  })

  it("find a mark of unfinished work and say where", () => {
    expect(findUnfinished({ path, text: `const a = 1\n// ${MARK}: later` })).toEqual([
      `src/x.ts:2 is unfinished: // ${MARK}: later`,
    ])
  })

  it.each([HOME, ADDRESS, PAPER, "https://npm.shop" + ".internal/x"])("find the private place %s", (place) => {
    expect(findPrivatePlaces({ path, text: `const a = "${place}"` })).toHaveLength(1)
  })

  it("find a lockfile entry of another registry", () => {
    const entry = (host: string) => ({
      path: "package-lock.json",
      text: `  "${"res" + "olved"}": "https://${host}/ajv/-/ajv.tgz"`,
    })
    expect(findPrivatePlaces(entry("mirror.example.com"))).toHaveLength(1)
    expect(findPrivatePlaces(entry("registry.npmjs.org"))).toEqual([])
  })

  it("let addresses of this machine and of nobody pass", () => {
    const text = "http://127.0.0.1:4100 http://localhost:9000 http://192.0.2.1/hook https://n8n.example.com"
    expect(findPrivatePlaces({ path, text })).toEqual([])
  })
})
