import type { SqlExecutor } from "../../sql-executor"
import type { UpsertedListing } from "../types/channel-listing"

/** One row of the statement; `id` is taken when the listing is new. */
export interface ListingToUpsert {
  id: string
  channel: string
  shop_id: string | null
  external_listing_id: string
  external_variation_id: string
  variant_id: string | null
  serialized_item_id: string | null
  listing_url: string | null
}

/**
 * Stores listings that were seen. Keys (channel, listing, variation) must not repeat within a call.
 *
 * The newest mapping wins, and what it replaces is answered. One exception: a listing of one serialized copy stays that when
 * it is seen as the copy's own variant, since the channel knows variants only. A deleted listing that is seen again is back.
 * Rows are locked in the order of their key, so that two calls with common listings don't wait for each other.
 */
export async function upsertChannelListings(
  executor: SqlExecutor,
  listings: ListingToUpsert[]
): Promise<UpsertedListing[]> {
  return (await executor.execute(
    `WITH seen AS MATERIALIZED (
       SELECT *
       FROM jsonb_to_recordset(?::jsonb) AS seen (
         id text, channel text, shop_id text, external_listing_id text, external_variation_id text, variant_id text,
         serialized_item_id text, listing_url text
       )
     ), before AS MATERIALIZED (
       SELECT listing.id, listing.variant_id
       FROM tcg_channel_listing AS listing
       JOIN seen USING (channel, external_listing_id, external_variation_id)
     ), stored AS (
       INSERT INTO tcg_channel_listing AS listing (
         id, channel, shop_id, external_listing_id, external_variation_id, variant_id, serialized_item_id, listing_url,
         status, last_synced_at, created_at, updated_at
       )
       SELECT
         id, channel, shop_id, external_listing_id, external_variation_id, variant_id, serialized_item_id, listing_url,
         'active', now(), now(), now()
       FROM seen
       ORDER BY channel, external_listing_id, external_variation_id
       ON CONFLICT (channel, external_listing_id, external_variation_id) DO UPDATE SET
         (variant_id, serialized_item_id) = (
           SELECT
             CASE WHEN copy.id IS NULL THEN excluded.variant_id END,
             coalesce(copy.id, excluded.serialized_item_id)
           FROM (SELECT 1) AS always
           LEFT JOIN tcg_serialized_item AS copy
             ON copy.id = listing.serialized_item_id AND copy.variant_id = excluded.variant_id AND copy.deleted_at IS NULL
         ),
         shop_id = coalesce(excluded.shop_id, listing.shop_id),
         listing_url = coalesce(excluded.listing_url, listing.listing_url),
         status = 'active',
         last_synced_at = now(),
         updated_at = now(),
         deleted_at = NULL
       RETURNING id, channel, external_listing_id, external_variation_id, variant_id, serialized_item_id
     )
     SELECT stored.*,
       CASE WHEN before.variant_id IS DISTINCT FROM stored.variant_id THEN before.variant_id END AS remapped_from
     FROM stored
     LEFT JOIN before ON before.id = stored.id
     ORDER BY channel, external_listing_id, external_variation_id`,
    [JSON.stringify(listings)]
  )) as UpsertedListing[]
}
