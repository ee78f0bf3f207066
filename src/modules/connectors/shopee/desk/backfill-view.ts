import type { BackfillProgress } from "../recovery/start-backfill"
import type { BackfillView } from "../types/desk"
import { timestamp, timestampOrNull } from "./json-values"

/** A backfill as the Admin's API answers it. Pure. */
export const toBackfillView = (backfill: BackfillProgress): BackfillView => ({
  id: backfill.id,
  shop_id: backfill.shop_id,
  reason: backfill.reason,
  status: backfill.status,
  from_at: timestamp(backfill.from_at),
  to_at: timestamp(backfill.to_at),
  windows_total: backfill.windows_total,
  windows_done: backfill.windows_done,
  orders_seen: backfill.orders_seen,
  injected_count: backfill.injected_count,
  done_count: backfill.done_count,
  last_error: backfill.last_error,
  created_at: timestamp(backfill.created_at),
  settled_at: timestampOrNull(backfill.settled_at),
})
