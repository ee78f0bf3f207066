import { setTimeout as sleep } from "node:timers/promises"
import type { PushAnswer, SandboxControl } from "../sandbox/control-client"
import type { Story, StoryStep } from "./scenario"

/** What the play tells while it goes on. */
export interface DayListener {
  orderPlaced(ordersn: string, story: Story): void
  /** A push without a right signature was sent by hand. */
  pushForged(answer: PushAnswer): void
}

/** Something at a point of the day, in seconds. */
interface Scheduled {
  at: number
  run: () => Promise<void>
}

/**
 * Lets the stories happen at Shopee, one call after the other: a push fault without an order number hits the next push, which is why
 * no two calls may overlap.
 *
 * @throws AbortError when `signal` ends the day early, and whatever the sandbox refuses
 */
export async function playDay(
  sandbox: SandboxControl,
  stories: readonly Story[],
  listener: DayListener,
  signal: AbortSignal
): Promise<void> {
  const timeline: Scheduled[] = []
  for (const story of stories) {
    let ordersn = ""
    timeline.push({
      at: story.at,
      run: async () => {
        if (story.push) {
          await sandbox.addFault(story.push)
        }
        ordersn = (await sandbox.createOrder(story.order)).order_sn
        listener.orderPlaced(ordersn, story)
      },
    })
    for (const step of story.then ?? []) {
      timeline.push({ at: story.at + step.after, run: () => takeStep(sandbox, ordersn, step, listener) })
    }
  }
  timeline.sort((a, b) => a.at - b.at)
  const started = Date.now()
  for (const { at, run } of timeline) {
    await sleep(Math.max(0, started + at * 1000 - Date.now()), null, { signal })
    await run()
  }
}

async function takeStep(
  sandbox: SandboxControl,
  ordersn: string,
  step: StoryStep,
  listener: DayListener
): Promise<void> {
  if ("forge" in step) {
    const answers = await sandbox.sendPush({
      code: 3,
      data: { ordersn, status: step.forge, update_time: Math.floor(Date.now() / 1000) },
      signature: "wrong",
    })
    answers.forEach((answer) => listener.pushForged(answer))
    return
  }
  if (step.push) {
    await sandbox.addFault({ ...step.push, ordersn })
  }
  if ("move" in step) {
    await sandbox.moveOrder(ordersn, step.move, step.options)
  } else {
    await sandbox.updateOrder(ordersn, step.change)
  }
}

/** How long the day is, in seconds. */
export function lengthOfDay(stories: readonly Story[]): number {
  return Math.max(0, ...stories.flatMap(({ at, then = [] }) => [at, ...then.map(({ after }) => at + after)]))
}
