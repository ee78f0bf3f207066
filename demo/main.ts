import { join, relative, resolve } from "node:path"
import { withExclusiveLock } from "../tooling/exclusive-lock"
import { INTERRUPTED, Interruption, interruptionOf } from "../tooling/interruption"
import { ShutdownStack } from "../tooling/shutdown-stack"
import type { ReceivedAlert } from "./alert-receiver"
import { CATALOGUE } from "./catalogue"
import { ChildProcesses } from "./child-processes"
import { CommandLineError, HELP, parseCommandLine, type DemoOptions } from "./command-line"
import { Day } from "./day"
import { chooseSettings } from "./demo-settings"
import { orderTable, summarise, type Summary } from "./report"
import { seedShop } from "./seed-shop"
import { startWorld } from "./start-world"
import { stayUp } from "./stay-up"
import { Steps } from "./steps"
import { Terminal } from "./terminal"

const CHECKOUT = resolve(__dirname, "..")

/** Long enough to take over the lock of a demo that was killed. */
const LOCK_WAIT_MS = 5_000

interface DemoParts {
  options: DemoOptions
  terminal: Terminal
  steps: Steps
  children: ChildProcesses
  shutdown: ShutdownStack
  /** Told the verdict as soon as it is known. */
  onVerdict: (allEqual: boolean) => void
}

async function runDemo({ options, terminal, steps, children, shutdown, onVerdict }: DemoParts): Promise<void> {
  const { style } = terminal
  terminal.line()
  terminal.line(style.bold("tcg-platform demo"))
  terminal.paragraph("", "A local Shopee Open Platform pushes a day of orders into Medusa; every one must arrive.")
  terminal.line()
  const settings = await chooseSettings(CHECKOUT, process.env)
  let showAlert = (_: ReceivedAlert): void => undefined
  const world = await startWorld({
    settings,
    withAdmin: !options.once,
    steps,
    children,
    shutdown,
    onAlert: (alert) => showAlert(alert),
  })
  const shop = await steps.run("Enter the cards and their stock in Medusa", async (note) => {
    const seeded = await seedShop(world.admin, (products) => note(`${products} of ${CATALOGUE.length}`))
    note(`${CATALOGUE.length} products`)
    return seeded
  })

  terminal.line()
  terminal.line(style.bold("A day of Shopee in a minute"))
  const day = new Day(world, shop, terminal)
  showAlert = (alert) => day.showAlert(alert)
  const summary = await day.run(shutdown)

  const allEqual = printReport(terminal, summary)
  onVerdict(allEqual)
  terminal.paragraph("", `Logs of every process: ${relative(process.cwd(), settings.logFolder)}/`)
  if (!options.once) {
    await stayUp(world, terminal, shutdown)
  }
}

/** @returns whether everything is as it has to be */
function printReport(terminal: Terminal, summary: Summary): boolean {
  const { style } = terminal
  terminal.line()
  terminal.line(style.bold("Shopee and Medusa, order by order"))
  orderTable(summary.orders, style).forEach((line) => terminal.line(line))
  terminal.line()
  const lines = summarise(summary)
  for (const { label, text, ok } of lines) {
    const verdict = ok === null ? " " : ok ? style.green("✓") : style.red("✗")
    terminal.paragraph(` ${verdict} ${style.bold(label.padEnd(14))}`, text)
  }
  const allEqual = lines.every(({ ok }) => ok !== false)
  terminal.line()
  terminal.line(
    allEqual
      ? style.green(style.bold(`All ${summary.orders.length} orders are equal: nothing lost, nothing twice.`))
      : style.red(style.bold("Shopee and Medusa are not equal: see the lines with ✗."))
  )
  return allEqual
}

async function main(): Promise<number> {
  const options = parseCommandLine(process.argv.slice(2))
  if (options.help) {
    console.log(HELP)
    return 0
  }
  const lock = {
    waitMs: LOCK_WAIT_MS,
    onWait: (pid: number) => {
      throw new CommandLineError(`A demo of this checkout runs already (process ${pid}): stop it first.`)
    },
  }
  return withExclusiveLock(join(CHECKOUT, ".data", "demo.lock"), lock, () => runToItsEnd(options))
}

/** @returns the exit code, once everything that was started has been stopped */
async function runToItsEnd(options: DemoOptions): Promise<number> {
  const terminal = new Terminal(process.stdout, process.env)
  const steps = new Steps(terminal)
  const children = new ChildProcesses()
  const shutdown = new ShutdownStack()
  let allEqual: boolean | null = null
  const onVerdict = (verdict: boolean) => {
    allEqual = verdict
  }
  const onImpatience = () => terminal.line("Still stopping; the database has to be closed in order.")
  const demo = runDemo({ options, terminal, steps, children, shutdown, onVerdict })
  let failed = false
  let interrupted = false
  try {
    await Promise.race([demo, children.death, interruptionOf(process, onImpatience)])
  } catch (error) {
    steps.abandon()
    terminal.clearStatus()
    interrupted = error instanceof Interruption
    failed = !interrupted
    if (failed) {
      terminal.line()
      terminal.line(error instanceof Error ? error.message : String(error))
    }
  }
  terminal.setStatus(() => "Stopping")
  const leftovers = await shutdown.run()
  terminal.clearStatus()
  leftovers.forEach((error) => terminal.line(`Could not be stopped cleanly: ${String(error)}`))
  if (failed || allEqual === false) {
    return 1
  }
  return interrupted && allEqual === null ? INTERRUPTED : 0
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof CommandLineError ? error.message : error)
    process.exit(1)
  }
)
