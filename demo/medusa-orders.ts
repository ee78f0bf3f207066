import type { AdminApi } from "./admin-api"

/** An order as Medusa's Admin API shows it. Amounts in major units. */
export interface MedusaOrder {
  id: string
  custom_display_id: string | null
  status: string
  payment_status: string
  fulfillment_status: string
  email: string | null
  currency_code: string
  total: number
  item_total: number
  shipping_total: number
  created_at: string
  items: { variant_sku: string | null; quantity: number; unit_price: number }[]
  customer: { id: string; email: string } | null
  sales_channel: { name: string } | null
  shipping_address: MedusaAddress | null
  payment_collections: { captured_amount: number | null; refunded_amount: number | null }[]
}

export interface MedusaAddress {
  first_name: string | null
  last_name: string | null
  address_1: string | null
  postal_code: string | null
  country_code: string | null
  phone: string | null
}

const FIELDS = [
  "id",
  "custom_display_id",
  "status",
  "payment_status",
  "fulfillment_status",
  "email",
  "currency_code",
  "total",
  "item_total",
  "shipping_total",
  "created_at",
  "*items",
  "*customer",
  "*sales_channel",
  "*shipping_address",
  "*payment_collections",
].join(",")

/** Every order that Medusa has. */
export function readMedusaOrders(admin: AdminApi): Promise<MedusaOrder[]> {
  return admin.list<MedusaOrder>("/admin/orders", "orders", { fields: FIELDS })
}

/** A Shopee order that Medusa has, and when it was created there. */
export interface ImportedOrder {
  ordersn: string
  createdAt: Date
}

/**
 * The Shopee orders that Medusa created after a moment, or all of them. Medusa's list works out payments of every order it answers
 * (3 ms each), so whoever asks often should ask for new ones only.
 */
export async function readImportedOrders(admin: AdminApi, createdAfter: Date | null): Promise<ImportedOrder[]> {
  const orders = await admin.list<{ custom_display_id: string | null; created_at: string }>("/admin/orders", "orders", {
    fields: "id,custom_display_id,created_at",
    ...(createdAfter ? { "created_at[$gt]": createdAfter.toISOString() } : {}),
  })
  return orders.flatMap(({ custom_display_id, created_at }) => {
    const ordersn = ordersnOf(custom_display_id)
    return ordersn === null ? [] : { ordersn, createdAt: new Date(created_at) }
  })
}

/** The order_sn in a display id of Medusa's (`SHP-<order_sn>`); null for an order of another channel. */
export function ordersnOf(displayId: string | null): string | null {
  return displayId?.startsWith("SHP-") ? displayId.slice(4) : null
}

/** Medusa's stock of a SKU. */
export interface StockLevel {
  sku: string
  stocked: number
  reserved: number
}

/** The stock of every SKU, over all locations. */
export async function readStock(admin: AdminApi): Promise<StockLevel[]> {
  const items = await admin.list<{ sku: string | null; stocked_quantity: number; reserved_quantity: number }>(
    "/admin/inventory-items",
    "inventory_items",
    { fields: "id,sku,stocked_quantity,reserved_quantity" }
  )
  return items.flatMap(({ sku, stocked_quantity, reserved_quantity }) =>
    sku === null ? [] : { sku, stocked: stocked_quantity ?? 0, reserved: reserved_quantity ?? 0 }
  )
}
