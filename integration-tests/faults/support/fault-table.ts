import { type FaultEntry, type FaultName, FAULTS } from "../catalogue"
import type { FaultResult } from "./fault-result"

const INTRODUCTION = `# Faults

What the built platform does when something breaks. Every line is a test that runs it, a sandbox, a Postgres and a Redis as real processes
(\`npm run faults\` runs them and writes this page). After each of them all of this holds: every push that was answered 200 is stored;
Medusa has each Shopee order once, and within the bound as Shopee has it (status, payment, total, lines, buyer, stock); no log line of any
process and no alert holds a secret or a buyer's name, phone, address, user name or message; \`/health\` answers.

Processes are killed by \`SIGKILL\` at named boundaries (\`src/config/fail-points.ts\`, armed by \`FAIL_POINTS\`; a start refuses the variable unless
\`SHOPEE_API_BASE_URL\` is a server of the same machine). A full disk is emulated: Postgres answers \`disk_full\` to inserts, which is all that a
client ever sees of one.
`

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ")

const row = (cells: string[]): string => `| ${cells.map(cell).join(" | ")} |`

/** The line of a fault, without what was seen. */
export const entryText = ({ fault, expected }: FaultEntry): string => row([fault, expected]).slice(0, -2)

/** The page of a complete run. @param machine what it ran on */
export function toTable(results: ReadonlyMap<FaultName, FaultResult>, machine: string): string {
  const lines = (Object.entries(FAULTS) as [FaultName, FaultEntry][]).map(([name, entry]) => {
    const { seen, seconds } = results.get(name) ?? { seen: "", seconds: 0 }
    return row([entry.fault, entry.expected, seen, String(seconds)])
  })
  return [
    INTRODUCTION,
    `${lines.length} faults, ${lines.length} survived (${machine}).`,
    "",
    row(["fault", "expected", "seen", "s"]),
    row(["---", "---", "---", "--:"]),
    ...lines,
    "",
  ].join("\n")
}
