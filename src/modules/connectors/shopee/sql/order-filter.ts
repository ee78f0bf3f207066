/** Which orders a list shows. Absent filters let every order through. */
export interface OrderFilter {
  ordersn?: string
  /** Beginning of an order_sn, or a whole one. */
  ordersnStart?: string
  medusaOrderId?: string
  shopId?: string
  shopeeStatuses?: string[]
  progress?: "waiting" | "retrying" | "held" | "done"
  createdFrom?: Date
  createdTo?: Date
}

/** A condition and the values of its placeholders. */
export interface Condition {
  text: string
  params: unknown[]
}

/** Each reads off `shopee_order_sync` what `OrderProgress` says of it. */
const PROGRESS = {
  waiting: "sync.due_at IS NOT NULL AND (sync.attempts = 0 OR sync.due_at <= now())",
  retrying: "sync.due_at > now() AND sync.attempts > 0",
  held: "sync.status = 'failed' AND sync.due_at IS NULL",
  done: "sync.status <> 'failed' AND sync.due_at IS NULL",
}

/** The condition of a filter on `shopee_order_sync sync`. */
export function orderCondition(filter: OrderFilter): Condition {
  const parts: Condition[] = [{ text: "sync.deleted_at IS NULL", params: [] }]
  const add = (text: string, value: unknown) => {
    if (value !== undefined) {
      parts.push({ text, params: [value] })
    }
  }
  add("sync.ordersn = ?", filter.ordersn)
  // The pattern's own signs can't be in an order_sn but for `_`, which is escaped.
  add("sync.ordersn LIKE ?", filter.ordersnStart && `${filter.ordersnStart.replace(/[\\%_]/g, "\\$&")}%`)
  add("sync.medusa_order_id = ?", filter.medusaOrderId)
  add("sync.shop_id = ?", filter.shopId)
  add(
    "sync.shopee_status = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb)))",
    filter.shopeeStatuses && JSON.stringify(filter.shopeeStatuses)
  )
  add("sync.created_at >= ?", filter.createdFrom)
  add("sync.created_at < ?", filter.createdTo)
  if (filter.progress) {
    parts.push({ text: `(${PROGRESS[filter.progress]})`, params: [] })
  }
  return {
    text: parts.map(({ text }) => text).join(" AND "),
    params: parts.flatMap(({ params }) => params),
  }
}
