import { AdminApi } from "../../demo/admin-api"
import type { ShownOrder } from "./admin-orders"
import { OPERATOR } from "./platform-database"

/** An order as Admin shows it, with what holds its stock and its money. */
export interface AdminOrder extends Omit<ShownOrder, "items"> {
  items: (ShownOrder["items"][number] & { id: string })[]
  payment_collections: { payments: { amount: number; captures: { amount: number }[] }[] }[]
}

/** A reservation as Admin lists it. */
export interface AdminReservation {
  id: string
  line_item_id: string
  inventory_item_id: string
  quantity: number
}

/** A variant as Admin shows it. */
export interface AdminVariant {
  id: string
  sku: string
  title: string
  product_id: string
  inventory_items: { inventory_item_id: string; required_quantity: number }[]
}

interface InventoryItem {
  id: string
  sku: string
  stocked_quantity: number
  reserved_quantity: number
}

const ORDER_FIELDS = [
  "id",
  "custom_display_id",
  "status",
  "payment_status",
  "fulfillment_status",
  "total",
  "currency_code",
  "email",
  "metadata",
  "sales_channel.name",
  "customer.id",
  "customer.email",
  "*shipping_address",
  "*items",
  "payment_collections.payments.amount",
  "payment_collections.payments.captures.amount",
].join(",")

/** The shop through Medusa's Admin API, as its operator sees and changes it. */
export class ShopAdmin {
  private constructor(private readonly api: AdminApi) {}

  /** Logs in with the login that every database of the suites has. */
  static async login(url: string): Promise<ShopAdmin> {
    const api = new AdminApi(url)
    await api.login(OPERATOR.email, OPERATOR.password)
    return new ShopAdmin(api)
  }

  /** Every Medusa order. */
  async orders(): Promise<AdminOrder[]> {
    return await this.api.list<AdminOrder>("/admin/orders", "orders", { fields: ORDER_FIELDS })
  }

  /** The Medusa orders of one Shopee order: none, one, or more than there may be. */
  async ordersOf(ordersn: string): Promise<AdminOrder[]> {
    const found = await this.api.list<AdminOrder>("/admin/orders", "orders", { fields: ORDER_FIELDS, q: ordersn })
    return found.filter((order) => order.custom_display_id === `SHP-${ordersn}`)
  }

  /** Every reservation. */
  async reservations(): Promise<AdminReservation[]> {
    return await this.api.list<AdminReservation>("/admin/reservations", "reservations")
  }

  /** Stocked and reserved pieces of a SKU, over all locations. @throws Error for a SKU that has no inventory item */
  async stockOf(sku: string): Promise<{ stocked: number; reserved: number }> {
    const { inventory_items } = await this.api.get<{ inventory_items: InventoryItem[] }>("/admin/inventory-items", {
      sku,
    })
    const [item] = inventory_items
    if (!item) {
      throw new Error(`Medusa has no inventory item for ${sku}.`)
    }
    return { stocked: item.stocked_quantity, reserved: item.reserved_quantity }
  }

  /** The variant of a SKU. @throws Error for a SKU that no variant has */
  async variantOf(sku: string): Promise<AdminVariant> {
    const { variants } = await this.api.get<{ variants: AdminVariant[] }>("/admin/product-variants", {
      sku,
      fields: "id,sku,title,product_id,*inventory_items",
    })
    const [variant] = variants
    if (!variant) {
      throw new Error(`Medusa has no variant for ${sku}.`)
    }
    return variant
  }

  /** A product whose variants have these SKUs and, at the shop's only stock location, this stock. */
  async stockCards(stock: Record<string, number>): Promise<void> {
    const locationId = await this.stockLocationId()
    const variants = []
    for (const [sku, stocked] of Object.entries(stock)) {
      // Stock before variant: an order that waits for the SKU goes through the moment the variant is there.
      const { inventory_item } = await this.api.post<{ inventory_item: InventoryItem }>("/admin/inventory-items", {
        sku,
        location_levels: [{ location_id: locationId, stocked_quantity: stocked }],
      })
      variants.push({
        title: sku,
        sku,
        manage_inventory: true,
        inventory_items: [{ inventory_item_id: inventory_item.id, required_quantity: 1 }],
        options: { Card: sku },
        prices: [],
      })
    }
    await this.api.post("/admin/products", {
      title: `Cards ${Object.keys(stock).join(", ")}`,
      status: "published",
      options: [{ title: "Card", values: Object.keys(stock) }],
      variants,
    })
  }

  private async stockLocationId(): Promise<string> {
    const { stock_locations } = await this.api.get<{ stock_locations: { id: string }[] }>("/admin/stock-locations")
    const [known] = stock_locations
    if (known) {
      return known.id
    }
    const { stock_location } = await this.api.post<{ stock_location: { id: string } }>("/admin/stock-locations", {
      name: "Card shop",
    })
    return stock_location.id
  }
}
