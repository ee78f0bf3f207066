import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils"
import { type Decimal, decimalText } from "./decimal-text"
import { loadCopies } from "./load-copies"
import { readContact } from "./read-contact"
import type { OrderCopiesView } from "../types/copies"
import type { FulfillmentView, MedusaOrderView, OrderLineView, StockedLineView } from "../types/plan"
import { loadReturnViews } from "./load-return-views"
import { type PackedParcels, readPackedParcels } from "./packed-parcels"

/** `total` makes Medusa work out every total, which needs the lines with their adjustments. */
const ORDER_FIELDS = [
  "id",
  "status",
  "custom_display_id",
  "currency_code",
  "total",
  "metadata",
  "shipping_address.*",
  "items.*",
  "items.detail.fulfilled_quantity",
  "items.detail.shipped_quantity",
  "items.detail.return_received_quantity",
  "items.variant.id",
  "items.variant.sku",
  "items.variant.manage_inventory",
  "items.variant.inventory_items.inventory_item_id",
  "items.variant.inventory_items.required_quantity",
  "fulfillments.id",
  "fulfillments.canceled_at",
  "fulfillments.shipped_at",
  "fulfillments.delivered_at",
  "fulfillments.data",
  "fulfillments.labels.tracking_number",
  "payment_collections.id",
  "payment_collections.amount",
  "payment_collections.captured_amount",
  "payment_collections.refunded_amount",
  "payment_collections.created_at",
  "transactions.amount",
  "transactions.reference",
  "shopee_order_sync.id",
]

interface VariantRow {
  id: string
  sku: string | null
  manage_inventory: boolean | null
  inventory_items?: ({ inventory_item_id: string; required_quantity: number | null } | null)[] | null
}

interface PaymentCollectionRow {
  id: string
  amount: Decimal
  captured_amount: Decimal
  refunded_amount: Decimal
  created_at: string | Date
}

interface TransactionRow {
  amount: Decimal
  reference: string | null
}

interface LineRow {
  id: string
  quantity: Decimal
  metadata: Record<string, unknown> | null
  detail?: { fulfilled_quantity: Decimal; shipped_quantity: Decimal; return_received_quantity: Decimal } | null
  variant?: VariantRow | null
}

interface FulfillmentRow {
  id: string
  canceled_at: string | Date | null
  shipped_at: string | Date | null
  delivered_at: string | Date | null
  data: Record<string, unknown> | null
  labels?: ({ tracking_number: string | null } | null)[] | null
}

interface OrderRow {
  id: string
  status: string
  custom_display_id: string | null
  currency_code: string
  total: Decimal
  metadata: Record<string, unknown> | null
  shipping_address?: Record<string, unknown> | null
  items?: (LineRow | null)[] | null
  fulfillments?: (FulfillmentRow | null)[] | null
  payment_collections?: (PaymentCollectionRow | null)[] | null
  transactions?: (TransactionRow | null)[] | null
  shopee_order_sync?: { id: string } | null
}

const present = <Row>(rows: (Row | null)[] | null | undefined): Row[] => (rows ?? []).filter((row) => row !== null)

function stockedLines(order: OrderRow, reservedLineIds: ReadonlySet<string>): StockedLineView[] {
  return present(order.items).flatMap(({ id, quantity, variant }) => {
    const inventoryItems = present(variant?.inventory_items)
    if (!variant?.manage_inventory || inventoryItems.length === 0) {
      return []
    }
    return {
      lineId: id,
      sku: variant.sku ?? "",
      quantity: Number(decimalText(quantity)),
      reserved: reservedLineIds.has(id),
      inventoryItems: inventoryItems.map((item) => ({
        inventoryItemId: item.inventory_item_id,
        requiredQuantity: item.required_quantity ?? 1,
      })),
    }
  })
}

const textOrNull = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null)

function toLineView({ id, quantity, metadata, detail }: LineRow): OrderLineView {
  return {
    lineId: id,
    key: textOrNull(metadata?.shopee_line_key),
    itemKey: textOrNull(metadata?.shopee_item_key),
    quantity: Number(decimalText(quantity)),
    fulfilled: Number(decimalText(detail?.fulfilled_quantity)),
    shipped: Number(decimalText(detail?.shipped_quantity)),
    piecesPerUnit: Number(metadata?.shopee_pieces_per_unit ?? 1),
  }
}

function toFulfillmentView(
  { id, shipped_at, delivered_at, data, labels }: FulfillmentRow,
  packed: PackedParcels | undefined
): FulfillmentView {
  return {
    id,
    packageNumber: textOrNull(data?.package_number),
    shipped: shipped_at !== null,
    delivered: delivered_at !== null,
    trackingNumber: textOrNull(present(labels)[0]?.tracking_number),
    items: packed?.contents.get(id) ?? [],
  }
}

