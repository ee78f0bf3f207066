import { model } from "@medusajs/framework/utils"

/**
 * A person's wish to authorise a shop, on its way over Shopee's page and back. `state_hash` is the sha256 of what was put into the address
 * that Shopee returns to; it is accepted once (`used_at`), until `expires_at`, and from the person who asked (`user_id`) alone.
 */
const ShopeeAuthorizationRequest = model
  .define("shopee_authorization_request", {
    id: model.id({ prefix: "sareq" }).primaryKey(),
    state_hash: model.text(),
    user_id: model.text(),
    expires_at: model.dateTime(),
    used_at: model.dateTime().nullable(),
  })
  .indexes([{ name: "IDX_shopee_authorization_request_state", on: ["state_hash"], unique: true, where: null }])

export default ShopeeAuthorizationRequest
