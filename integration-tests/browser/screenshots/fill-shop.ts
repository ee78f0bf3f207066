import { AdminApi } from "../../../demo/admin-api"
import { BUYERS } from "../../../demo/buyers"
import { CATALOGUE } from "../../../demo/catalogue"
import { seedShop } from "../../../demo/seed-shop"
import type { OrderSpec, SandboxOrder } from "../../../sandbox/control-client"
import { eventually } from "../../support/eventually"
import { OPERATOR } from "../../support/platform-database"
import { officialDigest, orderPush, send } from "../../support/send-push"
import { inboxIsEmpty } from "../../support/shop-world"
import type { Desk } from "../support/desk"

const FORGED_BEFORE_HOURS = 5
/** Completed orders get their escrow from a job of every minute. */
const ESCROW_WAIT_MS = 180_000

/** How many orders end in which state. */
const STATES: readonly [status: string, count: number][] = [
  ["UNPAID", 3],
  ["READY_TO_SHIP", 9],
  ["PROCESSED", 5],
  ["SHIPPED", 8],
  ["TO_CONFIRM_RECEIVE", 4],
  ["COMPLETED", 26],
  ["CANCELLED", 4],
  ["TO_RETURN", 1],
]

const VARIANTS = CATALOGUE.flatMap((card) => card.variants.map((variant) => ({ card, variant }))).filter(
  ({ variant }) => variant.stock > 1
)

/** Order number `index` of the shop, of a buyer and cards that follow from it: every run shows the same shop. */
function orderSpec(index: number, more: Partial<OrderSpec> = {}): OrderSpec {
  const buyer = BUYERS[index % BUYERS.length]
  const lines = [0, 1, 2].slice(0, 1 + (index % 3)).flatMap((step) => {
    const sold = VARIANTS[(index * 5 + step * 3) % VARIANTS.length]
    return sold
      ? [
          {
            sku: sold.variant.sku,
            name: sold.card.title,
            model_name: sold.variant.title,
            price: sold.variant.price,
            quantity: 1 + ((index + step) % 2),
          },
        ]
      : []
  })
  return {
    lines,
    shipping_fee: 1.99,
    ...(buyer && {
      buyer: { user_id: buyer.userId, username: buyer.username },
      recipient: buyer.recipient,
    }),
    ...(index % 4 === 0 && { seller_voucher: 2 }),
    ...more,
  }
}

/** Fills the shop: orders in every state over a day, exceptions of several classes, payouts over ten weeks. */
export async function fillShop(desk: Desk): Promise<void> {
  const { control } = desk.world.sandbox
  const api = new AdminApi(desk.platform.url)
  await api.login(OPERATOR.email, OPERATOR.password)
  await seedShop(api, () => undefined)
  const specs = STATES.flatMap(([status, count]) => Array.from({ length: count }, () => status)).map((status, index) =>
    orderSpec(index, { status })
  )
  await control.createOrders(specs)
  await eventually("the orders", async () => (await countOf(desk, "shopee_order_sync")) >= specs.length)
  await inboxIsEmpty(desk.world, ESCROW_WAIT_MS)
  await addTrouble(desk)
  const completed = STATES.find(([status]) => status === "COMPLETED")?.[1] ?? 0
  await eventually("the escrows", async () => (await countOf(desk, "shopee_escrow")) >= completed, {
    withinMs: ESCROW_WAIT_MS,
  })
  await spreadOverTime(desk)
}

/** What a shop meets in a week: a card that nobody entered, one too many of another, a push that is not Shopee's. */
async function addTrouble({ world, platform }: Desk): Promise<void> {
  const { control } = world.sandbox
  const place = (index: number, sku: string, name: string, more: Partial<OrderSpec> = {}): Promise<SandboxOrder> =>
    control.createOrder(
      orderSpec(index, { status: "READY_TO_SHIP", lines: [{ sku, name, price: 14.5, quantity: 1 }], ...more })
    )
  await place(61, "SKF-088-NM", "Dune Basilisk #088")
  await place(62, "SKF-088-NM", "Dune Basilisk #088")
  await place(63, "SKF-BOX-36", "Skyforge booster box")
  await place(64, "SKF-120-S-NM", "Astral Kirin #120 Secret Rare")
  await place(65, "SKF-120-S-NM", "Astral Kirin #120 Secret Rare")
  await place(66, "SKF-052-NM", "Tidecaller Sprite #052", { detail_overrides: { total_amount: -1 } })
  const genuine = orderPush("261126SKYFORGE1")
  await send(platform.url, genuine.replace("READY_TO_SHIP", "CANCELLED"), { authorization: officialDigest(genuine) })
  await eventually("the exceptions", async () => (await countOf({ world }, "connector_exception")) >= 6)
}

const countOf = async ({ world }: Pick<Desk, "world">, table: string): Promise<number> => {
  const [row] = await world.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)
  return row?.count ?? 0
}

/** Everything happened a moment ago; charts and ages want days and weeks. */
async function spreadOverTime({ world: { database } }: Desk): Promise<void> {
  await database.query(
    `WITH placed AS (
       SELECT ordersn, row_number() OVER (ORDER BY id) AS n FROM shopee_order_sync
     ), moved AS (
       UPDATE shopee_order_sync sync
          SET created_at = now() - (power(n, 1.7) * 80) * interval '1 second'
         FROM placed WHERE placed.ordersn = sync.ordersn
        RETURNING sync.ordersn, sync.created_at
     )
     UPDATE shopee_raw_event event
        SET created_at = moved.created_at,
            processed_at = moved.created_at + (300 + abs(hashtext(event.id)) % 2200) * interval '1 millisecond'
       FROM moved WHERE moved.ordersn = event.ordersn AND event.processed`
  )
  await database.query(
    `UPDATE connector_exception exception
        SET created_at = coalesce(
              (SELECT sync.created_at FROM shopee_order_sync sync WHERE sync.ordersn = exception.ordersn LIMIT 1),
              now() - interval '${FORGED_BEFORE_HOURS} hours'
            )`
  )
  // Two of three are paid out, over ten weeks; one of them after an adjustment, one too little; the oldest ones wait too long.
  await database.query(
    `WITH numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM shopee_escrow)
     UPDATE shopee_escrow escrow
        SET created_at = now() - n * interval '2 days 15 hours',
            escrow_release_time = CASE WHEN n % 3 <> 0 THEN now() - n * interval '2 days 12 hours' END,
            payout_amount = CASE WHEN n % 3 = 0 THEN NULL WHEN n = 4 THEN escrow_amount - 1.5 WHEN n = 7 THEN escrow_amount - 2.4
                                 ELSE escrow_amount END,
            raw_payout_amount = CASE WHEN n % 3 = 0 THEN NULL ELSE jsonb_build_object('value',
              (CASE WHEN n = 4 THEN escrow_amount - 1.5 WHEN n = 7 THEN escrow_amount - 2.4 ELSE escrow_amount END)::text) END,
            adjustment_amount = CASE WHEN n = 4 THEN -1.5 ELSE adjustment_amount END,
            raw_adjustment_amount = CASE WHEN n = 4 THEN '{"value":"-1.5"}' ELSE raw_adjustment_amount END
       FROM numbered WHERE numbered.id = escrow.id`
  )
}
