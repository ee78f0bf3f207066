import { readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "@medusajs/framework/zod"
import { readSourceFiles } from "../repository/source-files"
import { CHECKOUT } from "./papers"

const read = (path: string) => readFileSync(join(CHECKOUT, path), "utf8")

const dashboardSchema = z.object({
  uid: z.string(),
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      description: z.string().min(1),
      gridPos: z.object({ h: z.number(), w: z.number(), x: z.number(), y: z.number() }),
      targets: z.array(z.object({ expr: z.string() })).min(1),
    })
  ),
})

/** prom-client's own, for every process that has its default metrics. */
const OF_EVERY_PROCESS = ["process_resident_memory_bytes", "nodejs_eventloop_lag_p99_seconds"]

const METRIC = /\b(?:shopee|tcg|connector|process|nodejs)_[a-z0-9_]+/g
const withoutSuffix = (name: string) => name.replace(/_(bucket|count|sum)$/, "")

/** The metrics of docs/metrics.md's tables. */
const documented = () => [...read("docs/metrics.md").matchAll(/^\| `([a-z_]+)`/gm)].map(([, name]) => name ?? "")

describe("the Grafana dashboard", () => {
  const { panels } = dashboardSchema.parse(JSON.parse(read("docs/grafana/tcg-platform.json")))
  const used = new Set(
    panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => expr.match(METRIC) ?? [])).map(withoutSuffix)
  )

  it("asks only for metrics that the platform has", () => {
    const source = readSourceFiles(CHECKOUT)
      .filter(({ path }) => path.startsWith("src/") && !path.includes("__tests__"))
      .map(({ text }) => text)
      .join("\n")
    expect(documented().length).toBeGreaterThan(10)
    expect(documented().filter((name) => !source.includes(`"${name}"`))).toEqual([])
    expect([...used].filter((name) => !documented().includes(name) && !OF_EVERY_PROCESS.includes(name))).toEqual([])
  })

  it("shows every metric that the papers name but for whether Shopee is configured", () => {
    expect(documented().filter((name) => !used.has(name))).toEqual(["shopee_configured"])
  })

  it("has no panel upon another one, and no id twice", () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)}:${y + Math.floor(index / w)}`)
    )
    expect(new Set(cells).size).toBe(cells.length)
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  })
})
