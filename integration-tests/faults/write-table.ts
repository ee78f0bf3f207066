import { readFileSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { resolve } from "node:path"
import { type FaultName, FAULTS } from "./catalogue"
import { toTable } from "./support/fault-table"
import { type FaultResult, resultFile } from "./support/fault-result"

/** Writes docs/faults.md from the results of the last run: the second half of `npm run faults`. */
function main(): void {
  const results = new Map<FaultName, FaultResult>()
  for (const name of Object.keys(FAULTS) as FaultName[]) {
    results.set(name, JSON.parse(readFileSync(resultFile(name), "utf8")) as FaultResult)
  }
  const machine = `${cpus().length} processors, Node ${process.versions.node}`
  writeFileSync(resolve(__dirname, "../../docs/faults.md"), toTable(results, machine))
  console.log(`docs/faults.md lists ${results.size} faults.`)
}

main()
