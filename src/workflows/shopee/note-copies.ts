import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { noteOfCopies } from "../../modules/connectors/shopee/mappers/noted-copies"
import type { SerializedItem } from "../../modules/tcg/types/serialized-item"

/** A line of an order and the copies that it is to name. */
export interface LineCopies {
  lineId: string
  copies: SerializedItem[]
}

/**
 * Writes on order lines which graded copies their pieces are. What else the lines' metadata holds stays.
 *
 * Medusa keeps a line's metadata twice, on the line and on the line's row of each version of the order, and shows the second.
 */
export async function noteCopies(container: MedusaContainer, lines: LineCopies[]): Promise<void> {
  if (lines.length === 0) {
    return
  }
  const orders = container.resolve(Modules.ORDER)
  const ids = lines.map(({ lineId }) => lineId)
  const items = await orders.listOrderLineItems({ id: ids }, { select: ["id", "metadata"], take: ids.length })
  const known = new Map(items.map((item) => [item.id, item.metadata]))
  const noted = lines.map(({ lineId, copies }) => ({
    lineId,
    metadata: { ...known.get(lineId), ...noteOfCopies(copies) },
  }))
  await orders.updateOrderLineItems(
    noted.map(({ lineId, metadata }) => ({ selector: { id: lineId }, data: { metadata } }))
  )
  await orders.updateOrderItem(
    noted.map(({ lineId, metadata }) => ({ selector: { item_id: lineId }, data: { metadata } }))
  )
}
