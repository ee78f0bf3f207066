import { type ChildProcess, execFile, spawn } from "node:child_process"
import { closeSync, mkdirSync, openSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { constants } from "node:os"
import { dirname } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { rememberProgram, SHUTDOWN_WAIT_MS } from "./started-programs"

const RUN_WAIT_MS = 180_000
const TAIL_CHARACTERS = 3_000

/** A Node program to run. */
export interface ProgramSpec {
  /** As an error names it. */
  name: string
  /** Arguments of Node itself; the first one that is no flag is the script. */
  args: string[]
  cwd: string
  /** The whole environment of the program: nothing of the test's own is passed on. */
  env: NodeJS.ProcessEnv
}

/** How a program that was run to its end came out. */
export interface ProgramResult {
  /** 128 + n when signal n ended it, as shells have it. */
  code: number
  stdout: string
  stderr: string
}

/** What every program needs from the machine, and nothing that a developer's shell may hold beyond it. */
export function machineEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env
  return { PATH, HOME, TMPDIR, LANG, TZ: "UTC", NO_COLOR: "1" }
}

/** Runs a command to its end, whatever its exit code. @throws Error when it can't be started or hangs */
export async function runToEnd(
  command: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv }
): Promise<ProgramResult> {
  return await new Promise((resolve, reject) => {
    const program = execFile(
      command,
      args,
      { ...options, timeout: RUN_WAIT_MS, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== "number") {
          reject(
            new Error(`${command} ${args.join(" ")} could not be run to its end: ${error.message}`, { cause: error })
          )
          return
        }
        resolve({ code: Number(error?.code ?? 0), stdout, stderr })
      }
    )
    rememberProgram(program)
  })
}

/** A server in a process of its own whose output goes to a file. It can be killed as a crash would. */
export class ChildProgram {
  readonly exited: Promise<number>
  private readonly child: ChildProcess
  private ended = false

  /** @param logFile absolute; begun anew */
  constructor(
    private readonly spec: ProgramSpec,
    private readonly logFile: string
  ) {
    mkdirSync(dirname(logFile), { recursive: true })
    const log = openSync(logFile, "w")
    this.child = spawn(process.execPath, spec.args, { cwd: spec.cwd, env: spec.env, stdio: ["ignore", log, log] })
    closeSync(log)
    rememberProgram(this.child)
    this.exited = new Promise<number>((resolve, reject) => {
      this.child.once("error", reject)
      this.child.once("exit", (code, signal) => {
        this.ended = true
        resolve(code ?? 128 + constants.signals[signal ?? "SIGKILL"])
      })
    })
  }

  /** Everything it has printed. */
  async log(): Promise<string> {
    return await readFile(this.logFile, "utf8")
  }

  /**
   * Waits until the server answers.
   *
   * @throws Error with the end of its log when it ends before that, or doesn't answer in time
   */
  async untilUp(isUp: () => Promise<boolean>, withinMs = RUN_WAIT_MS): Promise<void> {
    const deadline = Date.now() + withinMs
    while (!(await isUp())) {
      if (this.ended || Date.now() > deadline) {
        const end = this.ended
          ? `ended with exit code ${await this.exited}`
          : `did not answer within ${withinMs / 1000} s`
        throw new Error(
          `${this.spec.name} ${end}. The end of ${this.logFile}:\n${(await this.log()).slice(-TAIL_CHARACTERS)}`
        )
      }
      await sleep(100)
    }
  }

  /** Sends a signal and waits for nothing: SIGSTOP and SIGCONT end no process. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal)
  }

  /** Sends a signal and waits for the end. SIGKILL is what a crash or a lost machine looks like. */
  async kill(signal: NodeJS.Signals): Promise<number> {
    this.child.kill(signal)
    return await this.exited
  }

  /** Asks it to end; a server that doesn't is killed. */
  async stop(): Promise<void> {
    this.child.kill("SIGTERM")
    const isGone = await Promise.race([this.exited.then(() => true), sleep(SHUTDOWN_WAIT_MS, false, { ref: false })])
    if (!isGone) {
      await this.kill("SIGKILL")
    }
  }
}

/** Whether a server answers its health check with success. */
export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false // Not listening yet.
  }
}
