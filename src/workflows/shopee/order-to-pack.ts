import type { MedusaContainer, ReservationItemDTO } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

interface OrderRow {
  id: string
  status: string
  shipping_address?: Record<string, unknown> | null
  items?: (LineRow | null)[] | null
  fulfillments?: ({ id: string } | null)[] | null
}

interface LineRow {
  id: string
  title: string
  quantity: number
  requires_shipping: boolean
  variant_title?: string | null
  variant_sku?: string | null
  variant_barcode?: string | null
  detail?: { fulfilled_quantity?: unknown } | null
  variant?: {
    manage_inventory: boolean
    inventory_items?: ({ inventory_item_id: string; required_quantity: number } | null)[] | null
  } | null
}

/** A line with what one piece of it takes from the stock. */
export interface LineToPack {
  lineId: string
  title: string
  sku: string
  barcode: string
  requiresShipping: boolean
  fulfilled: number
  unfulfilled: number
  stock: { inventoryItemId: string; perPiece: number }[]
}

export interface OrderToPack {
  status: string
  address: Record<string, unknown>
  lines: Map<string, LineToPack>
  /** Fulfillments that Admin shows with the order. */
  linked: string[]
}

const FIELDS = [
  "id",
  "status",
  "shipping_address.*",
  "items.*",
  "items.detail.*",
  "items.variant.manage_inventory",
  "items.variant.inventory_items.inventory_item_id",
  "items.variant.inventory_items.required_quantity",
  "fulfillments.id",
]

/** What a line takes: what its variant is stocked as, and what else was reserved for it when the variant was another. */
function stockOf(row: LineRow, unfulfilled: number, reservations: ReservationItemDTO[]): LineToPack["stock"] {
  const own = row.variant?.manage_inventory ? (row.variant.inventory_items ?? []) : []
  const stock = own.flatMap((item) =>
    item ? [{ inventoryItemId: item.inventory_item_id, perPiece: item.required_quantity }] : []
  )
  const known = new Set(stock.map(({ inventoryItemId }) => inventoryItemId))
  for (const { line_item_id, inventory_item_id, quantity } of reservations) {
    if (line_item_id === row.id && !known.has(inventory_item_id) && unfulfilled > 0) {
      known.add(inventory_item_id)
      stock.push({ inventoryItemId: inventory_item_id, perPiece: Number(quantity) / unfulfilled })
    }
  }
  return stock
}

function toLine(row: LineRow, reservations: ReservationItemDTO[]): LineToPack {
  const fulfilled = Number(row.detail?.fulfilled_quantity ?? 0)
  const unfulfilled = Number(row.quantity) - fulfilled
  return {
    lineId: row.id,
    title: row.variant_title ?? row.title,
    sku: row.variant_sku ?? "",
    barcode: row.variant_barcode ?? "",
    requiresShipping: row.requires_shipping,
    fulfilled,
    unfulfilled,
    stock: stockOf(row, unfulfilled, reservations),
  }
}

const linesOf = ({ items }: OrderRow): LineRow[] => (items ?? []).flatMap((item) => item ?? [])

/** Orders by their ids. @throws Error when one of them does not exist */
export async function readOrdersToPack(
  container: MedusaContainer,
  orderIds: string[]
): Promise<Map<string, OrderToPack>> {
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({ entity: "order", fields: FIELDS, filters: { id: orderIds } })
  const orders: OrderRow[] = data
  const missing = orderIds.find((orderId) => orders.every(({ id }) => id !== orderId))
  if (missing !== undefined) {
    throw new Error(`There is no order ${missing}.`)
  }
  const reservations = await container
    .resolve(Modules.INVENTORY)
    .listReservationItems({ line_item_id: orders.flatMap((order) => linesOf(order).map(({ id }) => id)) })
  return new Map(
    orders.map((order) => [
      order.id,
      {
        status: order.status,
        address: order.shipping_address ?? {},
        lines: new Map(linesOf(order).map((row) => [row.id, toLine(row, reservations)])),
        linked: (order.fulfillments ?? []).flatMap((fulfillment) => (fulfillment ? [fulfillment.id] : [])),
      },
    ])
  )
}

/** The same for one order. */
export async function readOrderToPack(container: MedusaContainer, orderId: string): Promise<OrderToPack> {
  const order = (await readOrdersToPack(container, [orderId])).get(orderId)
  if (!order) {
    throw new Error(`There is no order ${orderId}.`)
  }
  return order
}
