import type { Spread } from "./statistics"
import type { BenchWorld } from "./world"

/** What a figure has to be. */
export interface Target {
  kind: "at most" | "at least"
  value: number
}

/** One line of the table. */
export interface Figure {
  /** What was measured, as the table says it. */
  what: string
  /** "×" for ratios, else a unit. */
  unit: string
  value: Spread
  /** null: told for its own sake. */
  target: Target | null
  /** What the figure was made of: both sides of a ratio, sizes. */
  note: string
}

/** How much is measured. `quick` shows that everything works; its figures say little. */
export interface BenchSize {
  quick: boolean
}

/** A measurement with its exactness check. @throws Error when what came out is not what went in */
export interface Measure {
  name: string
  /** Completes "Measuring …". */
  title: string
  run(bench: BenchWorld, size: BenchSize): Promise<Figure[]>
}

/** Whether a figure is where it has to be: its median counts. */
export function isMet({ value, target }: Figure): boolean {
  if (target === null) {
    return true
  }
  return target.kind === "at most" ? value.median <= target.value : value.median >= target.value
}
