import { model } from "@medusajs/framework/utils"
import { ReconcileStatus } from "../types/enums"

/**
 * The completeness proof of one comparison with Shopee's lists of orders and returns.
 *
 * - `window_from` to `window_to` (inclusive, by `update_time`) is what was read. `shopee_count` orders are in it; of these
 *   `matching_count` were in Medusa as Shopee has them, `waiting_count` were known and being worked on or held with an exception,
 *   `missing_count` were unknown and `stale_count` behind.
 * - `return_count` returns changed in the same window; `stale_return_count` of them were unknown or behind. `returns_error`
 *   says why they could not be compared, where they could not: the rest of the proof holds without them.
 * - Missing and stale orders and stale returns were injected; `repaired_count` of them are done, and at `settled_at` all were.
 * - `missing`, `stale` and `stale_returns` name the first of them.
 */
const ShopeeReconcileRun = model
  .define("shopee_reconcile_run", {
    id: model.id({ prefix: "srec" }).primaryKey(),
    run_id: model.text(),
    shop_id: model.text(),
    status: model.enum(ReconcileStatus).default(ReconcileStatus.RUNNING),
    window_from: model.dateTime(),
    window_to: model.dateTime(),
    shopee_count: model.number().default(0),
    matching_count: model.number().default(0),
    waiting_count: model.number().default(0),
    missing_count: model.number().default(0),
    stale_count: model.number().default(0),
    return_count: model.number().default(0),
    stale_return_count: model.number().default(0),
    repaired_count: model.number().default(0),
    missing: model.array().nullable(),
    stale: model.array().nullable(),
    stale_returns: model.array().nullable(),
    returns_error: model.text().nullable(),
    error: model.text().nullable(),
    started_at: model.dateTime(),
    finished_at: model.dateTime().nullable(),
    duration_ms: model.number().nullable(),
    settled_at: model.dateTime().nullable(),
    announced_at: model.dateTime().nullable(),
  })
  .indexes([
    { name: "IDX_shopee_reconcile_run_run", on: ["run_id"], unique: true, where: null },
    { name: "IDX_shopee_reconcile_run_shop", on: ["shop_id", "started_at"] },
    { name: "IDX_shopee_reconcile_run_unsettled", on: ["started_at"], where: "settled_at IS NULL" },
  ])

export default ShopeeReconcileRun
