import { expectExact } from "../exactness"
import { bestConcurrency } from "../floors/core-workflows"
import type { Figure, Measure } from "../measure"
import { ratiosOf, spreadOf } from "../statistics"

/** Issue 7: a backlog of new orders against a loop over Medusa's own workflows. */
export const drain: Measure = {
  name: "drain",
  title: "a backlog of new orders, each with one event",
  async run(bench, { quick }) {
    const [rounds, orders, floorOrders] = quick ? [2, 100, 8] : [5, 1_000, 24]
    const shop = await bench.shop()
    const floor = await bench.coreWorkflows()
    const concurrency = await bestConcurrency(floor, quick ? 4 : 12)
    await shop.drain(await shop.place(quick ? 50 : 200)) // Warms up.
    const ours: number[] = []
    const theirs: number[] = []
    const runOurs = async () => {
      const placed = await shop.place(orders)
      ours.push(orders / (await shop.drain(placed)))
      await expectExact(shop, placed, { pushes: orders })
    }
    const runFloor = async () => {
      theirs.push(floorOrders / (await floor.create(floorOrders, concurrency)).seconds)
    }
    for (let round = 0; round < rounds; round += 1) {
      const [first, second] = round % 2 === 0 ? [runOurs, runFloor] : [runFloor, runOurs]
      await first()
      await second()
    }
    const [rate, floorRate] = [spreadOf(ours), spreadOf(theirs)]
    return [
      {
        what: `drain of ${orders * rounds} new orders against core workflows`,
        unit: "×",
        value: spreadOf(ratiosOf(ours, theirs)),
        target: { kind: "at least", value: 4 },
        note: `${rate.median.toFixed(1)} orders/s against ${floorRate.median.toFixed(1)}, ${concurrency} at a time; ${rounds} rounds`,
      },
      { what: "drain, orders a second", unit: "/s", value: rate, target: null, note: `${orders} orders a round` },
    ] satisfies Figure[]
  },
}
