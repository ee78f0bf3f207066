import type { AdminApi } from "./admin-api"
import { CATALOGUE, type Card } from "./catalogue"

/** The shop as it was seeded. */
export interface Shop {
  locationId: string
}

/**
 * Sets the shop up as an operator would in the Admin: a name, Singapore dollars, one stock location, the catalogue with its stock.
 *
 * Sales channel, region and customers are left to the connector, which makes what it needs.
 */
export async function seedShop(admin: AdminApi, onProgress: (products: number) => void): Promise<Shop> {
  await nameStore(admin)
  const { stock_location } = await admin.post<{ stock_location: { id: string } }>("/admin/stock-locations", {
    name: "Card shop, Bras Basah",
    address: { address_1: "231 Bain Street, #03-12", city: "Singapore", postal_code: "180231", country_code: "sg" },
  })
  const shop = { locationId: stock_location.id }
  for (const [index, card] of CATALOGUE.entries()) {
    await addCard(admin, shop, card)
    onProgress(index + 1)
  }
  return shop
}

/**
 * Enters a product with its variants and their stock.
 *
 * Stock first: an order that waits for one of the SKUs goes through the moment the variant is there.
 */
export async function addCard(admin: AdminApi, shop: Shop, card: Card): Promise<void> {
  const variants = []
  for (const { sku, title, price, stock } of card.variants) {
    const { inventory_item } = await admin.post<{ inventory_item: { id: string } }>("/admin/inventory-items", {
      sku,
      title: `${card.title}, ${title}`,
      location_levels: [{ location_id: shop.locationId, stocked_quantity: stock }],
    })
    variants.push({
      title,
      sku,
      manage_inventory: true,
      inventory_items: [{ inventory_item_id: inventory_item.id, required_quantity: 1 }],
      options: { [card.option]: title },
      prices: [{ currency_code: "sgd", amount: price }],
    })
  }
  await admin.post("/admin/products", {
    title: card.title,
    description: card.description,
    status: "published",
    options: [{ title: card.option, values: card.variants.map(({ title }) => title) }],
    variants,
  })
}

async function nameStore(admin: AdminApi): Promise<void> {
  const { stores } = await admin.get<{ stores: { id: string }[] }>("/admin/stores")
  const [store] = stores
  if (!store) {
    throw new Error("Medusa has no store.")
  }
  await admin.post(`/admin/stores/${store.id}`, {
    name: "The Card Shop",
    supported_currencies: [{ currency_code: "sgd", is_default: true }],
  })
}
