import type { Timestamp } from "./desk-values"

/** What happened in one hour. */
export interface ActivityHour {
  /** Its beginning. */
  hour: Timestamp
  /** Orders that the connector heard of for the first time. */
  orders: number
  /** Times that an order caught up with pushes of this hour. */
  caught_up: number
  /** From the oldest waiting push being stored to the order being where Shopee says it is; null when no push of this hour is done. */
  p50_ms: number | null
  p95_ms: number | null
}

/** `GET /admin/connectors/shopee/activity`: hour by hour, oldest first, the one at hand last. Quiet hours are there too. */
export interface ShopeeActivityAnswer {
  hours: ActivityHour[]
}
