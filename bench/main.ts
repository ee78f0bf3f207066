import { execFile } from "node:child_process"
import { mkdir, writeFile } from "node:fs/promises"
import { cpus, loadavg, totalmem } from "node:os"
import { dirname, join, relative, resolve } from "node:path"
import { promisify } from "node:util"
import { INTERRUPTED, Interruption, interruptionOf } from "../tooling/interruption"
import { type BenchOptions, CommandLineError, helpText, parseCommandLine } from "./command-line"
import type { Measure } from "./measure"
import { MEASURES } from "./measures"
import { allMet, type BenchReport, type MeasureResult, toTable } from "./report"
import { BenchWorld } from "./world"

const CHECKOUT = resolve(__dirname, "..")

async function readCommit(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "--short", "HEAD"], { cwd: CHECKOUT })
    return stdout.trim()
  } catch {
    return null // No git, or no repository: a copy of the sources can be measured as well.
  }
}

const loadOfAMinute = (): number => Number((loadavg()[0] ?? Number.NaN).toFixed(2))

function describeMachine(): BenchReport["machine"] {
  return {
    processors: cpus().length,
    model: cpus()[0]?.model ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  }
}

/** One measure that fails doesn't keep the others from being run; its error is its line in the table. */
async function runMeasure(measure: Measure, world: BenchWorld, quick: boolean): Promise<MeasureResult> {
  console.log(`Measuring ${measure.title} ...`)
  const startedAt = performance.now()
  const seconds = () => Math.round((performance.now() - startedAt) / 1000)
  try {
    const figures = await measure.run(world, { quick })
    const result = { measure: measure.name, seconds: seconds(), figures, error: null }
    console.log(`${toTable([result])}\n  (${result.seconds} s)\n`)
    return result
  } catch (error) {
    if (world.isAbandoned) {
      throw error
    }
    console.error(error)
    return { measure: measure.name, seconds: seconds(), figures: [], error: String(error) }
  }
}

async function main(): Promise<number> {
  const names = MEASURES.map(({ name }) => name)
  const options = parseCommandLine(process.argv.slice(2), names)
  if (options.help) {
    console.log(helpText(names))
    return 0
  }
  const world = new BenchWorld()
  const onImpatience = () => console.log("Still stopping: every process, then the database.")
  try {
    return await Promise.race([measureAndReport(world, options), interruptionOf(process, onImpatience)])
  } catch (error) {
    if (!(error instanceof Interruption)) {
      throw error
    }
    console.log("Stopping everything that was started.")
    await world.abandon()
    return INTERRUPTED
  }
}

async function measureAndReport(world: BenchWorld, options: BenchOptions): Promise<number> {
  const chosen = MEASURES.filter(({ name }) => options.measures.length === 0 || options.measures.includes(name))
  const at = new Date().toISOString()
  const before = loadOfAMinute()
  const results: MeasureResult[] = []
  try {
    await world.open()
    for (const measure of chosen) {
      results.push(await runMeasure(measure, world, options.quick))
    }
  } finally {
    await world.close()
  }
  const report: BenchReport = {
    at,
    machine: describeMachine(),
    load: { before, after: loadOfAMinute() },
    commit: await readCommit(),
    quick: options.quick,
    results,
  }
  const file = options.jsonFile
    ? resolve(options.jsonFile)
    : join(CHECKOUT, ".data", "bench", `${at.replaceAll(":", "-")}.json`)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`)
  const { machine, load } = report
  console.log(
    `${machine.processors} × ${machine.model}, ${machine.memoryGb} GB, Node ${machine.node}; load ${load.before} before, ${load.after} after`
  )
  console.log(`\n${toTable(results)}\n\nWritten to ${relative(process.cwd(), file)}`)
  return allMet(results) ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof CommandLineError ? error.message : error)
    process.exit(2)
  }
)
