import { type Figure, isMet, type Target } from "./measure"
import type { Spread } from "./statistics"

/** What a measure found, or why it found nothing. */
export interface MeasureResult {
  measure: string
  seconds: number
  figures: Figure[]
  /** null when it ran to its end. */
  error: string | null
}

/** A whole run, as its JSON file has it. */
export interface BenchReport {
  at: string
  machine: { processors: number; model: string; memoryGb: number; node: string; platform: string }
  /** Load over a minute before and after: above the number of processors somebody else was at work. */
  load: { before: number; after: number }
  commit: string | null
  quick: boolean
  results: MeasureResult[]
}

function digits(value: number): string {
  if (!Number.isFinite(value)) {
    return "-"
  }
  const size = Math.abs(value)
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2)
}

const withUnit = (value: number, unit: string): string =>
  unit === "×" ? `${digits(value)}×` : `${digits(value)} ${unit}`

const targetText = (target: Target | null, unit: string): string =>
  target === null ? "" : `${target.kind === "at most" ? "≤" : "≥"} ${withUnit(target.value, unit)}`

const rangeText = ({ min, max }: Spread): string => `${digits(min)}–${digits(max)}`

const verdictOf = (figure: Figure): string => (figure.target === null ? "" : isMet(figure) ? "met" : "NOT MET")

const HEADINGS = ["measure", "median", "range", "target", "", "made of"]

/** The figures as a Markdown table whose columns are as wide as what they hold. */
export function toTable(results: readonly MeasureResult[]): string {
  const rows = results.flatMap(({ measure, figures, error }) => [
    ...figures.map((figure) => [
      figure.what,
      withUnit(figure.value.median, figure.unit),
      rangeText(figure.value),
      targetText(figure.target, figure.unit),
      verdictOf(figure),
      figure.note,
    ]),
    ...(error === null ? [] : [[measure, "", "", "", "FAILED", error.replaceAll("\n", " ").slice(0, 200)]]),
  ])
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? "").length))
  )
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`
  return [line(HEADINGS), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n")
}

/** Whether everything was measured and every target is met. */
export function allMet(results: readonly MeasureResult[]): boolean {
  return results.every(({ figures, error }) => error === null && figures.every(isMet))
}
