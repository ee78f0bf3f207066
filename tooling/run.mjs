/**
 * Runs one of the TypeScript tools of this folder: `node tooling/run.mjs <tool> [arguments]`.
 *
 * In the checkout the tool is TypeScript and needs tsx; in what `npm run build` makes it is JavaScript, and tsx isn't
 * installed. Plain JavaScript, so that the same npm scripts work in both.
 */
import { existsSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const folder = dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)
const [tool = "", ...args] = process.argv.slice(2)
const compiled = join(folder, `${tool}.js`)
const source = join(folder, `${tool}.ts`)

// Nobody asked the shop whether it wants to report to Medusa; the variable itself still decides when it is set. Here, since Medusa's command
// line reads it before any configuration: what it can't send it keeps, and every command reads all of that when it starts.
process.env.MEDUSA_DISABLE_TELEMETRY ??= "true"

if (existsSync(compiled)) {
  process.argv = [process.execPath, compiled, ...args]
  require(compiled)
} else if (existsSync(source)) {
  process.argv = [process.execPath, source, ...args]
  require("tsx/cjs")
  require(source)
} else {
  console.error(`There is no tool ${tool} in ${folder}. Example: node tooling/run.mjs with-database --migrate`)
  process.exitCode = 1
}
