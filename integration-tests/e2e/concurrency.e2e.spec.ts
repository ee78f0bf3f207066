import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { OrderSpec, SandboxOrder } from "../../sandbox/control-client"
import type { ImportedOrder, OrderImport } from "../../src/modules/connectors/shopee/types/order-import"
import { bothSides } from "../support/compare-orders"
import { eventually } from "../support/eventually"
import { type PlatformProcess, runNpmScript } from "../support/platform-process"
import { orderPush, sendSigned } from "../support/send-push"
import { SHOP_ID } from "../support/shopee-shop"
import { type AdminVariant, ShopAdmin } from "../support/shop-admin"
import {
  authorizeShop,
  exceptionsOf,
  inboxIsEmpty,
  openShop,
  type ShopWorld,
  startShopPlatform,
} from "../support/shop-world"

const PROCESSES = 5
const STORM_MS = 20_000
/** As many orders as there are processes come in with each. */
const WAVES = 12
const DRAKE = "EMB-014-NM"
const LINES = [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 2 }]

/** What a run of the workflow in another process printed. */
type Outcome = { result: ImportedOrder[] } | { error: string }

/** Nothing but Postgres keeps these processes apart: each has its own engine, event bus and locks in memory. */
/** Postgres's code of a statement that was chosen to fail so that another one can go on. */
const DEADLOCK = "40P01"

describe("five processes of the built platform on one database", () => {
  let world: ShopWorld
  let platforms: PlatformProcess[]
  let admin: ShopAdmin

  beforeAll(async () => {
    world = await openShop("concurrency")
    platforms = []
    const [first] = await Promise.all([startShopPlatform(world, { name: "platform-1" }), authorizeShop(world)])
    platforms.push(first)
    // Two at a time: five that boot at once on two cores are no faster, and some look dead meanwhile.
    for (let number = 2; number <= PROCESSES; number += 2) {
      const pair = [number, number + 1].filter((next) => next <= PROCESSES)
      platforms.push(...(await Promise.all(pair.map((next) => startShopPlatform(world, { name: `platform-${next}` })))))
    }
    admin = await ShopAdmin.login(first.url)
    await admin.stockCards({ [DRAKE]: 1_000 })
  }, 300_000)

  afterAll(async () => {
    await Promise.all((platforms ?? []).map((platform) => platform.stop()))
    await world?.close()
  })

  const place = (spec: Partial<OrderSpec> = {}) =>
    world.sandbox.control.createOrder({ lines: LINES, status: "READY_TO_SHIP", push: false, ...spec })

  const toEach = (body: (index: number) => string) =>
    Promise.all(platforms.map((platform, index) => sendSigned(platform.url, body(index))))

  /** Every order that Medusa has equals Shopee's, each line is reserved once, and each order was captured once. */
  async function expectEverythingOnce(): Promise<void> {
    const [shopee, medusa, reservations] = await Promise.all([
      world.sandbox.control.orders(),
      admin.orders(),
      admin.reservations(),
    ])
    const { expected, actual } = bothSides(shopee, medusa)
    expect(actual).toEqual(expected)
    expect(reservations.map(({ line_item_id, quantity }) => [line_item_id, quantity]).sort()).toEqual(
      medusa.flatMap(({ items }) => items.map(({ id, quantity }) => [id, quantity])).sort()
    )
    for (const order of medusa) {
      const payments = order.payment_collections.flatMap((collection) => collection.payments)
      expect(payments).toMatchObject([{ amount: order.total, captures: [{ amount: order.total }] }])
    }
    expect((await exceptionsOf(world)).filter(({ status }) => status === "open")).toEqual([])
  }

  it("fifty identical pushes at once, ten to each process, are one event and one order", async () => {
    const { order_sn } = await place()
    const body = orderPush(order_sn)
    const answers = await Promise.all(Array.from({ length: 10 }, () => toEach(() => body)))
    expect(answers.flat().map(({ status, body: text }) => [status, text])).toEqual(Array(50).fill([200, ""]))
    await inboxIsEmpty(world)
    expect(await world.database.query("SELECT id FROM shopee_raw_event WHERE ordersn = $1", [order_sn])).toHaveLength(1)
    await expectEverythingOnce()
  })

  it("orders that all five are told of at once, again and again, are each imported, reserved and captured once", async () => {
    const until = Date.now() + STORM_MS
    const flipping = (async () => {
      while (Date.now() < until) {
        // As an operator would: who changes every event while workers settle them may be told of a deadlock, and says it again.
        await world.database
          .query("UPDATE shopee_raw_event SET processed = false WHERE signature_ok")
          .catch((error: unknown) => expect(error).toMatchObject({ code: DEADLOCK }))
        await sleep(200)
      }
    })()
    for (let wave = 0; wave < WAVES; wave++) {
      const orders = await Promise.all(platforms.map(() => place()))
      // Each process is told of each order by a push of its own: every one is new to the inbox and wakes who takes it.
      const answers = await Promise.all(
        orders.map(({ order_sn }) => toEach((index) => orderPush(order_sn, "READY_TO_SHIP", 1_790_000_000 + index)))
      )
      expect(answers.flat().map(({ status }) => status)).toEqual(Array(PROCESSES * PROCESSES).fill(200))
      await sleep(STORM_MS / WAVES)
    }
    await flipping
    await inboxIsEmpty(world)
    await expectEverythingOnce()
  })

  it("the same order imported by five processes in the same moment is one order", async () => {
    const shopee = await place()
    const [sync] = await world.database.query<{ id: string }>(
      `INSERT INTO shopee_order_sync (id, ordersn, shop_id) VALUES ('sosync_race', $1, $2) RETURNING id`,
      [shopee.order_sn, String(SHOP_ID)]
    )
    const barrier = await mkdtemp(join(tmpdir(), "e2e-barrier-"))
    try {
      const input = join(barrier, "input.json")
      const order = toOrderImport(shopee, sync?.id ?? "", await admin.variantOf(DRAKE))
      await writeFile(input, JSON.stringify({ orders: [order] }))
      const script = resolve(__dirname, "support", "run-workflow.js")
      const runs = Array.from({ length: PROCESSES }, () =>
        runNpmScript("medusa", ["exec", script, "import-shopee-orders", input, barrier], world.settings)
      )
      await eventually(
        "five processes at the start",
        async () => (await readdir(barrier)).filter((name) => name.startsWith("ready-")).length === PROCESSES,
        { withinMs: 150_000 }
      )
      await writeFile(join(barrier, "go"), "")
      const outcomes = (await Promise.all(runs)).map(({ stdout }) => outcomeIn(stdout))

      const failures = outcomes.flatMap((outcome) => ("error" in outcome ? outcome.error : []))
      expect(outcomes.filter((outcome) => "result" in outcome)).toHaveLength(1)
      expect(failures).toEqual(Array(PROCESSES - 1).fill(expect.stringContaining(`SHP-${shopee.order_sn}`)))
      expect(failures).toEqual(Array(PROCESSES - 1).fill(expect.stringContaining("already exists")))
    } finally {
      await rm(barrier, { recursive: true, force: true })
    }
    await expectEverythingOnce()

    // The inbox has not heard of the order yet: told now, by all processes at once, it takes over what it finds.
    await toEach((index) => orderPush(shopee.order_sn, "READY_TO_SHIP", 1_790_000_000 + index))
    await inboxIsEmpty(world)
    await expectEverythingOnce()
  }, 300_000)
})

