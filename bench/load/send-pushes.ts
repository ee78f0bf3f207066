import { setTimeout as sleep } from "node:timers/promises"
import { officialDigest } from "../../integration-tests/support/send-push"
import { type PushAnswer, PushLine } from "./push-line"

/** A push with its signature: made before the clock starts. */
export interface SignedPush {
  body: string
  authorization: string
}

export const signPush = (body: string): SignedPush => ({ body, authorization: officialDigest(body) })

/** What a forger sends: a genuine body with a digest of the wrong key. */
export const forgePush = (body: string): SignedPush => ({ body, authorization: officialDigest(body, "no-key-of-ours") })

async function withLines<Result>(
  port: number,
  count: number,
  work: (lines: PushLine[]) => Promise<Result>
): Promise<Result> {
  const lines = await Promise.all(Array.from({ length: count }, () => PushLine.open(port)))
  try {
    return await work(lines)
  } finally {
    lines.forEach((line) => line.close())
  }
}

function mustBeTaken(answers: readonly PushAnswer[]): void {
  const refused = answers.filter(({ status }) => status !== 200)
  if (refused.length > 0) {
    throw new Error(`${refused.length} of ${answers.length} pushes were answered ${refused[0]?.status}.`)
  }
}

/**
 * Sends pushes as fast as so many senders get answers.
 *
 * @returns pushes a second
 * @throws Error when one is not answered 200
 */
export async function sendAsFast(port: number, pushes: readonly SignedPush[], senders: number): Promise<number> {
  return await withLines(port, senders, async (lines) => {
    const waiting = pushes.values()
    const answers: PushAnswer[] = []
    const startedAt = performance.now()
    await Promise.all(
      lines.map(async (line) => {
        for (const { body, authorization } of waiting) {
          answers.push(await line.send(body, authorization))
        }
      })
    )
    const seconds = (performance.now() - startedAt) / 1000
    mustBeTaken(answers)
    return pushes.length / seconds
  })
}

/**
 * Sends pushes at a constant rate, whether or not the earlier ones were answered. A push that finds no free line waits, and its wait
 * counts: a server that stalls is not spared the pushes it kept from being sent. By how much the sender's own timers are late does not
 * count.
 *
 * @returns how long each took, in milliseconds
 * @throws Error when one is not answered 200
 */
export async function sendAtRate(port: number, pushes: readonly SignedPush[], perSecond: number): Promise<number[]> {
  return await withLines(port, LINES, async (lines) => {
    const free = [...lines]
    const wanting: ((line: PushLine) => void)[] = []
    // The one that has been idle longest, so that few are idle for as long as a server allows.
    const take = async (): Promise<PushLine> => {
      const line = free.shift() ?? (await new Promise<PushLine>((resolve) => wanting.push(resolve)))
      if (line.isOpen) {
        return line
      }
      const another = await PushLine.open(port)
      lines.push(another)
      return another
    }
    const give = (line: PushLine): void => {
      const next = wanting.shift()
      if (next) {
        next(line)
      } else {
        free.push(line)
      }
    }
    const startedAt = performance.now() + START_MS
    const answers = await Promise.all(
      pushes.map(async ({ body, authorization }, index) => {
        const dueAt = startedAt + (index * 1_000) / perSecond
        await sleep(dueAt - performance.now())
        const wantedAt = performance.now()
        const line = await take()
        const answer = await line.send(body, authorization, wantedAt)
        give(line)
        return answer
      })
    )
    mustBeTaken(answers)
    return answers.map(({ ms }) => ms)
  })
}

/** Connections of a constant-rate sender: more than a server that keeps up ever needs at once. */
const LINES = 64
/** Until the timers of all pushes are set. */
const START_MS = 100
