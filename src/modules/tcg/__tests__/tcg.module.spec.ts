import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "path"
import { TCG_MODULE } from ".."
import TcgChannelListing, { ONE_TARGET_CHECK } from "../models/tcg-channel-listing"
import TcgSerializedItem from "../models/tcg-serialized-item"
import TcgVariantMetadata from "../models/tcg-variant-metadata"
import type TcgModuleService from "../service"
import { Channel, ListingStatus, SerializedItemStatus } from "../types/enums"

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

moduleIntegrationTestRunner<TcgModuleService>({
  moduleName: TCG_MODULE,
  moduleModels: [TcgVariantMetadata, TcgSerializedItem, TcgChannelListing],
  resolve: resolve(__dirname, ".."),
  // The committed migrations make the tables, so that a model that was changed without one fails here.
  pathToMigrations: resolve(__dirname, "../migrations"),
  testSuite: ({ service }) => {
    const copies = (count: number, variantId: string) =>
      service.createTcgSerializedItems(
        many(count, (index) => ({
          variant_id: variantId,
          cert_number: `${variantId}-${index}`,
          grader: "PSA",
          grade: "10",
        }))
      )

    describe("rows", () => {
      it("card facts are created, read, changed and deleted", async () => {
        const created = await service.createTcgVariantMetadata({
          game: "riftbound",
          set: "OGN",
          number: "066a",
          rarity: "epic",
          finish: "foil",
          language: "en",
          condition: "near_mint",
        })
        expect(created.id).toMatch(/^tvm_/)

        await service.updateTcgVariantMetadata({ id: created.id, condition: "lightly_played" })
        expect(await service.retrieveTcgVariantMetadata(created.id)).toMatchObject({
          set: "OGN",
          number: "066a",
          condition: "lightly_played",
        })

        await service.deleteTcgVariantMetadata(created.id)
        expect(await service.listTcgVariantMetadata()).toEqual([])
      })

      it("a new copy is available and its certificate is unique for its grader", async () => {
        const [copy] = await copies(1, "variant_a")
        expect(copy).toMatchObject({ status: SerializedItemStatus.AVAILABLE, reserved_for: null, grade: "10" })
        expect(copy?.id).toMatch(/^tsi_/)

        await expect(copies(1, "variant_a")).rejects.toThrow(/already exists/)
        await service.createTcgSerializedItems([
          { variant_id: "variant_a", cert_number: "12/99" },
          { variant_id: "variant_b", cert_number: "12/99" },
        ])
        expect(await service.listTcgSerializedItems({ cert_number: "12/99" })).toHaveLength(2)
      })

      it("a listing of a copy is found from the copy, is changed, and is deleted with it", async () => {
        const [copy] = await copies(1, "variant_a")
        const listing = await service.createTcgChannelListings({
          serialized_item_id: copy!.id,
          channel: Channel.CAROUSELL,
          external_listing_id: "991",
          external_variation_id: "3",
          listing_url: "https://example.com/991",
        })
        expect(listing.id).toMatch(/^tcl_/)
        expect(listing).toMatchObject({ status: ListingStatus.ACTIVE, variant_id: null })

        await service.updateTcgChannelListings({ id: listing.id, status: ListingStatus.PAUSED })
        const read = await service.retrieveTcgSerializedItem(copy!.id, { relations: ["listings"] })
        expect(read.listings).toMatchObject([{ id: listing.id, status: ListingStatus.PAUSED }])

        await service.softDeleteTcgSerializedItems([copy!.id])
        expect(await service.listTcgChannelListings({ id: listing.id })).toEqual([])

        await service.restoreTcgSerializedItems([copy!.id])
        await service.deleteTcgSerializedItems([copy!.id])
        expect(await service.listTcgChannelListings({ id: listing.id }, { withDeleted: true })).toEqual([])
      })

      it("the database refuses a listing with two targets and one with none", async () => {
        const [copy] = await copies(1, "variant_a")
        const listing = { channel: Channel.SHOPEE, external_listing_id: "1", external_variation_id: "" }

        await expect(
          service.createTcgChannelListings({ ...listing, variant_id: "variant_a", serialized_item_id: copy!.id })
        ).rejects.toThrow(ONE_TARGET_CHECK)
        await expect(service.createTcgChannelListings(listing)).rejects.toThrow(ONE_TARGET_CHECK)
        await expect(service.createTcgChannelListings({ ...listing, variant_id: "variant_a" })).resolves.toMatchObject({
          external_variation_id: "",
        })
      })

      it("one item and variation of a channel is one listing", async () => {
        const listing = { variant_id: "variant_a", channel: Channel.SHOPEE, external_listing_id: "1" }
        await service.createTcgChannelListings(listing)
        await expect(service.createTcgChannelListings(listing)).rejects.toThrow(/already exists/)
        await service.createTcgChannelListings([
          { ...listing, external_variation_id: "7" },
          { ...listing, channel: Channel.LAZADA },
        ])
        expect(await service.listTcgChannelListings()).toHaveLength(3)
      })
    })

    describe("listings seen in orders", () => {
      const seen = (item: string, variantId: string, variation: string | null = null) => ({
        channel: Channel.SHOPEE,
        shop_id: "77",
        external_listing_id: item,
        external_variation_id: variation,
        variant_id: variantId,
      })

      it("adds new ones and refreshes known ones in one call", async () => {
        const [known] = await service.upsertChannelListings([seen("1", "variant_a", "10")])
        await service.updateTcgChannelListings({
          id: known!.id,
          status: ListingStatus.OUT_OF_STOCK,
          last_synced_at: new Date(0),
          listing_url: "https://example.com/1",
        })

        const stored = await service.upsertChannelListings([seen("2", "variant_b"), seen("1", "variant_a", "10")])

        expect(stored).toMatchObject([
          { id: known!.id, external_listing_id: "1", variant_id: "variant_a", remapped_from: null },
          { external_listing_id: "2", external_variation_id: "", variant_id: "variant_b", remapped_from: null },
        ])
        const row = await service.retrieveTcgChannelListing(known!.id)
        expect(row).toMatchObject({
          status: ListingStatus.ACTIVE,
          shop_id: "77",
          listing_url: "https://example.com/1",
        })
        expect(Date.now() - new Date(row.last_synced_at!).getTime()).toBeLessThan(60_000)
        expect(await service.listTcgChannelListings()).toHaveLength(2)
      })

      it("lets the newest mapping win and says what it replaced", async () => {
        await service.upsertChannelListings([seen("1", "variant_a")])
        expect(await service.upsertChannelListings([seen("1", "variant_b")])).toMatchObject([
          { variant_id: "variant_b", remapped_from: "variant_a" },
        ])
        expect(await service.upsertChannelListings([seen("1", "variant_b")])).toMatchObject([{ remapped_from: null }])
      })

      it("takes the last of two rows for one listing, and 0 for no variation", async () => {
        const stored = await service.upsertChannelListings([
          seen("1", "variant_a", "0"),
          seen("1", "variant_b", ""),
          seen("1", "variant_c", null),
        ])
        expect(stored).toMatchObject([{ external_variation_id: "", variant_id: "variant_c" }])
      })

      it("keeps a copy's listing the copy's when an order names its variant, and gives it up for another variant", async () => {
        const [copy] = await copies(1, "variant_a")
        await service.upsertChannelListings([{ ...seen("1", ""), variant_id: null, serialized_item_id: copy!.id }])

        expect(await service.upsertChannelListings([seen("1", "variant_a")])).toMatchObject([
          { serialized_item_id: copy!.id, variant_id: null },
        ])
        expect(await service.upsertChannelListings([seen("1", "variant_b")])).toMatchObject([
          { serialized_item_id: null, variant_id: "variant_b" },
        ])
      })

      it("brings a deleted listing back", async () => {
        const [listing] = await service.upsertChannelListings([seen("1", "variant_a")])
        await service.softDeleteTcgChannelListings([listing!.id])
        expect(await service.upsertChannelListings([seen("1", "variant_a")])).toMatchObject([{ id: listing!.id }])
        expect(await service.listTcgChannelListings({ id: listing!.id })).toHaveLength(1)
      })

      it("stores any text as it is", async () => {
        const odd = `?'"\\?$1 ??`
        await service.upsertChannelListings([seen(odd, "variant_a", odd)])
        expect(await service.listTcgChannelListings({ external_variation_id: odd })).toMatchObject([
          { external_listing_id: odd },
        ])
      })

      it("survives 10 concurrent calls with the same 50 listings in opposite orders", async () => {
        const listings = many(50, (index) => seen(String(index), "variant_a"))
        const calls = many(10, (index) => (index % 2 ? listings : [...listings].reverse()))

        const answers = await Promise.all(calls.map((call) => service.upsertChannelListings(call)))

        expect(answers.map((stored) => stored.length)).toEqual(many(10, () => 50))
        expect(await service.listTcgChannelListings()).toHaveLength(50)
      })
    })
  },
})
