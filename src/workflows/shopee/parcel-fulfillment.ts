import type { CreateFulfillmentDTO } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import type { LineQuantity } from "../../modules/connectors/shopee/types/plan"
import { SHOPEE_FULFILLMENT_PROVIDER_ID } from "../../providers/shopee-fulfillment"
import type { OrderToPack } from "./order-to-pack"

/** A parcel with pieces of the order's lines; an order's lines that nobody ships (buyer fees) go with the first parcel. */
export interface PackageToCreate {
  packageNumber: string
  items: LineQuantity[]
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null)

const toAddress = (address: Record<string, unknown>): CreateFulfillmentDTO["delivery_address"] => ({
  first_name: text(address.first_name),
  last_name: text(address.last_name),
  phone: text(address.phone),
  address_1: text(address.address_1),
  address_2: text(address.address_2),
  city: text(address.city),
  country_code: text(address.country_code),
  province: text(address.province),
  postal_code: text(address.postal_code),
})

/** As Medusa keeps them: an item for every inventory item of a line, counted in pieces of stock. */
function toItems(order: OrderToPack, items: LineQuantity[]): CreateFulfillmentDTO["items"] {
  return items.flatMap(({ lineId, quantity }) => {
    const line = order.lines.get(lineId)
    if (!line) {
      throw new MedusaError(MedusaError.Types.INVALID_DATA, `The order has no line ${lineId} that could be packed.`)
    }
    const item = { line_item_id: lineId, title: line.title, sku: line.sku, barcode: line.barcode }
    return line.stock.length > 0
      ? line.stock.map(({ inventoryItemId, perPiece }) => ({
          ...item,
          inventory_item_id: inventoryItemId,
          quantity: quantity * perPiece,
        }))
      : [{ ...item, quantity }]
  })
}

/**
 * The fulfillment that stands for a parcel. Pure.
 *
 * @throws MedusaError (invalid_data) for a line that the order has not
 */
export const toFulfillment = (
  order: OrderToPack,
  parcel: PackageToCreate,
  { locationId, shippingOptionId }: { locationId: string; shippingOptionId: string }
): CreateFulfillmentDTO => ({
  location_id: locationId,
  provider_id: SHOPEE_FULFILLMENT_PROVIDER_ID,
  shipping_option_id: shippingOptionId,
  data: { package_number: parcel.packageNumber },
  items: toItems(order, parcel.items),
  requires_shipping: parcel.items.some(({ lineId }) => order.lines.get(lineId)?.requiresShipping),
  delivery_address: toAddress(order.address),
  packed_at: new Date(),
  created_by: "shopee",
})