/** The line that `run-workflow.js` prints among Medusa's own. */
function outcomeIn(stdout: string): Outcome {
  const line = stdout.split("\n").find((text) => text.startsWith("OUTCOME "))
  if (!line) {
    throw new Error(`A process did not say how its run ended:\n${stdout.slice(-2_000)}`)
  }
  return JSON.parse(line.slice("OUTCOME ".length)) as Outcome
}

/** The import of a sandbox order of one line without fees or vouchers. */
function toOrderImport(order: SandboxOrder, syncId: string, variant: AdminVariant): OrderImport {
  const address = order.recipient_address
  return {
    syncId,
    ordersn: order.order_sn,
    shopId: String(order.shop_id),
    buyer: {
      email: `shopee-${order.buyer_user_id}@buyers.exzentcg.local`,
      userId: String(order.buyer_user_id),
      username: order.buyer_username,
    },
    currencyCode: "sgd",
    countryCode: "sg",
    address: {
      first_name: address.name ?? "",
      last_name: "",
      address_1: address.full_address ?? "",
      address_2: null,
      city: address.city ?? "",
      postal_code: address.zipcode ?? "",
      country_code: "sg",
      province: null,
      phone: address.phone ?? "",
    },
    lines: order.item_list.map((line) => ({
      title: line.item_name,
      quantity: line.model_quantity_purchased,
      unit_price: String(line.model_discounted_price),
      variant: {
        id: variant.id,
        sku: variant.sku,
        productId: variant.product_id,
        title: variant.title,
        productTitle: null,
        thumbnail: null,
        requiresShipping: true,
        inventoryItems: variant.inventory_items.map((item) => ({
          inventoryItemId: item.inventory_item_id,
          requiredQuantity: item.required_quantity,
        })),
      },
      adjustments: [],
      metadata: { shopee_line_key: String(line.line_item_id) },
    })),
    shipping: { name: "Shopee logistics", amount: String(order.amounts.shipping_fee), adjustments: [] },
    total: String(order.amounts.total),
    metadata: { shopee_ordersn: order.order_sn, shopee_shop_id: String(order.shop_id) },
    listings: [],
    reserve: true,
    capture: true,
  }
}
