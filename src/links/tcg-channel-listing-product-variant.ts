import { defineLink } from "@medusajs/framework/utils"
import ProductModule from "@medusajs/medusa/product"
import TcgModule from "../modules/tcg"

/**
 * Many listings, one variant, in both directions (`tcg_channel_listing.product_variant`, `product_variant.tcg_channel_listings`).
 *
 * Read-only: the listing's `variant_id` is the mapping. A link table beside it would be a second truth, and one more write for
 * every order line.
 */
export default defineLink(
  { linkable: TcgModule.linkable.tcgChannelListing, field: "variant_id" },
  ProductModule.linkable.productVariant,
  { readOnly: true }
)

defineLink(
  { linkable: ProductModule.linkable.productVariant, field: "id", isList: true },
  { ...TcgModule.linkable.tcgChannelListing.id, primaryKey: "variant_id" },
  { readOnly: true }
)
