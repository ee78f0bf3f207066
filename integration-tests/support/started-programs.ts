import type { ChildProcess } from "node:child_process"
import { setTimeout as sleep } from "node:timers/promises"

/** How long a program may take to end when it is asked to. */
export const SHUTDOWN_WAIT_MS = 20_000

/** Every program that runs, with its end. */
const running = new Map<ChildProcess, Promise<void>>()
let ending = false

/** Remembers a program until it has ended. @throws Error, and ends the program, once all of them are being ended */
export function rememberProgram(program: ChildProcess): void {
  const end = new Promise<void>((resolve) => {
    program.once("exit", () => resolve())
    program.once("error", () => resolve()) // It could not be started.
  })
  running.set(program, end)
  void end.then(() => running.delete(program))
  if (ending) {
    program.kill("SIGKILL")
    throw new Error("Everything is being stopped: nothing new is started.")
  }
}

/**
 * Ends every program that was started, and lets no other one start: for whoever is told to stop in the middle of something that would
 * have ended them by itself. Asks first, and kills what takes too long.
 */
export async function endEveryProgram(): Promise<void> {
  ending = true
  const ends = Promise.all(running.values())
  signalAll("SIGTERM")
  await Promise.race([ends, sleep(SHUTDOWN_WAIT_MS, undefined, { ref: false })])
  signalAll("SIGKILL")
  await ends
}

function signalAll(signal: NodeJS.Signals): void {
  for (const program of running.keys()) {
    program.kill(signal)
  }
}
