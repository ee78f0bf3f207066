import type { Condition } from "./order-filter"
import { IS_LATE } from "./escrow-row"

/** Which escrows a list shows. Absent filters let every escrow through. */
export interface EscrowFilter {
  ordersnStart?: string
  shopId?: string
  state?: "provisional" | "released" | "late"
  /** True: only those whose payout differs from the escrow, or whose components don't add up. */
  differs?: boolean
  releasedFrom?: Date
  releasedTo?: Date
}

const STATES = {
  provisional: "escrow.escrow_release_time IS NULL",
  released: "escrow.escrow_release_time IS NOT NULL",
  late: IS_LATE,
}

/** Half a cent is the noise of Shopee's floating point. */
const DIFFERS = "(escrow.adds_up = false OR abs(escrow.payout_amount - escrow.escrow_amount) >= 0.005)"

/** The condition of a filter on `shopee_escrow escrow`. */
export function escrowCondition(filter: EscrowFilter): Condition {
  const parts: Condition[] = [{ text: "escrow.deleted_at IS NULL", params: [] }]
  const add = (text: string, ...params: unknown[]) => parts.push({ text, params })
  if (filter.ordersnStart !== undefined) {
    add("escrow.ordersn LIKE ?", `${filter.ordersnStart.replace(/[\\%_]/g, "\\$&")}%`)
  }
  if (filter.shopId !== undefined) {
    add("escrow.shop_id = ?", filter.shopId)
  }
  if (filter.state !== undefined) {
    add(STATES[filter.state])
  }
  if (filter.differs) {
    add(DIFFERS)
  }
  if (filter.releasedFrom !== undefined) {
    add("escrow.escrow_release_time >= ?", filter.releasedFrom)
  }
  if (filter.releasedTo !== undefined) {
    add("escrow.escrow_release_time < ?", filter.releasedTo)
  }
  return { text: parts.map(({ text }) => text).join(" AND "), params: parts.flatMap(({ params }) => params) }
}
