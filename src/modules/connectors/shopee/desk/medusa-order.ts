import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { OrderDeed, OrderTotal, ParcelState, ParcelView, TimelineEntry } from "../types/desk"
import { decimal, timestamp, timestampOrNull } from "./json-values"
import { type OrderTotalRow, toOrderTotal } from "./order-totals"

const FIELDS = [
  "id",
  "status",
  "currency_code",
  "summary.*",
  "created_at",
  "canceled_at",
  "fulfillments.id",
  "fulfillments.data",
  "fulfillments.packed_at",
  "fulfillments.shipped_at",
  "fulfillments.delivered_at",
  "fulfillments.canceled_at",
  "fulfillments.labels.tracking_number",
  "payment_collections.payments.captures.amount",
  "payment_collections.payments.captures.created_at",
  "payment_collections.payments.refunds.amount",
  "payment_collections.payments.refunds.created_at",
]

type Time = string | Date | null | undefined

interface MoneyRow {
  amount: Parameters<typeof decimal>[0]
  created_at: string | Date
}

interface FulfillmentRow {
  id: string
  data: Record<string, unknown> | null
  packed_at: Time
  shipped_at: Time
  delivered_at: Time
  canceled_at: Time
  labels?: ({ tracking_number: string | null } | null)[] | null
}

interface OrderRow extends OrderTotalRow {
  created_at: string | Date
  canceled_at: Time
  fulfillments?: (FulfillmentRow | null)[] | null
  payment_collections?:
    | ({
        payments?: ({ captures?: MoneyRow[] | null; refunds?: MoneyRow[] | null } | null)[] | null
      } | null)[]
    | null
}

/** What was done to a Medusa order, its parcels, and what it costs. */
export interface MedusaOrderStory {
  total: OrderTotal | null
  parcels: ParcelView[]
  deeds: Extract<TimelineEntry, { kind: "done" }>[]
}

const present = <Row>(rows: (Row | null | undefined)[] | null | undefined): Row[] =>
  (rows ?? []).filter((row): row is Row => row !== null && row !== undefined)

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null)

function stateOf({ canceled_at, delivered_at, shipped_at }: FulfillmentRow): ParcelState {
  if (canceled_at) {
    return "canceled"
  }
  if (delivered_at) {
    return "delivered"
  }
  return shipped_at ? "shipped" : "packed"
}

function toParcel(fulfillment: FulfillmentRow): ParcelView {
  return {
    fulfillment_id: fulfillment.id,
    package_number: text(fulfillment.data?.package_number),
    state: stateOf(fulfillment),
    tracking_number: text(present(fulfillment.labels)[0]?.tracking_number),
    carrier: text(fulfillment.data?.carrier),
    packed_at: timestampOrNull(fulfillment.packed_at),
    shipped_at: timestampOrNull(fulfillment.shipped_at),
    delivered_at: timestampOrNull(fulfillment.delivered_at),
    canceled_at: timestampOrNull(fulfillment.canceled_at),
  }
}

/** A deed that has a time; none when it was not done. */
function deed(
  name: OrderDeed,
  at: Time,
  facts: { package_number?: string | null; amount?: string; currency?: string } = {}
): MedusaOrderStory["deeds"] {
  return at
    ? [
        {
          kind: "done",
          at: timestamp(at),
          deed: name,
          package_number: facts.package_number ?? null,
          amount: facts.amount ?? null,
          currency: facts.currency ?? null,
        },
      ]
    : []
}

function toStory(order: OrderRow): MedusaOrderStory {
  const parcels = present(order.fulfillments).map(toParcel)
  const payments = present(order.payment_collections).flatMap((collection) => present(collection.payments))
  const currency = order.currency_code.toUpperCase()
  const money = (name: OrderDeed, rows: MoneyRow[]) =>
    rows.flatMap((row) => deed(name, row.created_at, { amount: decimal(row.amount), currency }))
  return {
    total: toOrderTotal(order),
    parcels,
    deeds: [
      ...deed("imported", order.created_at),
      ...money(
        "captured",
        payments.flatMap(({ captures }) => present(captures))
      ),
      ...money(
        "refunded",
        payments.flatMap(({ refunds }) => present(refunds))
      ),
      ...parcels.flatMap((parcel) => [
        ...deed("packed", parcel.packed_at, parcel),
        ...deed("shipped", parcel.shipped_at, parcel),
        ...deed("delivered", parcel.delivered_at, parcel),
        ...deed("unpacked", parcel.canceled_at, parcel),
      ]),
      ...deed("canceled", order.canceled_at),
    ],
  }
}

/** Of an order that Medusa doesn't have. */
export const NO_STORY: MedusaOrderStory = { total: null, parcels: [], deeds: [] }

/** Reads off a Medusa order what was done to it; nothing when somebody has deleted the order. */
export async function readMedusaOrder(container: MedusaContainer, orderId: string): Promise<MedusaOrderStory> {
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({ entity: "order", fields: FIELDS, filters: { id: orderId } })
  const orders: OrderRow[] = data
  const [order] = orders
  return order ? toStory(order) : NO_STORY
}
