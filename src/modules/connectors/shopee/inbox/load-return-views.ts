import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN } from "@medusajs/framework/utils"
import type { OrderReturnsView, ReturnView } from "../types/order-returns"
import { RESTOCKED_KEY, RETURN_SN_KEY } from "../types/return-record"

const FIELDS = [
  "id",
  "summary.*",
  "items.id",
  "items.detail.return_requested_quantity",
  "items.detail.return_received_quantity",
  "items.detail.return_dismissed_quantity",
  // Named one by one, the columns of a return's items come without their values.
  "returns.*",
  "returns.items.*",
  "payment_collections.payments.refunds.amount",
  "payment_collections.payments.refunds.metadata",
]

type Quantity = string | number | null | undefined
type Metadata = Record<string, unknown> | null | undefined

interface ReturnItemRow {
  item_id: string
  quantity: Quantity
  received_quantity: Quantity
  /** Came back as well, but somebody kept it out of the stock. */
  damaged_quantity?: Quantity
  metadata?: Metadata
}

interface ReturnRow {
  id: string
  status: string
  metadata?: Metadata
  items?: (ReturnItemRow | null)[] | null
}

interface OrderRow {
  id: string
  summary?: { pending_difference?: Quantity } | null
  items?:
    | ({
        id: string
        detail?: {
          return_requested_quantity?: Quantity
          return_received_quantity?: Quantity
          return_dismissed_quantity?: Quantity
        } | null
      } | null)[]
    | null
  returns?: (ReturnRow | null)[] | null
  payment_collections?:
    | ({
        payments?: ({ refunds?: ({ amount: Quantity; metadata?: Metadata } | null)[] | null } | null)[] | null
      } | null)[]
    | null
}

const present = <Row>(rows: (Row | null)[] | null | undefined): Row[] => (rows ?? []).filter((row) => row !== null)

const returnSnOf = (metadata: Metadata): string | null => {
  const returnSn = metadata?.[RETURN_SN_KEY]
  return typeof returnSn === "string" ? returnSn : null
}

/** Returns that somebody made by hand stand for none of Shopee's. The items carry the number: they are made with the return in one go. */
function toReturnViews({ id, status, metadata, items }: ReturnRow): ReturnView[] {
  const rows = present(items)
  const returnSn = rows.map((item) => returnSnOf(item.metadata)).find((sn) => sn !== null)
  if (!returnSn) {
    return []
  }
  return [
    {
      id,
      returnSn,
      canceled: status === "canceled",
      items: rows.map((item) => ({
        lineId: item.item_id,
        quantity: Number(item.quantity ?? 0),
        received: Number(item.received_quantity ?? 0) + Number(item.damaged_quantity ?? 0),
      })),
      restocked: metadata?.[RESTOCKED_KEY] === true,
    },
  ]
}

function toView(order: OrderRow): OrderReturnsView {
  const refunds = new Map<string, string>()
  for (const payment of present(order.payment_collections).flatMap((collection) => present(collection.payments))) {
    for (const refund of present(payment.refunds)) {
      const returnSn = returnSnOf(refund.metadata)
      if (returnSn !== null) {
        refunds.set(returnSn, MathBN.add(refunds.get(returnSn) ?? 0, refund.amount ?? 0).toFixed())
      }
    }
  }
  return {
    returns: present(order.returns).flatMap(toReturnViews),
    heldPieces: new Map(
      present(order.items).map(({ id, detail }) => [
        id,
        Number(detail?.return_requested_quantity ?? 0) +
          Number(detail?.return_received_quantity ?? 0) +
          Number(detail?.return_dismissed_quantity ?? 0),
      ])
    ),
    refunds,
    openAmount: MathBN.convert(order.summary?.pending_difference ?? 0).toFixed(),
  }
}

/** What Medusa has of these orders' returns, by order id. */
export async function loadReturnViews(
  container: MedusaContainer,
  orderIds: string[]
): Promise<Map<string, OrderReturnsView>> {
  if (orderIds.length === 0) {
    return new Map()
  }
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({ entity: "order", fields: FIELDS, filters: { id: orderIds } })
  const orders: OrderRow[] = data
  return new Map(orders.map((order) => [order.id, toView(order)]))
}
