import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { FAIL_POINTS } from "../../src/config/fail-points"
import { type FaultEntry, FAULTS } from "../faults/catalogue"
import { entryText } from "../faults/support/fault-table"
import { isTypeScript, readSourceFiles } from "./source-files"

const CHECKOUT = resolve(__dirname, "../..")
const ENOUGH = 40

describe("the fault suite", () => {
  const files = readSourceFiles(CHECKOUT).filter(isTypeScript)
  const entries: FaultEntry[] = Object.values(FAULTS)
  const suite = files
    .filter(({ path }) => path.startsWith("integration-tests/faults/") && !path.endsWith("catalogue.ts"))
    .map(({ text }) => text)
    .join("\n")
  const timesIn = (text: string, part: string) => text.split(part).length - 1

  it(`has at least ${ENOUGH} faults, each let loose once`, () => {
    expect(entries.length).toBeGreaterThanOrEqual(ENOUGH)
    expect(Object.keys(FAULTS).filter((name) => timesIn(suite, `"${name}"`) !== 1)).toEqual([])
  })

  it("passes every fail point at exactly one place of the source, and dies at each of them in a fault", () => {
    const source = files
      .filter(({ path }) => path.startsWith("src/") && !path.includes("__tests__/"))
      .map(({ text }) => text)
      .join("\n")
    expect(FAIL_POINTS.filter((point) => timesIn(source, `failPoint("${point}")`) !== 1)).toEqual([])
    expect(entries.flatMap(({ failPoint }) => failPoint ?? []).sort()).toEqual([...FAIL_POINTS].sort())
    expect(FAIL_POINTS.filter((point) => timesIn(suite, `"${point}"`) === 0)).toEqual([])
  })

  it("is listed in docs/faults.md as it is: `npm run faults` writes the page", () => {
    const page = readFileSync(resolve(CHECKOUT, "docs/faults.md"), "utf8")
    const listed = page
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .slice(2)
    expect(listed.map((line) => line.split(" | ").slice(0, 2).join(" | "))).toEqual(entries.map(entryText))
  })
})
