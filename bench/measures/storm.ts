import { expectExact } from "../exactness"
import type { Figure, Measure } from "../measure"
import { spreadOf } from "../statistics"

/** Orders that Shopee is asked for with one call. */
const ORDERS_A_CALL = 50

/** Issue 7: ten events about each order are one look at it. */
export const storm: Measure = {
  name: "storm",
  title: "a backlog of ten events an order, against one event an order",
  async run(bench, { quick }) {
    const orders = quick ? 100 : 1_000
    const each = 10
    const shop = await bench.shop()
    const single = await shop.place(orders)
    const singleSeconds = await shop.drain(single)
    await expectExact(shop, single, { pushes: orders })

    const chatty = await shop.place(orders)
    const { control } = shop.world.sandbox
    await control.resetCalls()
    const seconds = await shop.drain(chatty, { each })
    await expectExact(shop, chatty, { pushes: orders * each })
    const { by_endpoint } = await control.calls()
    const calls = Object.entries(by_endpoint).reduce(
      (sum, [path, count]) => sum + (path.startsWith("/push/") ? 0 : count),
      0
    )
    const [eventRate, singleRate] = [(orders * each) / seconds, orders / singleSeconds]
    return [
      {
        what: `${orders * each} events on ${orders} orders, events/s against one event an order`,
        unit: "×",
        value: spreadOf([eventRate / singleRate]),
        target: { kind: "at least", value: 5 },
        note: `${eventRate.toFixed(0)} events/s against ${singleRate.toFixed(0)} of ${orders} events on ${orders} orders`,
      },
      {
        what: "calls to Shopee for 50 orders in it",
        unit: "calls",
        value: spreadOf([(calls * ORDERS_A_CALL) / orders]),
        target: { kind: "at most", value: 1.2 },
        note: `${calls} calls about ${orders} orders`,
      },
    ] satisfies Figure[]
  },
}
