import { createProductsWorkflow } from "@medusajs/medusa/core-flows"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { OrderSpec, SandboxOrder } from "../../../sandbox/control-client"
import { SHOPEE_CONNECTOR_MODULE } from "../../../src/modules/connectors/shopee"
import { drainInbox } from "../../../src/modules/connectors/shopee/inbox/drain"
import { mapListing } from "../../../src/modules/connectors/shopee/inbox/map-listing"
import { TCG_MODULE } from "../../../src/modules/tcg"
import type TcgModuleService from "../../../src/modules/tcg/service"
import { shopPart } from "../../support/shop-suite"
import { shownOrder, shownOrders } from "../../support/admin-orders"
import { callsAboutOrders, connectorOf, lookAgain, SHOP_ID, stockOf } from "../../support/shopee-shop"

const DRAKE = "EMB-014-NM"
const SPRITE = "TID-102-LP"
const LINES = [
  { sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 2 },
  { sku: SPRITE, name: "Tide Sprite #102", price: 7.3, quantity: 1 },
]

export const takingIn = shopPart({ stock: { [DRAKE]: 10, [SPRITE]: 10 } }, (shop) => {
  async function order(spec: Partial<OrderSpec> = {}): Promise<SandboxOrder> {
    return await shop.sandbox.control.createOrder({ lines: LINES, shipping_fee: 1.99, push: false, ...spec })
  }

  const syncOf = async (ordersn: string) => (await connectorOf(shop.container).listShopeeOrderSyncs({ ordersn }))[0]

  it("a paid order becomes a captured Medusa order that equals it, with its stock reserved", async () => {
    const shopee = await order({ status: "READY_TO_SHIP", seller_voucher: 3.33, message: "No rush" })
    await shop.follow(shopee.order_sn)

    const medusa = await shownOrder(shop.container, shopee.order_sn)
    expect(medusa).toMatchObject({
      status: "pending",
      payment_status: "captured",
      fulfillment_status: "not_fulfilled",
      total: shopee.total_amount,
      currency_code: "sgd",
      email: `shopee-${shopee.buyer_user_id}@buyers.exzentcg.local`,
      sales_channel: { name: "Shopee" },
      shipping_address: {
        first_name: shopee.recipient_address.name,
        last_name: "",
        address_1: shopee.recipient_address.full_address,
        country_code: "sg",
      },
      metadata: {
        shopee_ordersn: shopee.order_sn,
        shopee_shop_id: String(SHOP_ID),
        shopee_buyer_user_id: String(shopee.buyer_user_id),
      },
      shopee_order_sync: { ordersn: shopee.order_sn },
    })
    expect(medusa.items.map((item) => [item.variant_sku, item.quantity, item.unit_price]).sort()).toEqual([
      [DRAKE, 2, 12.5],
      [SPRITE, 1, 7.3],
    ])
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 2 })
    expect(await syncOf(shopee.order_sn)).toMatchObject({
      status: "created",
      medusa_order_id: medusa.id,
      shopee_status: "READY_TO_SHIP",
      due_at: null,
    })
    expect(await shop.exceptions()).toEqual([])
  })

  it("every line's listing is remembered with its variant, and a second order adds none", async () => {
    const [first, second] = [await order({ status: "READY_TO_SHIP" }), await order({ status: "READY_TO_SHIP" })]
    await shop.follow(first.order_sn)
    await shop.follow(second.order_sn)

    const listings = await shop.container
      .resolve<TcgModuleService>(TCG_MODULE)
      .listTcgChannelListings({ channel: "shopee" })
    expect(listings.map((listing) => listing.external_listing_id).sort()).toEqual(
      first.item_list.map((line) => String(line.item_id)).sort()
    )
    expect(listings.every((listing) => listing.variant_id && listing.status === "active")).toBe(true)
  })

  it("an order that costs nothing is imported and shows as captured", async () => {
    const shopee = await order({
      lines: [{ sku: DRAKE, name: "Gift", price: 0, quantity: 1 }],
      shipping_fee: 0,
      status: "READY_TO_SHIP",
    })
    await shop.follow(shopee.order_sn)
    expect(await shownOrder(shop.container, shopee.order_sn)).toMatchObject({ total: 0, payment_status: "captured" })
  })

  it("cash on delivery is not captured before completion", async () => {
    const shopee = await order({ cod: true, status: "READY_TO_SHIP" })
    await shop.follow(shopee.order_sn)
    expect(await shownOrder(shop.container, shopee.order_sn)).toMatchObject({
      payment_status: "not_paid",
      total: shopee.total_amount,
    })
  })

  it("a paid order that is cancelled is refunded and its stock released", async () => {
    const shopee = await order({ status: "READY_TO_SHIP", seller_voucher: 2 })
    await shop.follow(shopee.order_sn)
    await shop.sandbox.control.moveOrder(shopee.order_sn, "CANCELLED", { cancel_by: "buyer", push: false })
    await shop.follow(shopee.order_sn)

    expect(await shownOrder(shop.container, shopee.order_sn)).toMatchObject({
      status: "canceled",
      payment_status: "refunded",
      total: 0,
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })
  })

  it("an unpaid order that is cancelled has its payment cancelled", async () => {
    const shopee = await order()
    await shop.follow(shopee.order_sn)
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 2 })
    await shop.sandbox.control.moveOrder(shopee.order_sn, "CANCELLED", { cancel_by: "system", push: false })
    await shop.follow(shopee.order_sn)

    expect(await shownOrder(shop.container, shopee.order_sn)).toMatchObject({
      status: "canceled",
      payment_status: "canceled",
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })
  })

  it("an order that is first seen cancelled is created and cancelled in one go, with nothing reserved", async () => {
    const shopee = await order({ status: "READY_TO_SHIP" })
    await shop.sandbox.control.moveOrder(shopee.order_sn, "CANCELLED", { cancel_by: "seller", push: false })
    await shop.follow(shopee.order_sn)

    expect(await shownOrder(shop.container, shopee.order_sn)).toMatchObject({
      status: "canceled",
      payment_status: "canceled",
    })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 0 })
    await shop.follow(shopee.order_sn)
    expect(await shownOrders(shop.container, shopee.order_sn)).toHaveLength(1)
  })

  it("an unknown SKU holds the order whole, and it goes through by itself once the SKU exists", async () => {
    const shopee = await order({
      status: "READY_TO_SHIP",
      lines: [...LINES, { sku: "NEW-001", name: "Unheard of", price: 3, quantity: 1 }],
    })
    const other = await order({ status: "READY_TO_SHIP" })
    await shop.follow(shopee.order_sn, other.order_sn)

    expect(await shownOrders(shop.container, shopee.order_sn)).toEqual([])
    expect(await shownOrders(shop.container, other.order_sn)).toHaveLength(1)
    expect(await syncOf(shopee.order_sn)).toMatchObject({ status: "failed", due_at: null, waiting_skus: ["NEW-001"] })
    const [held] = await shop.exceptions({ status: "open" })
    expect(held).toMatchObject({ error_class: "sku_not_found", ordersn: shopee.order_sn, connector: "shopee" })
    expect(held?.error_message).toContain("NEW-001")
    expect(held?.raw_event_id).toMatch(/^srev_/)

    await createProductsWorkflow(shop.container).run({
      input: {
        products: [
          {
            title: "Unheard of",
            status: "published",
            options: [{ title: "Card", values: ["a"] }],
            variants: [{ title: "a", sku: "NEW-001", manage_inventory: false, options: { Card: "a" }, prices: [] }],
          },
        ],
      },
    })
    const until = Date.now() + 20_000
    while ((await shownOrders(shop.container, shopee.order_sn)).length === 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await drainInbox(shop.container)
    expect((await shownOrder(shop.container, shopee.order_sn)).total).toBe(shopee.total_amount)
    expect(await shop.exceptions({ status: "open" })).toEqual([])
    expect(await shop.exceptions({ status: "resolved" })).toMatchObject([{ resolved_by: "system" }])
    expect((await connectorOf(shop.container).listShopeeRawEvents({ processed: false })).length).toBe(0)
  })

  it("a box whose SKU can't be put right is mapped once to what it is stocked as, and every order of it goes through and on", async () => {
    const lines = [{ sku: "BOX-OF-DRAKES", item_id: 9001, name: "Box of Ember Drakes", price: 19.99, quantity: 2 }]
    const [first, second] = [
      await order({ status: "READY_TO_SHIP", lines }),
      await order({ status: "READY_TO_SHIP", lines, seller_voucher: 1.11 }),
    ]
    await shop.follow(first.order_sn, second.order_sn)
    const held = await shop.exceptions({ status: "open" })
    const listing = String(held[0]?.details?.listings)
    expect(held).toMatchObject([{ error_class: "sku_not_found" }, { error_class: "sku_not_found" }])
    expect(listing).toMatch(/^9001:\d+$/)

    const [drake] = await shop.container.resolve(Modules.PRODUCT).listProductVariants({ sku: DRAKE })
    const mapping = { shopId: String(SHOP_ID), itemId: "9001", modelId: listing.slice(5), piecesPerUnit: 3 }
    await expect(mapListing(shop.container, { ...mapping, variantId: "variant_none" }, null)).rejects.toThrow(
      "Medusa has no variant variant_none. Pick one that exists."
    )
    expect(await mapListing(shop.container, { ...mapping, variantId: drake?.id ?? "" }, "user_1")).toMatchObject({
      releasedOrders: 2,
    })
    await drainInbox(shop.container)

    for (const shopee of [first, second]) {
      const medusa = await shownOrder(shop.container, shopee.order_sn)
      expect(medusa).toMatchObject({ payment_status: "captured", total: shopee.total_amount })
      expect(medusa.items.map((item) => [item.variant_sku, item.quantity, item.unit_price])).toEqual([[DRAKE, 6, 6.67]])
    }
    expect(await shop.exceptions({ status: "open" })).toMatchObject([{ error_class: "oversold" }])
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 12 })

    await shop.sandbox.control.moveOrder(first.order_sn, "PROCESSED", { push: false })
    await shop.sandbox.control.moveOrder(second.order_sn, "CANCELLED", { push: false })
    await shop.follow(first.order_sn, second.order_sn)
    expect(await shownOrder(shop.container, first.order_sn)).toMatchObject({ fulfillment_status: "fulfilled" })
    expect(await shownOrder(shop.container, second.order_sn)).toMatchObject({ status: "canceled" })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 4, reserved: 0 })
  })

  it("an order that takes more than there is is imported, flagged and reserved below zero", async () => {
    const shopee = await order({
      status: "READY_TO_SHIP",
      lines: [{ sku: DRAKE, name: "Drake", price: 1, quantity: 11 }],
    })
    await shop.follow(shopee.order_sn)
    expect(await shownOrder(shop.container, shopee.order_sn)).toMatchObject({ payment_status: "captured" })
    expect(await stockOf(shop.container, DRAKE)).toEqual({ stocked: 10, reserved: 11 })
    expect(await shop.exceptions()).toMatchObject([
      { error_class: "oversold", status: "open", ordersn: shopee.order_sn },
    ])
  })

  it("fifty orders are read with one call and imported together; one that can't be read fails alone", async () => {
    const specs: OrderSpec[] = Array.from({ length: 49 }, () => ({
      lines: [{ sku: SPRITE, name: "Sprite", price: 2, quantity: 1 }],
      status: "READY_TO_SHIP",
      push: false,
    }))
    const good = await shop.sandbox.control.createOrders(specs)
    const bad = await order({ status: "READY_TO_SHIP", detail_overrides: { item_list: [] } })
    await shop.sandbox.control.resetCalls()
    await shop.follow(...good.map(({ order_sn }) => order_sn), bad.order_sn)

    const orders = await shop.container
      .resolve(Modules.ORDER)
      .listOrders({}, { select: ["id", "custom_display_id"], take: 100 })
    expect(orders).toHaveLength(49)
    expect(await shop.exceptions()).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ error_class: "normalization_failed", ordersn: bad.order_sn })])
    )
    expect(await callsAboutOrders(shop.sandbox)).toEqual({ get_order_detail: 1 })
    expect((await stockOf(shop.container, SPRITE)).reserved).toBe(49)
  })

  it("an automatic promotion does not touch an imported order", async () => {
    await shop.container.resolve(Modules.PROMOTION).createPromotions({
      code: "AUTO10",
      type: "standard",
      status: "active",
      is_automatic: true,
      application_method: { type: "percentage", target_type: "order", value: 10, currency_code: "sgd" },
    })
    const shopee = await order({ status: "READY_TO_SHIP" })
    await shop.follow(shopee.order_sn)
    expect((await shownOrder(shop.container, shopee.order_sn)).total).toBe(shopee.total_amount)
  })

  it("two buyers of one name stay two customers, and one buyer of two orders is one", async () => {
    const username = "collector"
    const made = await shop.sandbox.control.createOrders(
      [51, 52, 51].map((user_id) => ({
        lines: LINES,
        buyer: { user_id, username },
        status: "READY_TO_SHIP",
        push: false,
      }))
    )
    await shop.follow(...made.map(({ order_sn }) => order_sn))
    const ids = await Promise.all(
      made.map(async ({ order_sn }) => (await shownOrder(shop.container, order_sn)).customer.id)
    )
    expect(ids[0]).toBe(ids[2])
    expect(ids[0]).not.toBe(ids[1])
  })

  it("Shopee being down costs no attempt and makes one exception without an order, which recovery settles", async () => {
    const shopee = await order({ status: "READY_TO_SHIP" })
    const fault = await shop.sandbox.control.addFault({ endpoint: "get_order_detail", kind: "server-error" })
    await shop.follow(shopee.order_sn)
    expect(await shop.exceptions()).toMatchObject([{ error_class: "sdk_transient", ordersn: null, status: "open" }])
    expect(await syncOf(shopee.order_sn)).toMatchObject({ status: "pending", attempts: 0 })

    await shop.sandbox.control.clearFaults(fault)
    await connectorOf(shop.container).endOutage(String(SHOP_ID))
    await drainInbox(shop.container)
    expect(await shownOrders(shop.container, shopee.order_sn)).toHaveLength(1)
    expect(await shop.exceptions({ status: "open" })).toEqual([])
  })

  it("the link that an import left when it was taken back halfway is in nobody's way", async () => {
    const shopee = await order({ status: "READY_TO_SHIP" })
    await lookAgain(shop.container, [shopee.order_sn])
    const sync = await syncOf(shopee.order_sn)
    await shop.container.resolve(ContainerRegistrationKeys.LINK).create({
      [SHOPEE_CONNECTOR_MODULE]: { shopee_order_sync_id: sync?.id ?? "" },
      [Modules.ORDER]: { order_id: "order_that_is_gone" },
    })
    await drainInbox(shop.container)

    const medusa = await shownOrder(shop.container, shopee.order_sn)
    expect(medusa).toMatchObject({ payment_status: "captured", shopee_order_sync: { ordersn: shopee.order_sn } })
    expect(await shop.exceptions()).toEqual([])
  })

  it("an older reading than the one that was applied changes nothing", async () => {
    const shopee = await order({ status: "READY_TO_SHIP" })
    await shop.follow(shopee.order_sn)
    const [row] = await connectorOf(shop.container).listShopeeOrderSyncs({ ordersn: shopee.order_sn })
    await connectorOf(shop.container).updateShopeeOrderSyncs({
      id: row?.id ?? "",
      shopee_update_time: new Date(Date.now() + 3_600_000),
    })
    await shop.sandbox.control.moveOrder(shopee.order_sn, "CANCELLED", { cancel_by: "buyer", push: false })
    await shop.follow(shopee.order_sn)
    expect(await shownOrder(shop.container, shopee.order_sn)).toMatchObject({
      status: "pending",
      payment_status: "captured",
    })
  })

  it("processEvent handles one event to its end, and says why when it can't", async () => {
    const shopee = await order({ status: "READY_TO_SHIP" })
    const unknown = await order({
      status: "READY_TO_SHIP",
      lines: [{ sku: "NOPE", name: "Nope", price: 1, quantity: 1 }],
    })
    const [good] = await lookAgain(shop.container, [shopee.order_sn])
    await connectorOf(shop.container).processEvent(good ?? "", shop.container)
    expect(await shownOrders(shop.container, shopee.order_sn)).toHaveLength(1)
    expect((await connectorOf(shop.container).retrieveShopeeRawEvent(good ?? "")).processed).toBe(true)

    const [bad] = await lookAgain(shop.container, [unknown.order_sn])
    await expect(connectorOf(shop.container).processEvent(bad ?? "", shop.container)).rejects.toThrow(/NOPE/)
    await expect(connectorOf(shop.container).processEvent("srev_missing", shop.container)).rejects.toThrow(
      /srev_missing/
    )
  })

  it("setting processed to false by SQL makes an order due again, also a held one", async () => {
    const shopee = await order({ status: "READY_TO_SHIP" })
    await shop.follow(shopee.order_sn)
    const [event] = await connectorOf(shop.container).listShopeeRawEvents({ ordersn: shopee.order_sn })
    const knex = shop.container.resolve("__pg_connection__")
    await knex.raw("UPDATE shopee_raw_event SET processed = false WHERE id = ?", [event?.id ?? ""])
    expect((await syncOf(shopee.order_sn))?.due_at).not.toBeNull()
    await drainInbox(shop.container)
    expect((await syncOf(shopee.order_sn))?.due_at).toBeNull()
    expect(await shownOrders(shop.container, shopee.order_sn)).toHaveLength(1)
  })
})
