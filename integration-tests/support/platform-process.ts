import { randomBytes } from "node:crypto"
import { resolve } from "node:path"
import { fewCollectorThreads } from "../../tooling/collector-threads"
import { findFreePort } from "../../tooling/free-port"
import { answers, ChildProgram, machineEnvironment, type ProgramResult, runToEnd } from "./child-program"

const CHECKOUT = resolve(__dirname, "../..")

/** Folder of the built platform, as it is deployed. */
export const BUILT_PLATFORM = resolve(CHECKOUT, ".medusa", "server")
const MEDUSA = resolve(CHECKOUT, "node_modules", "@medusajs", "cli", "cli.js")

/** Where the logs of a suite's processes go. */
export const logFileOf = (suite: string, process: string): string =>
  resolve(CHECKOUT, ".data", "e2e", suite, `${process}.log`)

/** Secrets as production demands them. Processes of one shop share them. */
export function randomSecrets(): NodeJS.ProcessEnv {
  const secret = (): string => randomBytes(32).toString("base64")
  return { JWT_SECRET: secret(), COOKIE_SECRET: secret(), SHOPEE_TOKEN_ENCRYPTION_KEY: secret() }
}

/** The environment of the platform and its commands in production; `settings` are the platform's own variables. */
export function productionEnvironment(settings: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const image = {
    NODE_ENV: "production",
    MEDUSA_DISABLE_TELEMETRY: "true",
    NODE_OPTIONS: fewCollectorThreads(),
  }
  return { ...machineEnvironment(), ...image, DISABLE_MEDUSA_ADMIN: "true", ...settings }
}

/** The built platform, running. */
export interface PlatformProcess {
  /** Without a slash at its end. */
  url: string
  port: number
  /** Of `/ready` and `/metrics`, without a slash at its end. */
  operationsUrl: string
  log(): Promise<string>
  /** Sends a signal and waits for nothing. */
  signal(signal: NodeJS.Signals): void
  kill(signal: NodeJS.Signals): Promise<number>
  stop(): Promise<void>
}

/** What a platform process is started with. */
export interface PlatformOptions {
  settings: NodeJS.ProcessEnv
  logFile: string
  /** The port of a process that was killed, to take its place; else a free one. */
  port?: number
  /** Of `/ready` and `/metrics`; else a free one. */
  metricsPort?: number
}

/** A platform that may not serve yet. */
export interface LaunchedPlatform extends PlatformProcess {
  /** The exit code, once it has ended; 137 after SIGKILL. */
  exited: Promise<number>
  untilUp(): Promise<void>
}

/**
 * Starts the built platform in a process of its own and waits until it serves.
 *
 * @throws Error with the end of its log when it doesn't come up
 */
export async function startPlatform(options: PlatformOptions): Promise<PlatformProcess> {
  const platform = await launchPlatform(options)
  try {
    await platform.untilUp()
  } catch (error) {
    await platform.stop()
    throw error
  }
  return platform
}

/** Starts the built platform and waits for nothing: for one that will die, or that nobody needs yet. */
export async function launchPlatform(options: PlatformOptions): Promise<LaunchedPlatform> {
  const port = options.port ?? (await findFreePort())
  const metricsPort = options.metricsPort ?? (await findFreePort())
  const program = new ChildProgram(
    {
      name: "The platform",
      args: [MEDUSA, "start", "--host", "127.0.0.1", "--port", String(port)],
      cwd: BUILT_PLATFORM,
      env: productionEnvironment({
        ...options.settings,
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
      }),
    },
    options.logFile
  )
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    port,
    operationsUrl: `http://127.0.0.1:${metricsPort}`,
    exited: program.exited,
    untilUp: () => program.untilUp(() => answers(`${url}/health`)),
    log: () => program.log(),
    signal: (signal) => program.signal(signal),
    kill: (signal) => program.kill(signal),
    stop: () => program.stop(),
  }
}

/** Runs one of the built platform's npm scripts, as its operator does: `npm run medusa -- exec …`. */
export async function runNpmScript(
  script: string,
  args: string[],
  settings: NodeJS.ProcessEnv
): Promise<ProgramResult> {
  return await runToEnd("npm", ["run", "--silent", script, "--", ...args], {
    cwd: BUILT_PLATFORM,
    env: productionEnvironment(settings),
  })
}
