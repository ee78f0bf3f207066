import type { Channel } from "./enums"

/** A listing as it was seen in the channel, sold as one variant or as one serialized copy. */
export type ListingSeen = {
  channel: Channel
  shop_id?: string | null
  external_listing_id: string
  /** null, `""` and `"0"` all say that the item has no variations. */
  external_variation_id?: string | null
  listing_url?: string | null
} & ({ variant_id: string; serialized_item_id?: null } | { variant_id?: null; serialized_item_id: string })

/** The stored row of a listing that was seen. */
export interface UpsertedListing {
  id: string
  channel: Channel
  external_listing_id: string
  external_variation_id: string
  variant_id: string | null
  serialized_item_id: string | null
  /** The variant that the listing pointed to until now, when that has changed; else null. */
  remapped_from: string | null
}
