import { mkdirSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import type { FaultName } from "../catalogue"

const FOLDER = resolve(__dirname, "../../../.data/faults")

/** How a fault ended. */
export interface FaultResult {
  seen: string
  /** From the fault to the end of its check, unless the fault says what it measured. */
  seconds: number
}

/** Where the result of the last run of a fault is kept until the table is made of it. */
export const resultFile = (name: FaultName): string => resolve(FOLDER, `${name}.json`)

export function keepResult(name: FaultName, result: FaultResult): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(resultFile(name), JSON.stringify(result))
}

/** With one decimal, as the table shows them. */
export const seconds = (ms: number): number => Math.round(ms / 100) / 10
