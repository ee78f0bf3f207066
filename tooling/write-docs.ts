import { writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { CONFIGURATION_REFERENCE, writeConfigurationReference } from "./configuration-reference"
import { DECISIONS_INDEX, writeDecisionsIndex } from "./decisions-index"

/** Writes the pages that are made from the code: `npm run docs`. */
async function main(): Promise<void> {
  const checkout = resolve(__dirname, "..")
  await writeFile(join(checkout, CONFIGURATION_REFERENCE), await writeConfigurationReference(checkout))
  await writeFile(join(checkout, DECISIONS_INDEX), await writeDecisionsIndex(checkout))
  console.log(`Written: ${CONFIGURATION_REFERENCE}, ${DECISIONS_INDEX}`)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
