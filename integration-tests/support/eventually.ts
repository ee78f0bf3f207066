import { setTimeout as sleep } from "node:timers/promises"

/** Two cores that several suites share: what takes a second alone may take ten. */
const PATIENCE_MS = 60_000
const POLL_MS = 100

/**
 * Asks again and again until there is an answer other than null, undefined or false, and returns it.
 *
 * @param what completes the sentence "Waited in vain for …"
 * @throws Error after `withinMs`, and whatever `look` throws
 */
export async function eventually<Answer>(
  what: string,
  look: () => Promise<Answer | null | undefined | false>,
  { withinMs = PATIENCE_MS, everyMs = POLL_MS } = {}
): Promise<Answer> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const answer = await look()
    if (answer !== null && answer !== undefined && answer !== false) {
      return answer
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited in vain for ${what} (${Math.round(withinMs / 1000)} s).`)
    }
    await sleep(everyMs)
  }
}
