import { spawn } from "node:child_process"
import { constants } from "node:os"
import { delimiter, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

const SHUTDOWN_WAIT_MS = 20_000

export interface CommandOptions {
  /** Where the command runs. */
  cwd: string
  /** The checkout whose `node_modules/.bin` is searched first. */
  checkout: string
  /** Added to our own environment. */
  env?: NodeJS.ProcessEnv
  /**
   * Reads nothing from the terminal, and forks. It gets a process group of its own, so that an end reaches whatever it
   * forked (`medusa develop` and `medusa db:migrate` leave it behind otherwise), and is asked to end with SIGTERM.
   */
  service?: boolean
  /** `ignore`: nothing the command asks can wait for a terminal. */
  stdin?: "inherit" | "ignore"
}

/**
 * Runs a command to its end and answers its exit code; 128 + n when signal n ended it, as shells do.
 *
 * Signals that we get meanwhile are passed on. A terminal sends Ctrl-C to a command that shares our group by itself.
 *
 * @throws Error when the command can't be started at all
 */
export async function runCommand(command: string, args: string[], options: CommandOptions): Promise<number> {
  const service = options.service === true && process.platform !== "win32"
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: {
      ...process.env,
      ...options.env,
      PATH: [join(options.checkout, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter),
    },
    stdio: [service ? "ignore" : (options.stdin ?? "inherit"), "inherit", "inherit"],
    detached: service,
  })
  const passOn = (signal: NodeJS.Signals) => {
    if (service) {
      signalGroup(child.pid, "SIGTERM")
    } else if (signal !== "SIGINT" || !process.stdin.isTTY) {
      child.kill(signal)
    }
  }
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"]
  signals.forEach((signal) => process.on(signal, passOn))
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", (error) => reject(new Error(`Can't run ${command}: ${error.message}`, { cause: error })))
      child.once("exit", (exitCode, signal) => resolve(exitCode ?? 128 + constants.signals[signal ?? "SIGKILL"]))
    })
    if (service) {
      await endGroup(child.pid)
    }
    return code
  } finally {
    signals.forEach((signal) => process.off(signal, passOn))
  }
}

/** Ends what the command forked and left behind. */
async function endGroup(pid: number | undefined): Promise<void> {
  const deadline = Date.now() + SHUTDOWN_WAIT_MS
  signalGroup(pid, "SIGTERM")
  while (signalGroup(pid, 0)) {
    if (Date.now() > deadline) {
      signalGroup(pid, "SIGKILL")
      return
    }
    await sleep(100)
  }
}

/** Answers whether the group still has a process. */
function signalGroup(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) {
    return false
  }
  try {
    process.kill(-pid, signal)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") {
      return false
    }
    throw error
  }
}