const sum = (amounts: Decimal[]) =>
  amounts.reduce<string>((total, amount) => MathBN.add(total, decimalText(amount)).toFixed(), "0")

/** Whether the order's account lacks money that its payments say was captured or refunded; refunds are booked below zero. */
function isUnbooked({ transactions }: OrderRow, capturedAmount: string, refundedAmount: string): boolean {
  const booked = (reference: string) =>
    sum(present(transactions).flatMap((row) => (row.reference === reference ? [row.amount] : [])))
  return MathBN.lt(booked("capture"), capturedAmount) || MathBN.gt(MathBN.add(booked("refund"), refundedAmount), 0)
}

function toView(
  order: OrderRow,
  reservedLineIds: ReadonlySet<string>,
  copies: OrderCopiesView,
  packed: PackedParcels | undefined
): MedusaOrderView {
  const collections = present(order.payment_collections).sort(
    (a, b) => new Date(a.created_at).getTime() - new Date(b.created_at).getTime()
  )
  const [collection] = collections
  const capturedAmount = sum(collections.map(({ captured_amount }) => captured_amount))
  const refundedAmount = sum(collections.map(({ refunded_amount }) => refunded_amount))
  return {
    id: order.id,
    status: order.status,
    currencyCode: order.currency_code,
    total: decimalText(order.total),
    stockedLines: stockedLines(order, reservedLineIds),
    lines: present(order.items).map(toLineView),
    fulfillments: present(order.fulfillments)
      .filter(({ canceled_at }) => canceled_at === null)
      .map((fulfillment) => toFulfillmentView(fulfillment, packed)),
    unlinkedPackages: packed?.unlinked ?? [],
    payment: {
      collectionId: collection?.id ?? null,
      collectionAmount: collection ? decimalText(collection.amount) : null,
      capturedAmount,
      refundedAmount,
      isUnbooked: isUnbooked(order, capturedAmount, refundedAmount),
    },
    linked: Boolean(order.shopee_order_sync?.id),
    contact: readContact(order),
    copies,
  }
}

/** Only orders of which something is packed have parcels to look up. */
async function packedOf(container: MedusaContainer, orders: OrderRow[]): Promise<Map<string, PackedParcels>> {
  const packed = orders.filter(
    ({ items, fulfillments }) =>
      present(fulfillments).length > 0 || present(items).some((line) => toLineView(line).fulfilled > 0)
  )
  return await readPackedParcels(
    container,
    new Map(packed.map(({ id, fulfillments }) => [id, present(fulfillments).map((fulfillment) => fulfillment.id)]))
  )
}

/**
 * What Medusa has of these orders, looked up by their display id: an order that a crashed run created before anybody noted its id is
 * found as well, and adopted.
 *
 * @param displayIds as `shopeeDisplayId` makes them
 * @param returned those whose returns are looked at as well
 * @returns by display id; orders that Medusa does not have are missing.
 */
export async function loadOrderViews(
  container: MedusaContainer,
  displayIds: string[],
  returned: ReadonlySet<string> = new Set()
): Promise<Map<string, MedusaOrderView>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: ORDER_FIELDS,
    filters: { custom_display_id: displayIds },
  })
  const orders: OrderRow[] = data
  if (orders.length === 0) {
    return new Map()
  }
  const lineIds = orders.flatMap((order) => present(order.items).map(({ id }) => id))
  const reservations =
    lineIds.length === 0
      ? []
      : await container
          .resolve(Modules.INVENTORY)
          .listReservationItems({ line_item_id: lineIds }, { select: ["id", "line_item_id"] })
  const reservedLineIds = new Set(reservations.flatMap(({ line_item_id }) => line_item_id ?? []))
  const copies = await loadCopies(
    container,
    orders.map((order) => ({ order: order.custom_display_id ?? "", lines: present(order.items) }))
  )
  const packed = await packedOf(container, orders)
  const returnViews = await loadReturnViews(
    container,
    orders.flatMap(({ id, custom_display_id }) => (returned.has(custom_display_id ?? "") ? [id] : []))
  )
  return new Map(
    orders.flatMap((order) => {
      const displayId = order.custom_display_id
      const held = copies.get(displayId ?? "")
      const returns = returnViews.get(order.id)
      return displayId && held
        ? [
            [
              displayId,
              { ...toView(order, reservedLineIds, held, packed.get(order.id)), ...(returns ? { returns } : {}) },
            ],
          ]
        : []
    })
  )
}
