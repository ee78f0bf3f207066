import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { ImportedListing } from "../../../modules/connectors/shopee/types/order-import"
import { TCG_MODULE } from "../../../modules/tcg"
import type TcgModuleService from "../../../modules/tcg/service"
import { Channel } from "../../../modules/tcg/types/enums"

/** A listing and the shop that it was seen in. */
export interface SeenListing extends ImportedListing {
  shopId: string
}

/**
 * Remembers which Shopee listing sold which variant, one row a listing.
 *
 * Not compensated: that the listing exists stays true when the order could not be imported.
 */
export const recordListingsStep = createStep(
  "record-shopee-listings",
  async ({ listings }: { listings: SeenListing[] }, { container }) => {
    if (listings.length === 0) {
      return new StepResponse(0)
    }
    const tcg = container.resolve<TcgModuleService>(TCG_MODULE)
    const stored = await tcg.upsertChannelListings(
      listings.map((listing) => ({
        channel: Channel.SHOPEE,
        shop_id: listing.shopId,
        external_listing_id: listing.externalListingId,
        external_variation_id: listing.externalVariationId,
        variant_id: listing.variantId,
      }))
    )
    return new StepResponse(stored.length)
  }
)
