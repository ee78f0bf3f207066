import { Forger } from "../load/forger"
import { sendAtRate, signPush } from "../load/send-pushes"
import type { Figure, Measure } from "../measure"
import { quantile, ratiosOf, spreadOf } from "../statistics"

const FORGED_A_SECOND = 1_000
const GENUINE_A_SECOND = 50

/** Issue 7: what a flood of forged pushes does to the genuine ones. */
export const flood: Measure = {
  name: "flood",
  title: "a flood of forged pushes",
  async run(bench, { quick }) {
    // Long rounds: V8 collects all of its garbage less than once a minute, and the few pushes that meet it are not one in a hundred.
    const [rounds, seconds] = quick ? [2, 2] : [5, 30]
    const shop = await bench.shop()
    const { port } = shop.platform
    const genuine = () =>
      Array.from({ length: GENUINE_A_SECOND * seconds }, (_, index) =>
        signPush(shop.pushBody({ order_sn: `2611FLOOD${index}` }))
      )
    const sendGenuine = () => sendAtRate(port, genuine(), GENUINE_A_SECOND)
    const sendUnderFlood = async () => {
      await forger.make(FORGED_A_SECOND * seconds, "2611FORGED")
      const [times] = await Promise.all([sendGenuine(), forger.send(port, FORGED_A_SECOND)])
      return times
    }
    const alone: number[] = []
    const flooded: number[] = []
    const forger = await Forger.start()
    try {
      await shop.hold()
      await sendUnderFlood() // Warms up.
      for (let round = 0; round < rounds; round += 1) {
        alone.push(quantile(await sendGenuine(), 0.99))
        flooded.push(quantile(await sendUnderFlood(), 0.99))
      }
      const [row] = await shop.world.database.query<{ genuine: number; believed: number }>(
        `SELECT count(*) FILTER (WHERE ordersn LIKE '2611FLOOD%')::int AS genuine,
                count(*) FILTER (WHERE ordersn LIKE '2611FORGED%')::int AS believed FROM shopee_raw_event`
      )
      const sent = GENUINE_A_SECOND * seconds * (1 + 2 * rounds)
      if (row?.genuine !== sent || row.believed !== 0) {
        throw new Error(
          `Of ${sent} genuine pushes ${row?.genuine} are stored, and ${row?.believed} forged ones were believed.`
        )
      }
    } finally {
      await forger.stop()
      await shop.forget("2611FLOOD%")
      await shop.letGo()
    }
    return [
      {
        what: `genuine pushes under ${FORGED_A_SECOND} forged ones a second, p99 against without`,
        unit: "×",
        value: spreadOf(ratiosOf(flooded, alone)),
        target: { kind: "at most", value: 2 },
        note: `${spreadOf(flooded).median.toFixed(1)} ms against ${spreadOf(alone).median.toFixed(1)} at ${GENUINE_A_SECOND}/s; ${rounds} rounds`,
      },
    ] satisfies Figure[]
  },
}
