import { eventually } from "../../integration-tests/support/eventually"
import type { SandboxOrder } from "../../sandbox/control-client"
import { expectExact } from "../exactness"
import { PushLine } from "../load/push-line"
import { sendAtRate, signPush } from "../load/send-pushes"
import type { Figure, Measure } from "../measure"
import type { BenchShop } from "../shop"
import { quantile, spreadOf } from "../statistics"

const PUSHES_A_SECOND = 5
/** Until the next one: with one push at a time the worker is at rest when it comes. */
const REST_MS = 150

/** Orders before the first one that counts: Node compiles what an order needs during the first dozen after a start, which take up to a second. */
const WARM_UP = 30

/** Sends one push and waits until its order is in Medusa and its event is done. @returns milliseconds */
async function pushAndWait(shop: BenchShop, line: PushLine, order: SandboxOrder): Promise<number> {
  const { body, authorization } = signPush(shop.pushBody(order))
  const startedAt = performance.now()
  await line.send(body, authorization)
  await eventually(
    `order ${order.order_sn}`,
    async () => {
      const [row] = await shop.world.database.query<{ done: boolean }>(
        "SELECT medusa_order_id IS NOT NULL AND due_at IS NULL AS done FROM shopee_order_sync WHERE ordersn = $1",
        [order.order_sn]
      )
      return row?.done
    },
    { everyMs: 5 }
  )
  return performance.now() - startedAt
}

/** How long the orders' pushes lay before their orders were finished, by the database's clock. */
async function waitedMs(shop: BenchShop, orders: readonly SandboxOrder[]): Promise<number[]> {
  const rows = await shop.world.database.query<{ ms: number }>(
    "SELECT (1000 * extract(epoch FROM processed_at - created_at))::float8 AS ms FROM shopee_raw_event WHERE ordersn = ANY($1)",
    [orders.map(({ order_sn }) => order_sn)]
  )
  return rows.map(({ ms }) => ms)
}

/** Issue 7: from a push to its order. */
export const latency: Measure = {
  name: "latency",
  title: "the time from a push to its order",
  async run(bench, { quick }) {
    const shop = await bench.shop()
    const singles = await shop.place(quick ? 10 : 60)
    const first = await shop.place(quick ? 3 : WARM_UP)
    const line = await PushLine.open(shop.platform.port)
    const single: number[] = []
    try {
      for (const order of first) {
        await pushAndWait(shop, line, order)
      }
      for (const order of singles) {
        single.push(await pushAndWait(shop, line, order))
        await new Promise((resolve) => setTimeout(resolve, REST_MS))
      }
    } finally {
      line.close()
    }
    await expectExact(shop, singles, { pushes: singles.length })

    const stream = await shop.place(quick ? 15 : 150)
    const pushes = stream.map((order) => signPush(shop.pushBody(order)))
    await sendAtRate(shop.platform.port, pushes, PUSHES_A_SECOND)
    await shop.untilNothingIsDue()
    await expectExact(shop, stream, { pushes: stream.length })
    const streamed = await waitedMs(shop, stream)

    const figure = (what: string, values: number[], share: number, atMost: number): Figure => ({
      what,
      unit: "ms",
      value: { median: quantile(values, share), min: Math.min(...values), max: Math.max(...values) },
      target: { kind: "at most", value: atMost },
      note: `${values.length} orders; range: fastest and slowest`,
    })
    const rate = `${PUSHES_A_SECOND} pushes/s`
    return [
      figure("push to order, one at a time, p50", single, 0.5, 350),
      figure("push to order, one at a time, p95", single, 0.95, 700),
      figure(`push to order at ${rate}, p95`, streamed, 0.95, 2_000),
      {
        ...figure(`push to order at ${rate}, p50`, streamed, 0.5, 0),
        target: null,
        value: spreadOf([quantile(streamed, 0.5)]),
      },
    ]
  },
}
