import { model } from "@medusajs/framework/utils"

/**
 * Which variant a Shopee listing sells, for listings whose SKU can't be put right on Shopee. An exact SKU match comes first; this is
 * asked for what has none.
 *
 * - `model_id` "0" = the item has no variations.
 * - `pieces_per_unit`: pieces of the variant in one unit sold, for packs and boxes.
 */
const ShopeeSkuMapping = model
  .define("shopee_sku_mapping", {
    id: model.id({ prefix: "smap" }).primaryKey(),
    shop_id: model.text(),
    item_id: model.text(),
    model_id: model.text().default("0"),
    variant_id: model.text(),
    pieces_per_unit: model.number().default(1),
    created_by: model.text().nullable(),
  })
  .indexes([
    { name: "IDX_shopee_sku_mapping_listing", on: ["shop_id", "item_id", "model_id"], unique: true, where: null },
    { name: "IDX_shopee_sku_mapping_variant", on: ["variant_id"], where: null },
  ])
  .checks([
    {
      name: "shopee_sku_mapping_pieces_check",
      expression: (columns) => `${columns.pieces_per_unit} >= 1`,
    },
  ])

export default ShopeeSkuMapping
