import { spawn, type ChildProcess } from "node:child_process"
import { appendFileSync, closeSync, mkdirSync, openSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { constants } from "node:os"
import { dirname, relative } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { stripVTControlCharacters } from "node:util"
import { cut } from "./terminal"

const TAIL_LINES = 20
const TAIL_WIDTH = 200
const TERMINATION_WAIT_MS = 15_000
/** What shells answer for a program that can't be run. */
const NOT_STARTED = 127

/** A program to run: Node with these arguments. */
export interface ChildSpec {
  /** As the terminal names it, e.g. "the sandbox". */
  name: string
  /** Arguments of Node itself; the first one that is no flag is the script. */
  args: string[]
  cwd: string
  /** The whole environment of the child. */
  env: NodeJS.ProcessEnv
  /** Absolute; everything the child prints goes there. */
  logFile: string
}

/** A child ended when it shouldn't have, or with an error. The message holds the end of its log. */
export class ChildFailedError extends Error {
  override readonly name = "ChildFailedError"
}

/** A child's exit code; 128 + n when signal n ended it, as shells have it. */
type ExitCode = number

interface Running {
  spec: ChildSpec
  process: ChildProcess
  exited: Promise<ExitCode>
}

/**
 * The processes that the demo starts. Each has a process group of its own, so that Ctrl-C in the terminal reaches only the demo,
 * which then ends them in order, and so that an end reaches what a child itself started.
 */
export class ChildProcesses {
  private readonly running = new Set<Running>()
  private stopping = false
  private reportDeath: (error: ChildFailedError) => void = () => undefined

  /** Rejects when a server ends by itself. Never resolves. */
  readonly death = new Promise<never>((_, reject) => {
    this.reportDeath = reject
  })

  /** Runs a program to its end. @throws ChildFailedError unless its exit code is 0 */
  async run(spec: ChildSpec): Promise<void> {
    const child = this.spawn(spec)
    const code = await child.exited
    if (code !== 0) {
      throw new ChildFailedError(await describeEnd(spec, code))
    }
  }

  /** Starts a server that runs until `stopAll`; its early end rejects `death`. */
  start(spec: ChildSpec): void {
    void this.spawn(spec).exited.then(async (code) => {
      if (!this.stopping) {
        this.reportDeath(new ChildFailedError(await describeEnd(spec, code)))
      }
    })
  }

  /** Ends all children, the last started first, and waits until they are gone. Nothing can be started afterwards. */
  async stopAll(): Promise<void> {
    this.stopping = true
    for (const child of [...this.running].reverse()) {
      signalGroup(child.process, "SIGTERM")
      const isGone = await Promise.race([
        child.exited.then(() => true),
        sleep(TERMINATION_WAIT_MS, false, { ref: false }),
      ])
      if (!isGone) {
        signalGroup(child.process, "SIGKILL")
        await child.exited
      }
    }
  }

  private spawn(spec: ChildSpec): Running {
    if (this.stopping) {
      throw new ChildFailedError(`${spec.name} was not started, since the demo is stopping.`)
    }
    mkdirSync(dirname(spec.logFile), { recursive: true })
    const log = openSync(spec.logFile, "w")
    const child = spawn(process.execPath, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      stdio: ["ignore", log, log],
      detached: process.platform !== "win32",
    })
    closeSync(log)
    const exited = new Promise<ExitCode>((resolve) => {
      child.once("error", (error) => {
        appendFileSync(spec.logFile, `${error.message}\n`)
        resolve(NOT_STARTED)
      })
      child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? "SIGKILL"]))
    })
    const running = { spec, process: child, exited }
    this.running.add(running)
    void exited.finally(() => this.running.delete(running))
    return running
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || process.platform === "win32") {
    child.kill(signal)
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    // It may have ended between our look and the signal.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error
    }
  }
}

async function describeEnd(spec: ChildSpec, code: ExitCode): Promise<string> {
  const tail = lastLines(await readFile(spec.logFile, "utf8"), TAIL_LINES)
  const log = relative(process.cwd(), spec.logFile)
  return [`${capitalised(spec.name)} ended with exit code ${code}. The end of ${log}:`, ...tail].join("\n")
}

/** The last lines of a log without blanks at its end and without colours. */
export function lastLines(text: string, count: number): string[] {
  return stripVTControlCharacters(text)
    .trimEnd()
    .split("\n")
    .slice(-count)
    .map((line) => `  │ ${cut(line.trimEnd(), TAIL_WIDTH)}`)
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
