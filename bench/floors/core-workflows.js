/**
 * The floor of drains and of status updates: Medusa's own workflows, called directly, order by order, with no connector around them. Run
 * with `medusa exec core-workflows.js` in the built platform; it prints the port it listens on and works until it is told to stop.
 *
 * Plain JavaScript: the built platform has nothing that reads TypeScript.
 */
const { createServer } = require("node:http")
const { ContainerRegistrationKeys, Modules } = require("@medusajs/framework/utils")
const {
  completeOrderWorkflow,
  createOrderFulfillmentWorkflow,
  createOrderPaymentCollectionWorkflow,
  createOrderShipmentWorkflow,
  createOrderWorkflow,
  createReservationsWorkflow,
  markOrderFulfillmentAsDeliveredWorkflow,
  markPaymentCollectionAsPaid,
} = require("@medusajs/medusa/core-flows")

/** Runs a task for every subject, so many at a time. */
async function inParallel(subjects, concurrency, task) {
  const waiting = [...subjects]
  const worker = async () => {
    for (let subject = waiting.shift(); subject !== undefined; subject = waiting.shift()) {
      await task(subject)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}

const present = (rows) => (rows ?? []).filter(Boolean)

/** What the shop's orders need; the connector's first import has set it up. */
async function readShop(container, skus) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const [channel] = await container.resolve(Modules.SALES_CHANNEL).listSalesChannels({ name: "Shopee" })
  const [location] = await container.resolve(Modules.STOCK_LOCATION).listStockLocations({})
  const regions = await container.resolve(Modules.REGION).listRegions({}, { relations: ["countries"] })
  const region = regions.find(({ countries }) => countries.some(({ iso_2 }) => iso_2 === "sg"))
  const { data: variants } = await query.graph({
    entity: "product_variant",
    fields: ["id", "sku", "inventory_items.inventory_item_id"],
    filters: { sku: skus },
  })
  return { channel, location, region, variants }
}

/** An order as the connector's has it, through the workflows that an order of the shop's own would take. */
async function createOrder(container, shop, number) {
  const chosen = [0, 1].map((offset) => shop.variants[(number + offset) % shop.variants.length])
  const { result: order } = await createOrderWorkflow(container).run({
    input: {
      region_id: shop.region.id,
      sales_channel_id: shop.channel.id,
      email: `floor-${number}@buyers.example`,
      currency_code: "sgd",
      no_notification: true,
      shipping_address: { first_name: "A Buyer", address_1: "1 Card Street", country_code: "sg" },
      items: chosen.map((variant) => ({
        variant_id: variant.id,
        title: variant.sku,
        quantity: 1,
        unit_price: 12.5,
        is_tax_inclusive: true,
      })),
      shipping_methods: [{ name: "Shopee", amount: 1.5, is_tax_inclusive: true }],
      metadata: { floor: number },
    },
  })
  await createReservationsWorkflow(container).run({
    input: {
      reservations: order.items.map((item) => ({
        line_item_id: item.id,
        inventory_item_id: shop.variants.find(({ id }) => id === item.variant_id).inventory_items[0].inventory_item_id,
        location_id: shop.location.id,
        quantity: 1,
      })),
    },
  })
  const { result: collections } = await createOrderPaymentCollectionWorkflow(container).run({
    input: { order_id: order.id, amount: 26.5 },
  })
  await markPaymentCollectionAsPaid(container).run({
    input: { order_id: order.id, payment_collection_id: collections[0].id },
  })
  return order.id
}

/** Orders with their parcel and what is in it: looked up before the clock starts. */
async function readParcels(container, orderIds) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const [option] = await container.resolve(Modules.FULFILLMENT).listShippingOptions({ provider_id: "shopee_shopee" })
  const { data } = await query.graph({
    entity: "order",
    fields: ["id", "items.*", "fulfillments.id"],
    filters: { id: orderIds },
  })
  await shareShippingProfile(container, query, option, data)
  return data.map(({ id, items, fulfillments }) => ({
    orderId: id,
    items: present(items).map((item) => ({ id: item.id, quantity: Number(item.quantity) })),
    fulfillmentId: present(fulfillments)[0]?.id,
    shippingOptionId: option?.id,
  }))
}

/** Medusa packs only what has the shipping profile of the option it is sent with. */
async function shareShippingProfile(container, query, option, orders) {
  const ids = [...new Set(orders.flatMap(({ items }) => present(items).map(({ product_id }) => product_id)))]
  const { data: products } = await query.graph({
    entity: "product",
    fields: ["id", "shipping_profile.id"],
    filters: { id: ids.filter(Boolean) },
  })
  const without = products.filter(({ shipping_profile }) => shipping_profile?.id !== option.shipping_profile_id)
  if (without.length > 0) {
    await container.resolve(ContainerRegistrationKeys.LINK).create(
      without.map(({ id }) => ({
        [Modules.PRODUCT]: { product_id: id },
        [Modules.FULFILLMENT]: { shipping_profile_id: option.shipping_profile_id },
      }))
    )
  }
}

const MOVES = {
  pack: (container, { orderId, items, shippingOptionId }) =>
    createOrderFulfillmentWorkflow(container).run({
      input: { order_id: orderId, items, shipping_option_id: shippingOptionId },
    }),
  ship: (container, { orderId, items, fulfillmentId }) =>
    createOrderShipmentWorkflow(container).run({
      input: {
        order_id: orderId,
        fulfillment_id: fulfillmentId,
        items,
        labels: [{ tracking_number: "FLOOR", tracking_url: "", label_url: "" }],
      },
    }),
  deliver: (container, { orderId, fulfillmentId }) =>
    markOrderFulfillmentAsDeliveredWorkflow(container).run({ input: { orderId, fulfillmentId } }),
  complete: (container, { orderId }) => completeOrderWorkflow(container).run({ input: { orderIds: [orderId] } }),
}

exports.default = async function serveFloor({ container, args }) {
  let shop
  let number = 0
  const tasks = {
    create: async ({ count, concurrency }) => {
      shop ??= await readShop(container, args)
      const numbers = Array.from({ length: count }, () => (number += 1))
      const orderIds = []
      const startedAt = performance.now()
      await inParallel(numbers, concurrency, async (each) => orderIds.push(await createOrder(container, shop, each)))
      return { seconds: (performance.now() - startedAt) / 1000, orderIds }
    },
    move: async ({ move, orderIds, concurrency }) => {
      const parcels = await readParcels(container, orderIds)
      const startedAt = performance.now()
      await inParallel(parcels, concurrency, (parcel) => MOVES[move](container, parcel))
      return { seconds: (performance.now() - startedAt) / 1000, orderIds }
    },
  }
  await new Promise((resolve) => {
    const server = createServer((request, response) => {
      const chunks = []
      request.on("data", (chunk) => chunks.push(chunk))
      request.on("end", () => {
        const { task, ...input } = JSON.parse(Buffer.concat(chunks).toString())
        if (task === "stop") {
          response.end("{}")
          server.close(() => resolve())
          return
        }
        tasks[task](input).then(
          (answer) => response.end(JSON.stringify(answer)),
          (error) => response.writeHead(500).end(JSON.stringify({ error: String(error?.stack ?? error) }))
        )
      })
    })
    server.listen(Number(process.env.FLOOR_PORT), "127.0.0.1")
  })
}
