import { model } from "@medusajs/framework/utils"
import { RawEventSource } from "../types/enums"

/**
 * Everything Shopee told us, once: pushes, recovered pushes, findings of reconciliation. Append-only; the work queue is
 * `shopee_order_sync`.
 *
 * `identity` comes from authenticated bytes alone and is what makes a duplicate. It is null for rejected pushes, so
 * that a forged one can never stand in the way of the genuine one. `raw_body` is base64: Postgres text can't hold NUL and
 * jsonb refuses lone surrogates, yet a signature can only be verified again over the exact bytes. `finding_run_id` is the run of
 * a reconciliation or backfill that found the order: once its events are processed, what it found is repaired.
 *
 * `purged_at` set = body, payload and signature are gone because of their age; the identity stays.
 */
const ShopeeRawEvent = model
  .define("shopee_raw_event", {
    id: model.id({ prefix: "srev" }).primaryKey(),
    event_type: model.number(),
    shopee_event_id: model.text().nullable(),
    shop_id: model.text().nullable(),
    ordersn: model.text().nullable(),
    payload: model.json(),
    raw_body: model.text().nullable(),
    signature: model.text().nullable(),
    signature_ok: model.boolean().nullable(),
    source: model.enum(RawEventSource),
    identity: model.text().nullable(),
    finding_run_id: model.text().nullable(),
    processed: model.boolean().default(false),
    processed_at: model.dateTime().nullable(),
    purged_at: model.dateTime().nullable(),
  })
  .indexes([
    { name: "IDX_shopee_raw_event_identity", on: ["identity"], unique: true, where: null },
    { name: "IDX_shopee_raw_event_ordersn", on: ["ordersn", "created_at"], where: null },
    {
      name: "IDX_shopee_raw_event_unprocessed_order",
      on: ["shop_id", "ordersn"],
      where: "processed = false AND ordersn IS NOT NULL",
    },
    {
      name: "IDX_shopee_raw_event_unprocessed_other",
      on: ["created_at"],
      where: "processed = false AND ordersn IS NULL",
    },
    { name: "IDX_shopee_raw_event_finding", on: ["finding_run_id"], where: "finding_run_id IS NOT NULL" },
    { name: "IDX_shopee_raw_event_unpurged", on: ["created_at", "id"], where: "purged_at IS NULL" },
    { name: "IDX_shopee_raw_event_rejected", on: ["created_at"], where: "signature_ok = false" },
  ])

export default ShopeeRawEvent
