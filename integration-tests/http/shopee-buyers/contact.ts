import { Modules } from "@medusajs/framework/utils"
import type { OrderChange, OrderSpec, SandboxOrder } from "../../../sandbox/control-client"
import { CONNECTOR_SHARED_MODULE } from "../../../src/modules/connectors/shared"
import type ConnectorExceptionService from "../../../src/modules/connectors/shared/service"
import { shopPart } from "../../support/shop-suite"
import { shownOrder } from "../../support/admin-orders"

const DRAKE = "EMB-014-NM"
const HOME = { name: "Mei Lin Koh", phone: "6591234567", zipcode: "530221", full_address: "Blk 221 Hougang St 21" }
const MOVED = { name: "Koh Mei Lin", phone: "6598765432", zipcode: "529681", full_address: "10 Tampines Ave 4" }

/** Masked data (product paper §1 #3, §4): what Shopee tells in clear is kept, and two buyers stay two. */
export const contact = shopPart({ stock: { [DRAKE]: 20 } }, (shop) => {
  async function place(spec: Partial<OrderSpec> = {}): Promise<SandboxOrder> {
    const lines = [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }]
    const order = await shop.sandbox.control.createOrder({
      ...{ lines, push: false, status: "READY_TO_SHIP", recipient: HOME },
      ...spec,
    })
    await shop.follow(order.order_sn)
    return order
  }

  async function change({ order_sn }: SandboxOrder, fields: OrderChange) {
    await shop.sandbox.control.updateOrder(order_sn, fields)
    await shop.follow(order_sn)
    return await shownOrder(shop.container, order_sn)
  }

  async function move({ order_sn }: SandboxOrder, ...statuses: string[]) {
    for (const status of statuses) {
      await shop.move(order_sn, status)
    }
    await shop.follow(order_sn)
  }

  const at = ({ name, phone, zipcode, full_address }: typeof HOME) => ({
    shipping_address: {
      first_name: name,
      last_name: "",
      phone,
      postal_code: zipcode,
      address_1: full_address,
      country_code: "sg",
    },
  })

  const customers = async (select: string[] = ["email", "first_name"]) =>
    await shop.container.resolve(Modules.CUSTOMER).listCustomers({}, { select, order: { email: "ASC" } })

  it("a changed address is taken until the order is completed, and a masked one never takes a clear one's place", async () => {
    const order = await place()
    const before = await shownOrder(shop.container, order.order_sn)
    expect(before).toMatchObject(at(HOME))
    expect(await change(order, { masked: true })).toMatchObject(at(HOME))
    expect(await change(order, { masked: "partial", recipient: { zipcode: "529681" } })).toMatchObject(
      at({ ...HOME, zipcode: "529681" })
    )
    const moved = await change(order, { masked: false, recipient: MOVED })
    expect(moved).toMatchObject({ ...at(MOVED), id: before.id, total: before.total, customer: before.customer })

    await move(order, "PROCESSED", "SHIPPED")
    const [fulfillment] = await shop.container
      .resolve(Modules.FULFILLMENT)
      .listFulfillments({}, { relations: ["delivery_address"] })
    expect(fulfillment?.delivery_address).toMatchObject({ address_1: MOVED.full_address, first_name: MOVED.name })
    await move(order, "COMPLETED")
    expect(await change(order, { recipient: HOME })).toMatchObject({ status: "completed", ...at(MOVED) })
    const exceptions = shop.container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
    expect(await exceptions.listConnectorExceptions()).toEqual([])
  })

  it("an order that was imported masked gets its address once it is clear, together with packing", async () => {
    const order = await place({ masked: true })
    expect(await shownOrder(shop.container, order.order_sn)).toMatchObject({
      shipping_address: { first_name: "****", address_1: "****", phone: "****", country_code: "sg" },
    })
    await shop.sandbox.control.updateOrder(order.order_sn, { masked: false })
    await move(order, "PROCESSED")
    expect(await shownOrder(shop.container, order.order_sn)).toMatchObject({
      fulfillment_status: "fulfilled",
      ...at(HOME),
    })
  })

  it("a cancelled order keeps its address", async () => {
    const order = await place()
    await move(order, "CANCELLED")
    expect(await change(order, { recipient: MOVED })).toMatchObject({ status: "canceled", ...at(HOME) })
  })

  it("hidden buyers have a customer each; one that becomes known takes the order to their own, and nobody else's", async () => {
    const hidden = { detail_overrides: { buyer_user_id: 0, buyer_username: "****" } }
    const known = await place({ buyer: { user_id: 81234567, username: "mei_cards" } })
    const [first, second] = [await place(hidden), await place(hidden)]
    const emails = async () => {
      const shown = []
      for (const { order_sn } of [known, first, second]) {
        shown.push((await shownOrder(shop.container, order_sn)).customer.email)
      }
      return shown
    }
    const before = await emails()
    expect(new Set(before).size).toBe(3)
    expect(before.slice(1).every((email) => email.startsWith("shopee-order-"))).toBe(true)

    const told = { buyer_user_id: 81234567, buyer_username: "m***s" }
    const shown = await change(first, { detail_overrides: told })
    expect(shown).toMatchObject({ email: before[0], metadata: { shopee_buyer_user_id: "81234567" } })
    expect(await emails()).toEqual([before[0], before[0], before[2]])
    expect((await customers()).find(({ email }) => email === before[0])).toMatchObject({ first_name: "mei_cards" })

    await change(first, { detail_overrides: { buyer_user_id: 0, buyer_username: "****" } })
    expect(await emails()).toEqual([before[0], before[0], before[2]])
  })

  it("a buyer's name that was masked at first is told to their customer once it is clear", async () => {
    const order = await place({ detail_overrides: { buyer_username: "m***s" } })
    expect(await customers()).toMatchObject([{ first_name: "m***s" }])
    await change(order, { detail_overrides: { buyer_username: "mei_cards" } })
    expect(await customers()).toMatchObject([{ first_name: "mei_cards" }])
    expect((await shownOrder(shop.container, order.order_sn)).metadata).toMatchObject({
      shopee_ordersn: order.order_sn,
      shopee_buyer_username: "mei_cards",
    })
  })
})
