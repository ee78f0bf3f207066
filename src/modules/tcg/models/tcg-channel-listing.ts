import { model } from "@medusajs/framework/utils"
import { Channel, ListingStatus } from "../types/enums"
import TcgSerializedItem from "./tcg-serialized-item"

/** Name of the constraint that a listing sells either a variant or one serialized copy. Fixed by product §2. */
export const ONE_TARGET_CHECK = "tcg_channel_listing_one_target_check"

/**
 * What is offered where: one row for each item and variation of a channel, found by the channel's own ids.
 *
 * `external_variation_id` is `""` when the item has no variations (never null, so that the unique index sees the row).
 */
const TcgChannelListing = model
  .define("tcg_channel_listing", {
    id: model.id({ prefix: "tcl" }).primaryKey(),
    variant_id: model.text().nullable(),
    serialized_item: model.belongsTo(() => TcgSerializedItem, { mappedBy: "listings" }).nullable(),
    channel: model.enum(Channel),
    shop_id: model.text().nullable(),
    external_listing_id: model.text().searchable(),
    external_variation_id: model.text().default(""),
    listing_url: model.text().nullable(),
    status: model.enum(ListingStatus).default(ListingStatus.ACTIVE),
    last_synced_at: model.dateTime().nullable(),
  })
  .checks([{ name: ONE_TARGET_CHECK, expression: "num_nonnulls(variant_id, serialized_item_id) = 1" }])
  .indexes([
    {
      name: "IDX_tcg_channel_listing_external",
      on: ["channel", "external_listing_id", "external_variation_id"],
      unique: true,
      where: null,
    },
    { name: "IDX_tcg_channel_listing_variant", on: ["variant_id"], where: "variant_id IS NOT NULL" },
  ])

export default TcgChannelListing
