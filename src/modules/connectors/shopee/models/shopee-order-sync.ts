import { model } from "@medusajs/framework/utils"
import { OrderSyncStatus } from "../types/enums"

/**
 * One row per Shopee order: what we know of it, and the work item of the inbox.
 *
 * - `due_at` null = nothing to do; in the past = waiting to be claimed; in the future = backing off.
 * - `due_version` grows with every event, so that completion can see that something newer arrived meanwhile.
 * - `claim_id` and `lease_until` fence the worker that holds the order (database clock).
 * - `shopee_update_time` is Shopee's `update_time` of the reading that was applied last: an older one is stale.
 * - `heard_update_time` is the newest one that an event told of: a reading that is older has not caught up with Shopee yet, and the order is
 *   read again, `rereads` times so far.
 * - `waiting_skus` are the SKUs that a held order needs; it becomes due again once Medusa has one of them.
 * - `waiting_listings` are the Shopee listings (`item:model`) that such an order can't place; a mapping of one makes it due as well.
 * - `contact_purged_at` is when the buyer's data was taken from the Medusa order.
 * - `escrow_*` are the same for the order's escrow, which is fetched on its own: `escrow_due_at` null = none to fetch.
 */
const ShopeeOrderSync = model
  .define("shopee_order_sync", {
    id: model.id({ prefix: "sosync" }).primaryKey(),
    ordersn: model.text().searchable(),
    shop_id: model.text(),
    medusa_order_id: model.text().nullable(),
    status: model.enum(OrderSyncStatus).default(OrderSyncStatus.PENDING),
    shopee_status: model.text().nullable(),
    shopee_update_time: model.dateTime().nullable(),
    heard_update_time: model.dateTime().nullable(),
    rereads: model.number().default(0),
    last_raw_event_id: model.text().nullable(),
    due_at: model.dateTime().nullable(),
    due_version: model.number().default(0),
    attempts: model.number().default(0),
    first_failed_at: model.dateTime().nullable(),
    lease_until: model.dateTime().nullable(),
    claim_id: model.text().nullable(),
    waiting_skus: model.array().nullable(),
    waiting_listings: model.array().nullable(),
    escrow_due_at: model.dateTime().nullable(),
    escrow_attempts: model.number().default(0),
    escrow_first_failed_at: model.dateTime().nullable(),
    escrow_lease_until: model.dateTime().nullable(),
    escrow_claim_id: model.text().nullable(),
    contact_purged_at: model.dateTime().nullable(),
  })
  .indexes([
    { name: "IDX_shopee_order_sync_order", on: ["shop_id", "ordersn"], unique: true, where: null },
    { name: "IDX_shopee_order_sync_ordersn", on: ["ordersn"], where: null },
    { name: "IDX_shopee_order_sync_created", on: ["created_at", "id"] },
    { name: "IDX_shopee_order_sync_updated", on: ["shopee_update_time", "id"] },
    { name: "IDX_shopee_order_sync_state", on: ["status", "shopee_status", "created_at"] },
    { name: "IDX_shopee_order_sync_due", on: ["due_at", "id"], where: "due_at IS NOT NULL" },
    { name: "IDX_shopee_order_sync_escrow_due", on: ["escrow_due_at", "id"], where: "escrow_due_at IS NOT NULL" },
    { name: "IDX_shopee_order_sync_waiting", on: ["id"], where: "waiting_skus IS NOT NULL" },
    { name: "IDX_shopee_order_sync_waiting_listings", on: ["id"], where: "waiting_listings IS NOT NULL" },
    { name: "IDX_shopee_order_sync_medusa_order", on: ["medusa_order_id"], where: "medusa_order_id IS NOT NULL" },
  ])

export default ShopeeOrderSync
