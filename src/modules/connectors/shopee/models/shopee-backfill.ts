import { model } from "@medusajs/framework/utils"
import { BackfillReason, BackfillStatus } from "../types/enums"

/**
 * Orders of a range of time, taken in again: how far it is, and what came of it.
 *
 * `windows_done` of `windows_total` windows are read; it is where a run goes on after a crash. `orders_seen` counts the orders of
 * the windows that are done (one that was placed in one and changed in another counts in both), `injected_count` those among them that were missing or behind, `done_count` those of them that are done.
 * `settled_at` is when all of them were; `announced_at` when its end was told of.
 */
const ShopeeBackfill = model
  .define("shopee_backfill", {
    id: model.id({ prefix: "sbf" }).primaryKey(),
    shop_id: model.text(),
    reason: model.enum(BackfillReason).default(BackfillReason.OPERATOR),
    status: model.enum(BackfillStatus).default(BackfillStatus.OPEN),
    from_at: model.dateTime(),
    to_at: model.dateTime(),
    windows_total: model.number(),
    windows_done: model.number().default(0),
    orders_seen: model.number().default(0),
    injected_count: model.number().default(0),
    done_count: model.number().default(0),
    last_error: model.text().nullable(),
    started_at: model.dateTime().nullable(),
    finished_at: model.dateTime().nullable(),
    settled_at: model.dateTime().nullable(),
    announced_at: model.dateTime().nullable(),
  })
  .indexes([
    { name: "IDX_shopee_backfill_open", on: ["shop_id", "created_at"], where: "status = 'open'" },
    { name: "IDX_shopee_backfill_unsettled", on: ["created_at"], where: "settled_at IS NULL" },
  ])

export default ShopeeBackfill
