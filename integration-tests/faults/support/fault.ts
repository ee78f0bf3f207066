import { type FaultName, FAULTS } from "../catalogue"
import { type FaultResult, keepResult, seconds } from "./fault-result"

const FAULT_WAIT_MS = 180_000

/**
 * One fault of the catalogue as a test. `run` lets it loose, holds what is promised against what happened, and answers what was seen.
 */
export function fault(name: FaultName, run: () => Promise<string | FaultResult>, waitMs = FAULT_WAIT_MS): void {
  const { fault: what, expected } = FAULTS[name]
  it(
    `${what}: ${expected}`,
    async () => {
      const startedAt = performance.now()
      const seen = await run()
      keepResult(name, typeof seen === "string" ? { seen, seconds: seconds(performance.now() - startedAt) } : seen)
    },
    waitMs
  )
}
