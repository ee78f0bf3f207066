import { setTimeout as sleep } from "node:timers/promises"
import { expectExact } from "../exactness"
import type { Figure, Measure } from "../measure"
import { spreadOf } from "../statistics"

const SAMPLE_MS = 500
const SETTLE_MS = 3_000
/** How long the memory may take to come back, with pushes of one order a second to give the collector a reason. */
const RETURN_WAIT_MS = 30_000
const MOST_EXTRA_MB = 150

/** Issue 7: what a backlog costs the process in memory, and whether it gives that back. */
export const memory: Measure = {
  name: "memory",
  title: "memory in a backlog",
  async run(bench, { quick }) {
    const [orders, each] = quick ? [100, 10] : [1_000, 10]
    const shop = await bench.shop()
    // A process that has done nothing yet has loaded nothing yet: idle is after some work.
    await shop.drain(await shop.place(100))
    await sleep(SETTLE_MS)
    const idle = await shop.memoryMb()
    const placed = await shop.place(orders)
    let highest = idle
    let isRunning = true
    const watch = (async () => {
      while (isRunning) {
        highest = Math.max(highest, await shop.memoryMb())
        await sleep(SAMPLE_MS)
      }
    })()
    try {
      await shop.drain(placed, { each })
    } finally {
      isRunning = false
      await watch
    }
    await expectExact(shop, placed, { pushes: orders * each })
    let after = await shop.memoryMb()
    for (const deadline = Date.now() + RETURN_WAIT_MS; after > idle + MOST_EXTRA_MB / 2 && Date.now() < deadline;) {
      await sleep(SAMPLE_MS)
      after = Math.min(after, await shop.memoryMb())
    }
    const figure = (what: string, megabytes: number, note: string): Figure => ({
      what,
      unit: "MB",
      value: spreadOf([megabytes]),
      target: { kind: "at most", value: MOST_EXTRA_MB },
      note,
    })
    return [
      figure(
        `memory over idle in a backlog of ${orders * each} events`,
        highest - idle,
        `${idle.toFixed(0)} MB idle, ${highest.toFixed(0)} MB at most`
      ),
      {
        ...figure("memory over idle afterwards", after - idle, `${after.toFixed(0)} MB`),
        target: { kind: "at most", value: MOST_EXTRA_MB / 2 },
      },
    ]
  },
}
