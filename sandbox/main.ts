import { PushSettingError } from "./push/subscription"
import { startSandbox, type RunningSandbox, type SandboxOptions } from "./start-sandbox"
import { helpText, startText } from "./start-text"
import { readSettings, SettingError } from "./settings"

async function main(): Promise<void> {
  const [argument, ...rest] = process.argv.slice(2)
  if (argument === "--help" || argument === "-h") return console.log(helpText())
  if (argument !== undefined || rest.length > 0) {
    throw new SettingError(
      `unknown argument "${argument}": the sandbox takes none but --help, it reads SANDBOX_* and SHOPEE_* variables`
    )
  }
  const options = readSettings(process.env)
  const sandbox = await start(options)
  console.log(startText(options, sandbox))
  const stop = (): void => {
    process.off("SIGINT", stop)
    process.off("SIGTERM", stop)
    console.log("sandbox: stopping")
    sandbox.close().catch(fail)
  }
  process.on("SIGINT", stop)
  process.on("SIGTERM", stop)
}

async function start(options: SandboxOptions): Promise<RunningSandbox> {
  try {
    return await startSandbox(options)
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE"
    if (!isTaken) throw error
    throw new SettingError(
      `port ${options.port} is in use: stop what listens there or set SANDBOX_PORT, e.g. SANDBOX_PORT=4101`
    )
  }
}

/** Wrong use is one line; anything else is a defect and shows where it happened. */
function fail(error: unknown): void {
  const isWrongUse = error instanceof SettingError || error instanceof PushSettingError
  console.error(isWrongUse ? `sandbox: ${error.message}` : error)
  process.exitCode = 1
}

main().catch(fail)
