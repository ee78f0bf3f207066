import type { JsonObject, JsonValue } from "./json"

/**
 * One push as it is stored in `shopee_raw_event`. A recovered (lost) push has the same form as its twin from the webhook.
 * Source: product §3, §6.3; Open Platform push mechanism.
 */
export interface ParsedPush {
  /** Push code (`PushCode`), 0 … 2^31-1. Unknown codes are kept: Shopee adds them without notice. */
  code: number
  /** Decimal digits. The envelope's `shop_id`, else the one that `data` names (partner-level pushes); null when neither is there. */
  shop_id: string | null
  /** `data.ordersn`, else `data.order_sn`; null for pushes that concern no order. Matches `ORDERSN_PATTERN`. */
  ordersn: string | null
  /** Shopee's undocumented message id. Kept for the record; never decides what is a duplicate. */
  msg_id: string | null
  /** The envelope's `timestamp`, seconds since 1970. */
  timestamp: number | null
  /** `data`, parsed when it came as a JSON string; null when absent. The same value as `payload.data`. */
  data: JsonValue
  /** The whole envelope in a form that `jsonb` takes: no NUL, no lone surrogates, at most 128 levels. */
  payload: JsonObject
  /** What a readable order push lacks, as a sentence; null when nothing. Such a push is stored but can't mark an order due. */
  defect: string | null
}

/** A body that is no push: stored with `UNREADABLE_PUSH_CODE`, an empty payload, and an exception that gives this reason. */
export interface UnreadablePush {
  /** A sentence for the operator. Never quotes the body. */
  unreadable: string
}

export type PushReading = ParsedPush | UnreadablePush

/** Whether a reading found no push. */
export const isUnreadable = (reading: PushReading): reading is UnreadablePush => "unreadable" in reading

/** What an `order_sn` may look like. Wider than Shopee's 14 characters, narrow enough for URLs, SQL and log lines. */
export const ORDERSN_PATTERN = /^[A-Za-z0-9_-]{1,64}$/
