import { model } from "@medusajs/framework/utils"

/**
 * The tokens of one shop (encrypted at rest, see `auth/`) and what is known about calling it.
 *
 * - `version` grows with every stored pair: refresh is a compare-and-set on it.
 * - `refresh_claim_id` / `refresh_lease_until`: exactly one process spends the single-use refresh token.
 * - `refused_at` set = Shopee refused the authorisation; the shop's orders wait until it is authorised again.
 * - `paused_until` in the future = an outage or rate limit; no order of the shop is claimed before. `outage_calls` counts the
 *   failures in a row, for the backoff.
 * - `gap_from` set = the shop was authorised again after it could not be read since then; the gap is still to be backfilled.
 * - `authorization_ends_at` is what Shopee said at `authorization_checked_at`; null = not asked since the shop was authorised.
 */
const ShopeeAuthToken = model
  .define("shopee_auth_token", {
    id: model.id({ prefix: "sat" }).primaryKey(),
    shop_id: model.text(),
    access_token: model.text(),
    refresh_token: model.text(),
    expire_in: model.number(),
    expired_at: model.text(),
    merchant_id_list: model.json().nullable(),
    shop_id_list: model.json().nullable(),
    supplier_id_list: model.json().nullable(),
    raw_token_payload: model.json().nullable(),
    version: model.number().default(1),
    authorized_at: model.dateTime().nullable(),
    refreshed_at: model.dateTime().nullable(),
    refresh_claim_id: model.text().nullable(),
    refresh_lease_until: model.dateTime().nullable(),
    refused_at: model.dateTime().nullable(),
    refused_reason: model.text().nullable(),
    paused_until: model.dateTime().nullable(),
    outage_calls: model.number().default(0),
    gap_from: model.dateTime().nullable(),
    authorization_ends_at: model.dateTime().nullable(),
    authorization_checked_at: model.dateTime().nullable(),
  })
  .indexes([{ name: "IDX_shopee_auth_token_shop", on: ["shop_id"], unique: true, where: null }])

export default ShopeeAuthToken
