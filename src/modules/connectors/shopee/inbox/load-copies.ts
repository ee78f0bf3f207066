import type { MedusaContainer } from "@medusajs/framework/types"
import { TCG_MODULE } from "../../../tcg"
import type TcgModuleService from "../../../tcg/service"
import { notedCopyIds } from "../mappers/noted-copies"
import type { OrderCopiesView, SerializedLineView } from "../types/copies"
import { type Decimal, decimalText } from "./decimal-text"

/** A line of a Medusa order, as far as its copies go. */
interface LineRow {
  id: string
  quantity: Decimal
  metadata: Record<string, unknown> | null
  detail?: { fulfilled_quantity: Decimal; shipped_quantity: Decimal; return_received_quantity: Decimal } | null
  variant?: { id: string; sku: string | null } | null
}

const pieces = (quantity: Decimal): number => Number(decimalText(quantity))

function toSerializedLine(
  { id, quantity, metadata, detail, variant }: LineRow,
  available: ReadonlyMap<string, number>
): SerializedLineView[] {
  const key = metadata?.shopee_line_key
  const copiesLeft = variant ? available.get(variant.id) : undefined
  if (!variant || copiesLeft === undefined || typeof key !== "string") {
    return []
  }
  return [
    {
      lineId: id,
      key,
      sku: variant.sku ?? "",
      variantId: variant.id,
      quantity: pieces(quantity),
      fulfilled: pieces(detail?.fulfilled_quantity),
      shipped: pieces(detail?.shipped_quantity),
      returned: pieces(detail?.return_received_quantity),
      available: copiesLeft,
      notedCopyIds: notedCopyIds(metadata),
    },
  ]
}

/**
 * The graded copies of these orders, by display id: two queries, however many orders there are. Variants without copies only make
 * their order's lists empty.
 */
export async function loadCopies(
  container: MedusaContainer,
  orders: { order: string; lines: LineRow[] }[]
): Promise<Map<string, OrderCopiesView>> {
  const tcg = container.resolve<TcgModuleService>(TCG_MODULE)
  const variantIds = orders.flatMap(({ lines }) => lines.flatMap(({ variant }) => variant?.id ?? []))
  const available = await tcg.countAvailableCopies([...new Set(variantIds)])
  const held = await tcg.listHeldCopies(orders.map(({ order }) => order))
  return new Map(
    orders.map(({ order, lines }) => [
      order,
      {
        order,
        lines: lines.flatMap((line) => toSerializedLine(line, available)),
        held: held
          .filter((copy) => copy.reserved_order === order)
          .map((copy) => ({ id: copy.id, reservedFor: copy.reserved_for, isSold: copy.status === "sold" })),
      },
    ])
  )
}
