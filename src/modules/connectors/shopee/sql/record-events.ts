import { generateEntityId } from "@medusajs/framework/utils"
import type { SqlExecutor } from "../../../sql-executor"
import type { IncomingEvent } from "../types/inbox"

/** Shopee's clock may be ahead of the database's by this much; a later time would make its order be read again for nothing. */
const CLOCK_SKEW_S = 300

/**
 * Stores events and marks their orders due, in one statement: after a crash there is either both or nothing.
 *
 * A duplicate (same identity) adds no row and wakes nobody. Events are stored in the order of their identities and orders are
 * touched in key order, so two bulk calls that tell the same can't deadlock. `due_at` of an order that waits already is kept: a chatty order doesn't lose its place.
 *
 * The newest `update_time` that was told of an order is kept with it, so that a reading from before it is recognised (`completeOrders`).
 *
 * @returns ids of the rows that were added.
 */
export async function recordEvents(sql: SqlExecutor, events: IncomingEvent[]): Promise<string[]> {
  if (events.length === 0) {
    return []
  }
  const rows = events.map(({ id = generateEntityId(undefined, "srev"), ...event }) => ({
    id,
    // An event adds one row at most, so its own letters are as good as new ones, which are slow to come by.
    sync_id: id.replace(/^[^_]*/, "sosync"),
    event_type: event.eventType,
    shopee_event_id: event.shopeeEventId,
    shop_id: event.shopId,
    ordersn: event.ordersn,
    payload: event.payload,
    raw_body: event.rawBody,
    signature: event.signature,
    signature_ok: event.signatureOk,
    source: event.source,
    identity: event.identity,
    finding_run_id: event.findingRunId ?? null,
    update_time_s: event.updateTime ? event.updateTime.getTime() / 1000 : null,
  }))
  const stored = await sql.execute(
    `WITH incoming AS (
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS e(
         id text, sync_id text, event_type int, shopee_event_id text, shop_id text, ordersn text, payload jsonb,
         raw_body text, signature text, signature_ok boolean, source text, identity text, finding_run_id text,
         update_time_s float8)
     ), stored AS (
       INSERT INTO shopee_raw_event
         (id, event_type, shopee_event_id, shop_id, ordersn, payload, raw_body, signature, signature_ok, source, identity,
          finding_run_id, processed, created_at, updated_at)
       SELECT id, event_type, shopee_event_id, shop_id, ordersn, payload, raw_body, signature, signature_ok, source, identity,
              finding_run_id, false, now(), now()
         FROM incoming
        ORDER BY identity
       ON CONFLICT (identity) DO NOTHING
       RETURNING id, shop_id, ordersn
     ), due AS (
       INSERT INTO shopee_order_sync AS sync
         (id, ordersn, shop_id, status, due_at, due_version, attempts, last_raw_event_id, heard_update_time, created_at,
          updated_at)
       SELECT DISTINCT ON (stored.shop_id, stored.ordersn)
              incoming.sync_id, stored.ordersn, stored.shop_id, 'pending', now(), 1, 0, stored.id,
              max(CASE WHEN incoming.update_time_s <= extract(epoch FROM now()) + ? THEN to_timestamp(incoming.update_time_s) END)
                OVER (PARTITION BY stored.shop_id, stored.ordersn),
              now(), now()
         FROM stored JOIN incoming ON incoming.id = stored.id
        WHERE stored.shop_id IS NOT NULL AND stored.ordersn IS NOT NULL
        ORDER BY stored.shop_id, stored.ordersn, stored.id DESC
       ON CONFLICT (shop_id, ordersn) DO UPDATE
         SET due_at = LEAST(COALESCE(sync.due_at, now()), now()),
             due_version = sync.due_version + 1,
             status = CASE sync.status WHEN 'failed' THEN 'pending' ELSE sync.status END,
             last_raw_event_id = excluded.last_raw_event_id,
             rereads = CASE WHEN excluded.heard_update_time > sync.heard_update_time THEN 0 ELSE sync.rereads END,
             heard_update_time = GREATEST(sync.heard_update_time, excluded.heard_update_time),
             deleted_at = NULL,
             updated_at = now()
     )
     SELECT id FROM stored`,
    [JSON.stringify(rows), CLOCK_SKEW_S]
  )
  return (stored as { id: string }[]).map((row) => row.id)
}
