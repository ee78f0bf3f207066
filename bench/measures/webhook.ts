import { type IngestServer, startIngestServer } from "../floors/ingest-server"
import { sendAsFast, sendAtRate, type SignedPush, signPush } from "../load/send-pushes"
import type { Figure, Measure } from "../measure"
import type { BenchShop } from "../shop"
import { quantile, ratiosOf, spreadOf } from "../statistics"

const PUSHES_A_SECOND = 200
/** Senders that wait for their answer before they send again: what the capacity is asked with. */
const SENDERS = 32

/** Pushes about orders of whose existence only the pushes tell; the shop is held, so nobody asks Shopee for them. */
function somePushes(shop: BenchShop, count: number): SignedPush[] {
  return Array.from({ length: count }, (_, index) => signPush(shop.pushBody({ order_sn: `2611BENCH${index % 500}` })))
}

async function countEvents(shop: BenchShop): Promise<number> {
  const [row] = await shop.world.database.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM shopee_raw_event WHERE ordersn LIKE '2611BENCH%'"
  )
  return row?.count ?? 0
}

interface Sides {
  ours: number[]
  floor: number[]
}

/** Both sides in turn, on the same database, whichever comes first. */
async function inTurn(rounds: number, ours: () => Promise<void>, floor: () => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const [first, second] = round % 2 === 0 ? [ours, floor] : [floor, ours]
    await first()
    await second()
  }
}

async function measureAnswers(shop: BenchShop, server: IngestServer, rounds: number, seconds: number) {
  const p50: Sides = { ours: [], floor: [] }
  const p99: Sides = { ours: [], floor: [] }
  const run = (side: keyof Sides, port: number) => async () => {
    const times = await sendAtRate(port, somePushes(shop, PUSHES_A_SECOND * seconds), PUSHES_A_SECOND)
    p50[side].push(quantile(times, 0.5))
    p99[side].push(quantile(times, 0.99))
  }
  await inTurn(rounds, run("ours", shop.platform.port), run("floor", server.port))
  return { p50, p99 }
}

async function measureCapacity(shop: BenchShop, server: IngestServer, rounds: number, pushes: number): Promise<Sides> {
  const rates: Sides = { ours: [], floor: [] }
  const run = (side: keyof Sides, port: number) => async () => {
    rates[side].push(await sendAsFast(port, somePushes(shop, pushes), SENDERS))
  }
  await inTurn(rounds, run("ours", shop.platform.port), run("floor", server.port))
  return rates
}

/** Issue 7: the webhook against a bare server that checks the signature and makes the same insert. */
export const webhook: Measure = {
  name: "webhook",
  title: "the webhook's answers",
  async run(bench, { quick }) {
    const [rounds, seconds, pushes] = quick ? [2, 2, 400] : [7, 3, 3_000]
    const shop = await bench.shop()
    const server = await startIngestServer(shop.world.database.url)
    try {
      await shop.hold()
      const before = await countEvents(shop)
      await sendAsFast(server.port, somePushes(shop, pushes), SENDERS) // Warms up.
      await sendAsFast(shop.platform.port, somePushes(shop, pushes), SENDERS)
      const { p50, p99 } = await measureAnswers(shop, server, rounds, seconds)
      const rates = await measureCapacity(shop, server, rounds, pushes)
      const sent = 2 * pushes + 2 * rounds * (PUSHES_A_SECOND * seconds + pushes)
      const stored = (await countEvents(shop)) - before
      if (stored !== sent) {
        throw new Error(`${sent} pushes were answered 200, and ${stored} are stored.`)
      }
      const against = (sides: Sides, unit: string): string =>
        `${spreadOf(sides.ours).median.toFixed(1)} ${unit} against ${spreadOf(sides.floor).median.toFixed(1)}; ${rounds} rounds`
      const figure = (what: string, sides: Sides, target: Figure["target"], unit: string): Figure => ({
        what,
        unit: "×",
        value: spreadOf(ratiosOf(sides.ours, sides.floor)),
        target,
        note: against(sides, unit),
      })
      return [
        figure(`webhook at ${PUSHES_A_SECOND}/s, p50 against a bare server`, p50, { kind: "at most", value: 2 }, "ms"),
        figure(`webhook at ${PUSHES_A_SECOND}/s, p99 against a bare server`, p99, { kind: "at most", value: 3 }, "ms"),
        figure("webhook capacity against a bare server", rates, { kind: "at least", value: 0.35 }, "pushes/s"),
      ]
    } finally {
      await server.stop()
      // Nobody can ever make an order of them.
      await shop.forget("2611BENCH%")
      await shop.letGo()
    }
  },
}
