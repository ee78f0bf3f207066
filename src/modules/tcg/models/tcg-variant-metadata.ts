import { model } from "@medusajs/framework/utils"

/**
 * Card facts of one product variant; linked to it by `src/links/product-variant-tcg-metadata.ts`. A sealed box has a game and
 * a set, but no number, rarity or finish.
 */
const TcgVariantMetadata = model
  .define("tcg_variant_metadata", {
    id: model.id({ prefix: "tvm" }).primaryKey(),
    game: model.text(),
    set: model.text().searchable().nullable(),
    number: model.text().searchable().nullable(),
    rarity: model.text().nullable(),
    finish: model.text().nullable(),
    language: model.text().nullable(),
    condition: model.text().nullable(),
  })
  .indexes([{ name: "IDX_tcg_variant_metadata_card", on: ["game", "set", "number"] }])

export default TcgVariantMetadata
