import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "@medusajs/framework/pg"
import type { SandboxOrder } from "../../sandbox/control-client"
import { claimDueOrders } from "../../src/modules/connectors/shopee/sql/claim-due-orders"
import { expectExact } from "../exactness"
import { numbered } from "../floors/numbered-placeholders"
import { sendAsFast, signPush } from "../load/send-pushes"
import type { Figure, Measure } from "../measure"
import type { BenchShop } from "../shop"
import { ratiosOf, spreadOf } from "../statistics"

const SENDERS = 16
/** Pushes about each order, each with something new. */
const PUSHES_AN_ORDER = 10
/**
 * Claims of which the fastest counts: they are all the same work of less than a millisecond, and what disturbs one only adds to it. Spread
 * over longer than what follows four thousand pushes (checkpoints, autovacuum) holds Postgres up: at once they all met the same.
 */
const CLAIMS = 25
const BETWEEN_CLAIMS_MS = 200

/** A shop of the comparison, and what was measured of it, a value a round. */
interface Side {
  shop: BenchShop
  ingest: number[]
  claim: number[]
  drain: number[]
}

const sideOf = (shop: BenchShop): Side => ({ shop, ingest: [], claim: [], drain: [] })

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

/** How long the worker's claim of 50 orders takes in Postgres, in milliseconds. It is rolled back: the shop stays held, and its orders due. */
async function claimMs(client: Client): Promise<number> {
  let plan = ""
  const explained = {
    execute: async (text: string, parameters?: unknown[]) => {
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `EXPLAIN (ANALYZE, TIMING OFF) ${numbered(text)}`,
        parameters
      )
      plan = rows.map((row) => row["QUERY PLAN"]).join("\n")
      return []
    },
  }
  await client.query("BEGIN")
  await client.query("UPDATE shopee_auth_token SET paused_until = NULL")
  await claimDueOrders(explained, { claimId: "bench", limit: 50, leaseMs: 30_000 })
  await client.query("ROLLBACK")
  return Number(/Execution Time: ([\d.]+) ms/.exec(plan)?.[1])
}

/**
 * What the sides do in turns: pushes about each order, then claims. What slows the machine down for a second slows both sides down, and
 * every other turn is taken in the other sequence.
 */
async function pushAndClaim(sides: readonly (Side & { placed: readonly SandboxOrder[] })[]): Promise<void> {
  const turns = sides.map((side) => ({
    ...side,
    client: new Client({ connectionString: side.shop.world.database.url }),
    ms: 0,
    claims: [] as number[],
  }))
  const inTurns = async (count: number, step: (turn: (typeof turns)[number]) => Promise<void>) => {
    for (let turn = 0; turn < count; turn += 1) {
      for (const side of turn % 2 === 0 ? turns : [...turns].reverse()) {
        await step(side)
      }
    }
  }
  try {
    await Promise.all(turns.map(async ({ client }) => await client.connect()))
    await inTurns(PUSHES_AN_ORDER, async (side) => {
      const pushes = side.placed.map((order) => signPush(side.shop.pushBody(order)))
      side.ms += 1_000 / (await sendAsFast(side.shop.platform.port, pushes, SENDERS))
    })
    await inTurns(CLAIMS, async ({ client, claims }) => {
      claims.push(await claimMs(client))
      await sleep(BETWEEN_CLAIMS_MS / turns.length)
    })
  } finally {
    await Promise.all(turns.map(async ({ client }) => await client.end()))
  }
  turns.forEach(({ ingest, claim, ms, claims }) => {
    ingest.push(ms / PUSHES_AN_ORDER)
    claim.push(Math.min(...claims))
  })
}

/** Issue 7: what a million stored events and 300,000 orders cost, against a shop without a past. */
export const growth: Measure = {
  name: "growth",
  title: "a shop with a long past against a new one",
  async run(bench, { quick }) {
    const [rounds, orders, events, synced] = quick ? [2, 50, 20_000, 6_000] : [5, 400, 1_000_000, 300_000]
    const [young, old] = [sideOf(await bench.openShop("bench-young")), sideOf(await bench.openShop("bench-old"))]
    await addHistory(old.shop, events, synced)
    for (const { shop } of [young, old]) {
      await shop.drain(await shop.place(quick ? 20 : 100)) // Warms up.
    }
    for (let round = 0; round < rounds; round += 1) {
      const sides: (Side & { placed: SandboxOrder[] })[] = []
      for (const side of round % 2 === 0 ? [young, old] : [old, young]) {
        sides.push({ ...side, placed: await side.shop.place(orders) })
        await side.shop.hold()
      }
      await pushAndClaim(sides)
      for (const { shop, placed, drain } of sides) {
        await shop.letGo()
        drain.push((await shop.drain(placed)) / orders)
        await expectExact(shop, placed, { pushes: (PUSHES_AN_ORDER + 1) * orders })
      }
    }
    const figure = (kind: "ingest" | "claim" | "drain", what: string, factor: number, unit: string): Figure => {
      const median = (values: number[]) => (spreadOf(values).median * factor).toFixed(2)
      return {
        what: `${what}, ${events} events and ${synced} orders later`,
        unit: "×",
        value: spreadOf(ratiosOf(old[kind], young[kind])),
        target: { kind: "at most", value: 1.15 },
        note: `${median(old[kind])} ${unit} against ${median(young[kind])}; ${rounds} rounds`,
      }
    }
    return [
      figure("ingest", "time to take a push in", 1, "ms"),
      figure("claim", "time to claim 50 orders", 1, "ms"),
      figure("drain", "time to drain an order", 1_000, "ms"),
    ]
  },
}
