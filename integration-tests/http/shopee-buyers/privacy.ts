import { Modules } from "@medusajs/framework/utils"
import { runScopesNow } from "../../../src/modules/connectors/shared/jobs/run-due-jobs"
import { purgeRawData } from "../../../src/modules/connectors/shopee/watch/purge-raw-data"
import { shownOrder } from "../../support/admin-orders"
import { shopPart } from "../../support/shop-suite"
import { connectorOf } from "../../support/shopee-shop"

const DRAKE = "EMB-014-NM"
const OLD = { name: "Mei Lin Quill", phone: "6591234567", full_address: "Blk 221 Quill St 21" }
const MOVED = { name: "Koh Quillmoved", phone: "6598765432", full_address: "10 Quillmoved Ave 4" }
const YOUNG = { name: "Ravi Thorne", phone: "6581112223", full_address: "7 Thorne Crescent" }

/** Buyers' data that is older than the retention is nowhere in the database: not in our tables, and not in Medusa's. */
export const privacy = shopPart({ stock: { [DRAKE]: 200 } }, (shop) => {
  const sql = () => shop.container.resolve("__pg_connection__")

  /** Tables that hold any of the texts, whatever the column. */
  async function tablesWith(...texts: string[]): Promise<string[]> {
    const { rows: tables } = await sql().raw(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    )
    const found: string[] = []
    for (const { table_name: table } of tables as { table_name: string }[]) {
      const { rows } = await sql().raw(
        `SELECT 1 FROM "${table}" row WHERE EXISTS (SELECT 1 FROM unnest(?::text[]) t WHERE row::text ILIKE '%' || t || '%') LIMIT 1`,
        [texts]
      )
      found.push(...(rows.length > 0 ? [table] : []))
    }
    return found.sort()
  }

  const order = async (recipient: typeof OLD, username: string, id: number) =>
    await shop.sandbox.control.createOrder({
      lines: [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }],
      status: "READY_TO_SHIP",
      recipient,
      buyer: { user_id: id, username },
      message: `${username} says thanks`,
      push: false,
    })

  async function complete(ordersn: string): Promise<void> {
    for (const status of ["PROCESSED", "SHIPPED", "COMPLETED"]) {
      await shop.move(ordersn, status)
      await shop.follow(ordersn)
    }
  }

  const endedDaysAgo = async (ordersn: string, days: number) => {
    await sql().raw(
      `UPDATE shopee_order_sync SET shopee_update_time = now() - ? * interval '1 day', escrow_due_at = NULL WHERE ordersn = ?`,
      [days, ordersn]
    )
    await sql().raw(`UPDATE shopee_raw_event SET created_at = now() - ? * interval '1 day' WHERE ordersn = ?`, [
      days,
      ordersn,
    ])
    await sql().raw(`UPDATE order_address SET created_at = now() - ? * interval '1 day'`, [days])
  }

  /** What of an order is the shop's. */
  const books = async (ordersn: string) => {
    const { shipping_address, metadata, ...shown } = await shownOrder(shop.container, ordersn)
    return { ...shown, country: shipping_address?.country_code, buyer: metadata?.shopee_buyer_user_id }
  }

  const customers = async () =>
    (await shop.container.resolve(Modules.CUSTOMER).listCustomers({}, { select: ["id", "first_name"] })).map(
      ({ first_name }) => first_name
    )

  it("an order that ended 90 days ago loses its buyer and keeps its books; a younger one loses nothing", async () => {
    const old = await order(OLD, "quill.buyer", 5001)
    const young = await order(YOUNG, "thorne.buyer", 5002)
    await shop.follow(old.order_sn, young.order_sn)
    await shop.sandbox.control.updateOrder(old.order_sn, { recipient: MOVED })
    await complete(old.order_sn)
    await complete(young.order_sn)
    expect(await tablesWith("quill")).toEqual(
      expect.arrayContaining(["customer", "fulfillment_address", "order", "order_address"])
    )
    const before = await books(old.order_sn)
    await endedDaysAgo(old.order_sn, 89)
    await runScopesNow(shop.container, purgeRawData)
    expect(await tablesWith("quill")).toContain("order")

    await endedDaysAgo(old.order_sn, 91)
    await runScopesNow(shop.container, purgeRawData)
    expect(await tablesWith("quill", OLD.phone, MOVED.phone)).toEqual([])
    expect(await tablesWith(YOUNG.phone)).toEqual(expect.arrayContaining(["order_address", "fulfillment_address"]))
    expect((await customers()).sort()).toEqual([null, "thorne.buyer"])
    expect(await books(old.order_sn)).toEqual(before)
    expect((await connectorOf(shop.container).listShopeeOrderSyncs({ ordersn: old.order_sn }))[0]).toMatchObject({
      contact_purged_at: expect.any(Date),
      shopee_status: "COMPLETED",
    })
  })

  it("a buyer keeps the name while an order of theirs is younger, and has it again when they come back", async () => {
    const first = await order(OLD, "quill.buyer", 5001)
    const second = await order(OLD, "quill.buyer", 5001)
    await shop.follow(first.order_sn, second.order_sn)
    await complete(first.order_sn)
    await endedDaysAgo(first.order_sn, 91)
    await runScopesNow(shop.container, purgeRawData)
    expect(await customers()).toEqual(["quill.buyer"])

    await complete(second.order_sn)
    await endedDaysAgo(second.order_sn, 91)
    await runScopesNow(shop.container, purgeRawData)
    expect(await customers()).toEqual([null])

    const third = await order(OLD, "quill.buyer", 5001)
    await shop.follow(third.order_sn)
    expect(await customers()).toEqual(["quill.buyer"])
  })

  it("an order that is under way, or has an open return, keeps its buyer however old it is", async () => {
    const shipped = await order(OLD, "quill.buyer", 5001)
    const returned = await order(YOUNG, "thorne.buyer", 5002)
    await shop.follow(shipped.order_sn, returned.order_sn)
    await complete(returned.order_sn)
    await shop.sandbox.control.openReturn(returned.order_sn, { push: false })
    await shop.follow(returned.order_sn)
    for (const { order_sn } of [shipped, returned]) {
      await endedDaysAgo(order_sn, 400)
    }
    await runScopesNow(shop.container, purgeRawData)
    expect((await customers()).sort()).toEqual(["quill.buyer", "thorne.buyer"])
  })
})
