import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "@medusajs/framework/pg"
import { claimDueOrders } from "../../src/modules/connectors/shopee/sql/claim-due-orders"
import { expectExact } from "../exactness"
import { numbered } from "../floors/numbered-placeholders"
import { sendAsFast, signPush } from "../load/send-pushes"
import type { Figure, Measure } from "../measure"
import type { BenchShop } from "../shop"
import { ratiosOf, spreadOf } from "../statistics"

const SENDERS = 16
/**
 * Claims of which the fastest counts: they are all the same work of less than a millisecond, and what disturbs one only adds to it. Spread
 * over longer than what follows four thousand pushes (checkpoints, autovacuum) holds Postgres up: at once they all met the same.
 */
const CLAIMS = 25
const BETWEEN_CLAIMS_MS = 200

/** What a year of a busy shop leaves behind, written past the platform: the rows are what it writes itself. */
export async function addHistory({ world }: BenchShop, events: number, orders: number): Promise<void> {
  const { query } = world.database
  await query(
    `INSERT INTO shopee_order_sync (id, ordersn, shop_id, status, medusa_order_id, shopee_status, shopee_update_time, due_version, attempts,
                                    created_at, updated_at)
     SELECT 'sosync_old' || n, '25OLD' || n, '700321', 'created', 'order_old' || n, 'COMPLETED', now() - interval '30 days', 3, 0,
            now() - interval '30 days', now() - interval '30 days'
       FROM generate_series(1, $1::int) n`,
    [orders]
  )
  await query(
    `INSERT INTO shopee_raw_event (id, event_type, shopee_event_id, shop_id, ordersn, payload, raw_body, signature, signature_ok, source,
                                   identity, processed, processed_at, created_at, updated_at)
     SELECT 'srev_old' || n, 3, md5(n::text), '700321', '25OLD' || (1 + n % $2::int),
            jsonb_build_object('ordersn', '25OLD' || (1 + n % $2::int), 'status', 'COMPLETED'), repeat('QUJD', 80), md5(n::text), true,
            'webhook', 'old-' || md5(n::text), true, now() - interval '30 days', now() - interval '30 days', now() - interval '30 days'
       FROM generate_series(1, $1::int) n`,
    [events, orders]
  )
  // A year has seen the autovacuum often; here it would come in the middle of the first rounds.
  await query("VACUUM ANALYZE shopee_raw_event")
  await query("VACUUM ANALYZE shopee_order_sync")
}

/** How long the worker's claim of 50 orders takes in Postgres, in milliseconds. Every claim is rolled back: the shop stays held, and its orders due. */
async function claimMs({ world }: BenchShop): Promise<number> {
  const client = new Client({ connectionString: world.database.url })
  await client.connect()
  const times: number[] = []
  const explained = {
    execute: async (text: string, parameters?: unknown[]) => {
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `EXPLAIN (ANALYZE, TIMING OFF) ${numbered(text)}`,
        parameters
      )
      times.push(Number(/Execution Time: ([\d.]+) ms/.exec(rows.map((row) => row["QUERY PLAN"]).join("\n"))?.[1]))
      return []
    },
  }
  try {
    for (let claim = 0; claim < CLAIMS; claim += 1) {
      await client.query("BEGIN")
      await client.query("UPDATE shopee_auth_token SET paused_until = NULL")
      await claimDueOrders(explained, { claimId: "bench", limit: 50, leaseMs: 30_000 })
      await client.query("ROLLBACK")
      await sleep(BETWEEN_CLAIMS_MS)
    }
  } finally {
    await client.end()
  }
  return Math.min(...times)
}

/** Issue 7: what a million stored events and 300,000 orders cost, against a shop without a past. */
export const growth: Measure = {
  name: "growth",
  title: "a shop with a long past against a new one",
  async run(bench, { quick }) {
    const [rounds, orders, events, synced] = quick ? [2, 50, 20_000, 6_000] : [5, 400, 1_000_000, 300_000]
    const [young, old] = [await bench.openShop("bench-young"), await bench.openShop("bench-old")]
    await addHistory(old, events, synced)
    for (const shop of [young, old]) {
      await shop.drain(await shop.place(quick ? 20 : 100)) // Warms up.
    }
    const found = {
      ingest: new Map<BenchShop, number[]>(),
      claim: new Map<BenchShop, number[]>(),
      drain: new Map<BenchShop, number[]>(),
    }
    const note = (kind: keyof typeof found, shop: BenchShop, value: number) =>
      found[kind].set(shop, [...(found[kind].get(shop) ?? []), value])
    const run = async (shop: BenchShop) => {
      const placed = await shop.place(orders)
      await shop.hold()
      const pushes = Array.from({ length: 10 }, () => placed.map((order) => signPush(shop.pushBody(order)))).flat()
      note("ingest", shop, 1_000 / (await sendAsFast(shop.platform.port, pushes, SENDERS)))
      note("claim", shop, await claimMs(shop))
      await shop.letGo()
      note("drain", shop, (await shop.drain(placed)) / orders)
      await expectExact(shop, placed, { pushes: 11 * orders })
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const shop of round % 2 === 0 ? [young, old] : [old, young]) {
        await run(shop)
      }
    }
    const figure = (kind: keyof typeof found, what: string, factor: number, unit: string): Figure => {
      const [before, after] = [found[kind].get(young) ?? [], found[kind].get(old) ?? []]
      const median = (values: number[]) => (spreadOf(values).median * factor).toFixed(2)
      return {
        what: `${what}, ${events} events and ${synced} orders later`,
        unit: "×",
        value: spreadOf(ratiosOf(after, before)),
        target: { kind: "at most", value: 1.15 },
        note: `${median(after)} ${unit} against ${median(before)}; ${rounds} rounds`,
      }
    }
    return [
      figure("ingest", "time to take a push in", 1, "ms"),
      figure("claim", "time to claim 50 orders", 1, "ms"),
      figure("drain", "time to drain an order", 1_000, "ms"),
    ]
  },
}
