import { model } from "@medusajs/framework/utils"

/**
 * What is known of one of Shopee's returns. Money in major units of `currency`; nothing of the buyer is kept.
 *
 * - `goods` says where the goods are: none (only money goes back), awaited, returned, at_warehouse, lost.
 * - `refund_paid_at` is when we first saw that Shopee had paid the buyer. It stays.
 * - `final`: nothing about it can change any more, so that it is not read again.
 * - `medusa_return_id` is for people: Medusa's own record says which return stands for which of Shopee's.
 */
const ShopeeReturn = model
  .define("shopee_return", {
    id: model.id({ prefix: "sret" }).primaryKey(),
    return_sn: model.text().searchable(),
    shop_id: model.text(),
    ordersn: model.text().searchable(),
    status: model.text(),
    reason: model.text().nullable(),
    refund_amount: model.bigNumber().nullable(),
    currency: model.text().nullable(),
    goods: model.text().default("awaited"),
    after_completion: model.boolean().default(false),
    disputed: model.boolean().default(false),
    due_at: model.dateTime().nullable(),
    logistics_status: model.text().nullable(),
    tracking_number: model.text().nullable(),
    items: model.json().nullable(),
    requested_at: model.dateTime().nullable(),
    shopee_update_time: model.dateTime().nullable(),
    refund_paid_at: model.dateTime().nullable(),
    fetched_at: model.dateTime().nullable(),
    final: model.boolean().default(false),
    medusa_return_id: model.text().nullable(),
  })
  .indexes([
    { name: "IDX_shopee_return_return_sn", on: ["shop_id", "return_sn"], unique: true, where: null },
    { name: "IDX_shopee_return_ordersn", on: ["ordersn"], where: null },
    { name: "IDX_shopee_return_update_time", on: ["shopee_update_time"], where: null },
  ])

export default ShopeeReturn
