import type { Context } from "@medusajs/framework/types"
import {
  generateEntityId,
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"
import { executorOf } from "../sql-executor"
import TcgChannelListing from "./models/tcg-channel-listing"
import TcgSerializedItem from "./models/tcg-serialized-item"
import TcgVariantMetadata from "./models/tcg-variant-metadata"
import { countAvailableCopies } from "./sql/count-available-copies"
import { listHeldCopies } from "./sql/list-held-copies"
import { lockReservation } from "./sql/lock-reservation"
import { releaseSerializedItems } from "./sql/release-serialized-items"
import { reserveSerializedItem } from "./sql/reserve-serialized-item"
import { reserveSerializedItems } from "./sql/reserve-serialized-items"
import { sellSerializedItems } from "./sql/sell-serialized-items"
import { takeBackSerializedItems } from "./sql/take-back-serialized-items"
import { upsertChannelListings, type ListingToUpsert } from "./sql/upsert-channel-listings"
import type { ListingSeen, UpsertedListing } from "./types/channel-listing"
import type { CopyDemand, HeldCopy, ReservedCopy, SerializedItem } from "./types/serialized-item"

const Crud = MedusaService({ TcgVariantMetadata, TcgSerializedItem, TcgChannelListing })
type Crud = InstanceType<typeof Crud>

/** Card facts, serialized copies and channel listings: CRUD plus the statements below. */
class TcgModuleService extends Crud {
  // Medusa 2.21 makes these methods with the true plural of "metadata", but types them with an s that they don't have.
  declare listTcgVariantMetadata: Crud["listTcgVariantMetadatas"]
  declare listAndCountTcgVariantMetadata: Crud["listAndCountTcgVariantMetadatas"]
  declare createTcgVariantMetadata: Crud["createTcgVariantMetadatas"]
  declare updateTcgVariantMetadata: Crud["updateTcgVariantMetadatas"]
  declare deleteTcgVariantMetadata: Crud["deleteTcgVariantMetadatas"]
  declare softDeleteTcgVariantMetadata: Crud["softDeleteTcgVariantMetadatas"]
  declare restoreTcgVariantMetadata: Crud["restoreTcgVariantMetadatas"]

  /**
   * Sets one copy of a variant aside, the oldest available first. Atomic: no copy goes to two callers. Asked again with the
   * same `reservedFor` it answers the same copy (also when it is sold by now), so an order line of two copies passes a
   * different value for each.
   *
   * @returns null when no copy is available
   */
  @InjectManager()
  async reserveSerializedItem(
    variantId: string,
    reservedFor: string,
    @MedusaContext() context: Context = {}
  ): Promise<SerializedItem | null> {
    return await this.reserveSerializedItem_(variantId, reservedFor, context)
  }

  @InjectTransactionManager()
  protected async reserveSerializedItem_(
    variantId: string,
    reservedFor: string,
    @MedusaContext() context: Context = {}
  ): Promise<SerializedItem | null> {
    const executor = executorOf(context)
    await lockReservation(executor, variantId, reservedFor)
    return await reserveSerializedItem(executor, variantId, reservedFor)
  }

  /**
   * Sets copies aside for the pieces of many orders with one statement. Atomic as `reserveSerializedItem` is; when there are too
   * few, the first of the pieces get them.
   *
   * @returns a row for each piece
   * @throws when another call reserves for one of the pieces at the same time
   */
  @InjectManager()
  async reserveSerializedItems(demands: CopyDemand[], @MedusaContext() context: Context = {}): Promise<ReservedCopy[]> {
    return demands.length === 0 ? [] : await reserveSerializedItems(executorOf(context), demands)
  }

  /** The copies that pieces of these orders hold or were given. */
  @InjectManager()
  async listHeldCopies(orders: string[], @MedusaContext() context: Context = {}): Promise<HeldCopy[]> {
    return orders.length === 0 ? [] : await listHeldCopies(executorOf(context), orders)
  }

  /** How many copies of these variants are for sale. Variants that have no copies at all, not even sold ones, are missing. */
  @InjectManager()
  async countAvailableCopies(
    variantIds: string[],
    @MedusaContext() context: Context = {}
  ): Promise<Map<string, number>> {
    const rows = variantIds.length === 0 ? [] : await countAvailableCopies(executorOf(context), variantIds)
    return new Map(rows.map(({ variant_id, available }) => [variant_id, available]))
  }

  /** Makes the copies that are reserved for any of `reservedFor` available again and answers them. Sold ones stay sold. */
  @InjectManager()
  async releaseSerializedItems(
    reservedFor: string[],
    @MedusaContext() context: Context = {}
  ): Promise<SerializedItem[]> {
    return reservedFor.length === 0 ? [] : await releaseSerializedItems(executorOf(context), reservedFor)
  }

  /** Marks the copies that are reserved for any of `reservedFor` as sold and answers those that weren't yet. */
  @InjectManager()
  async sellSerializedItems(reservedFor: string[], @MedusaContext() context: Context = {}): Promise<SerializedItem[]> {
    return reservedFor.length === 0 ? [] : await sellSerializedItems(executorOf(context), reservedFor)
  }

  /** Makes the copies that were sold to any of `reservedFor` available again: they came back. */
  @InjectManager()
  async takeBackSerializedItems(
    reservedFor: string[],
    @MedusaContext() context: Context = {}
  ): Promise<SerializedItem[]> {
    return reservedFor.length === 0 ? [] : await takeBackSerializedItems(executorOf(context), reservedFor)
  }

  /**
   * Stores listings as they were seen: new ones are added, known ones become active again with `last_synced_at` now. The newest
   * mapping wins and `remapped_from` says what it replaced. Of two rows for one listing the last counts.
   */
  @InjectManager()
  async upsertChannelListings(
    listings: ListingSeen[],
    @MedusaContext() context: Context = {}
  ): Promise<UpsertedListing[]> {
    if (listings.length === 0) {
      return []
    }
    const rows = new Map(listings.map(toRow).map((row) => [externalKey(row), row]))
    return await upsertChannelListings(executorOf(context), [...rows.values()])
  }
}

function toRow(seen: ListingSeen): ListingToUpsert {
  return {
    id: generateEntityId(undefined, "tcl"),
    channel: seen.channel,
    shop_id: seen.shop_id ?? null,
    external_listing_id: seen.external_listing_id,
    external_variation_id: externalVariationId(seen.external_variation_id),
    variant_id: seen.variant_id ?? null,
    serialized_item_id: seen.serialized_item_id ?? null,
    listing_url: seen.listing_url ?? null,
  }
}

const externalKey = (row: ListingToUpsert): string =>
  JSON.stringify([row.channel, row.external_listing_id, row.external_variation_id])

/** Shopee's `model_id` is 0 for an item without variations; the table says `""`. */
const externalVariationId = (id: string | null | undefined): string => (id == null || id === "0" ? "" : id)

export default TcgModuleService
