import { model } from "@medusajs/framework/utils"

/**
 * What Shopee settles for one order, in major units of `currency`. Provisional until `escrow_release_time` is set.
 *
 * - `payout_amount` is what the list of released escrows says; `adjustment_amount` is the sum of what came on top later.
 * - `adds_up` says whether the components come to `escrow_amount`; `difference` is what is missing or too much.
 * - `purged_at` set = `raw_escrow_payload` is gone because of its age.
 */
const ShopeeEscrow = model
  .define("shopee_escrow", {
    id: model.id({ prefix: "sesc" }).primaryKey(),
    ordersn: model.text(),
    shop_id: model.text(),
    escrow_amount: model.bigNumber(),
    original_price: model.bigNumber(),
    seller_discount: model.bigNumber(),
    shopee_discount: model.bigNumber(),
    voucher_from_seller: model.bigNumber(),
    voucher_from_shopee: model.bigNumber(),
    commission_fee: model.bigNumber(),
    service_fee: model.bigNumber(),
    seller_transaction_fee: model.bigNumber(),
    actual_shipping_fee: model.bigNumber(),
    seller_lost_compensation: model.bigNumber(),
    buyer_total_amount: model.bigNumber(),
    currency: model.text(),
    escrow_release_time: model.dateTime().nullable(),
    raw_escrow_payload: model.json(),
    fetched_at: model.dateTime(),
    payout_amount: model.bigNumber().nullable(),
    adjustment_amount: model.bigNumber().nullable(),
    adds_up: model.boolean().nullable(),
    difference: model.bigNumber().nullable(),
    purged_at: model.dateTime().nullable(),
  })
  .indexes([
    { name: "IDX_shopee_escrow_ordersn", on: ["ordersn"], unique: true, where: null },
    { name: "IDX_shopee_escrow_created", on: ["created_at", "id"] },
    { name: "IDX_shopee_escrow_released", on: ["escrow_release_time", "id"] },
    { name: "IDX_shopee_escrow_unreleased", on: ["fetched_at"], where: "escrow_release_time IS NULL" },
  ])

export default ShopeeEscrow
