import { defineLink } from "@medusajs/framework/utils"
import ProductModule from "@medusajs/medusa/product"
import TcgModule from "../modules/tcg"

/**
 * A variant has one set of card facts (`product_variant.tcg_variant_metadata`).
 *
 * The way back is `tcg_variant_metadata.variant`: Medusa keeps these names per module, and `product_variant` is taken by the
 * listings' link. No cascade: Medusa 2.21 tells links of a deleted variant under the key `variant_id`, while links to it are
 * kept under `product_variant_id`, so that it would never run.
 */
export default defineLink(
  { linkable: ProductModule.linkable.productVariant, alias: "variant" },
  TcgModule.linkable.tcgVariantMetadata,
  { database: { table: "product_variant_tcg_metadata" } }
)
