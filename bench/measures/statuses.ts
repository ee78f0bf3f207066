import { expectExact } from "../exactness"
import { bestConcurrency, type CoreMove } from "../floors/core-workflows"
import type { Figure, Measure } from "../measure"
import { ratiosOf, spreadOf } from "../statistics"

/** The moves in the sequence of an order's life, each with the core workflow that makes it. */
const MOVES: readonly { status: string; core: CoreMove; what: string }[] = [
  { status: "PROCESSED", core: "pack", what: "packed" },
  { status: "SHIPPED", core: "ship", what: "shipped" },
  { status: "TO_CONFIRM_RECEIVE", core: "deliver", what: "delivered" },
  { status: "COMPLETED", core: "complete", what: "completed" },
]

/** Issue 7: existing orders that move one status, against the core workflow that Medusa has for it. */
export const statuses: Measure = {
  name: "statuses",
  title: "status updates of existing orders",
  async run(bench, { quick }) {
    const [rounds, orders, floorOrders] = quick ? [1, 20, 5] : [3, 100, 30]
    const shop = await bench.shop()
    const floor = await bench.coreWorkflows()
    const concurrency = await bestConcurrency(floor, quick ? 4 : 12)
    const ours = new Map(MOVES.map(({ core }) => [core, [] as number[]]))
    const theirs = new Map(MOVES.map(({ core }) => [core, [] as number[]]))
    for (let round = 0; round < rounds; round += 1) {
      // Both sides move orders that the connector imported; the floor's are never heard of again.
      const all = await shop.place(orders + floorOrders)
      await shop.drain(all)
      const [moved, floored] = [all.slice(0, orders), all.slice(orders)]
      const floorIds = await shop.medusaIds(floored)
      for (const [index, { status, core }] of MOVES.entries()) {
        const runOurs = async () => {
          await shop.moveAll(moved, status)
          ours.get(core)?.push(orders / (await shop.drain(moved, { status })))
        }
        const runFloor = async () => {
          theirs.get(core)?.push(floorOrders / (await floor.move(core, floorIds, concurrency)).seconds)
        }
        const [first, second] = (round + index) % 2 === 0 ? [runOurs, runFloor] : [runFloor, runOurs]
        await first()
        await second()
      }
      await expectExact(shop, moved, { pushes: orders * (1 + MOVES.length), reserved: false })
      await shop.expectStatus(moved, "completed")
    }
    return MOVES.map(({ core, what }): Figure => {
      const [rates, floorRates] = [ours.get(core) ?? [], theirs.get(core) ?? []]
      return {
        what: `orders ${what}, against the core workflow`,
        unit: "×",
        value: spreadOf(ratiosOf(rates, floorRates)),
        target: { kind: "at least", value: 1.5 },
        note: `${spreadOf(rates).median.toFixed(1)} orders/s against ${spreadOf(floorRates).median.toFixed(1)}, ${concurrency} at a time; ${rounds} rounds`,
      }
    })
  },
}
