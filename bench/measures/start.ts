import { answers } from "../../integration-tests/support/child-program"
import { launchPlatform, logFileOf } from "../../integration-tests/support/platform-process"
import { eventually } from "../../integration-tests/support/eventually"
import type { Figure, Measure } from "../measure"
import { spreadOf } from "../statistics"

const LOOK_EVERY_MS = 20

/** Issue 7: from the command to `/ready`, built and migrated. */
export const start: Measure = {
  name: "start",
  title: "a start of the platform",
  async run(bench, { quick }) {
    const shop = await bench.shop()
    const seconds: number[] = []
    for (let round = 0; round < (quick ? 1 : 5); round += 1) {
      const startedAt = performance.now()
      const platform = await launchPlatform({
        settings: shop.world.settings,
        logFile: logFileOf("bench", "started-platform"),
      })
      try {
        await platform.untilUp()
        await eventually("a platform that is ready", () => answers(`${platform.operationsUrl}/ready`), {
          everyMs: LOOK_EVERY_MS,
        })
        seconds.push((performance.now() - startedAt) / 1000)
      } finally {
        await platform.stop()
      }
    }
    return [
      {
        what: "start to ready",
        unit: "s",
        value: spreadOf(seconds),
        target: { kind: "at most", value: 10 },
        note: `${seconds.length} starts beside an idle platform`,
      },
    ] satisfies Figure[]
  },
}
