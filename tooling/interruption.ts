import type { EventEmitter } from "node:events"

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const

/** A terminal and the launcher may both pass one Ctrl-C on; a second one that is meant comes later than this. */
const SAME_PRESS_MS = 700

/** What shells answer for a program that Ctrl-C ended. */
export const INTERRUPTED = 130

/** Somebody wants the program to end. */
export class Interruption extends Error {
  override readonly name = "Interruption"

  constructor(readonly signal: NodeJS.Signals) {
    super(`Interrupted by ${signal}.`)
  }
}

/**
 * Rejects with an `Interruption` at the first Ctrl-C or other request to end. A second Ctrl-C, while things are being
 * stopped, calls `onImpatience`.
 */
export function interruptionOf(host: Pick<EventEmitter, "on">, onImpatience: () => void): Promise<never> {
  return new Promise((_, reject) => {
    let firstAt: number | null = null
    const hear = (signal: NodeJS.Signals) => {
      const now = Date.now()
      if (firstAt === null) {
        firstAt = now
        reject(new Interruption(signal))
      } else if (now - firstAt > SAME_PRESS_MS) {
        onImpatience()
      }
    }
    SIGNALS.forEach((signal) => host.on(signal, hear))
  })
}
