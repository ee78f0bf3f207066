import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "path"
import { TCG_MODULE } from ".."
import TcgChannelListing from "../models/tcg-channel-listing"
import TcgSerializedItem from "../models/tcg-serialized-item"
import TcgVariantMetadata from "../models/tcg-variant-metadata"
import type TcgModuleService from "../service"
import { lockReservation } from "../sql/lock-reservation"
import { reserveSerializedItem } from "../sql/reserve-serialized-item"
import { SerializedItemStatus } from "../types/enums"

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

moduleIntegrationTestRunner<TcgModuleService>({
  moduleName: TCG_MODULE,
  moduleModels: [TcgVariantMetadata, TcgSerializedItem, TcgChannelListing],
  resolve: resolve(__dirname, ".."),
  // The committed migrations make the tables, so that a model that was changed without one fails here.
  pathToMigrations: resolve(__dirname, "../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const copies = (count: number, variantId: string) =>
      service.createTcgSerializedItems(
        many(count, (index) => ({
          variant_id: variantId,
          cert_number: `${variantId}-${index}`,
          grader: "PSA",
          grade: "10",
        }))
      )

    /** Statements that wait for a lock. */
    const waiting = async () => {
      const [{ count }] = await MikroOrmWrapper.forkManager().execute<[{ count: string }]>(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
      )
      return Number(count)
    }

    describe("reserving copies", () => {
      it("gives 5 copies to 5 of 20 concurrent callers, each to one, and null to the others", async () => {
        await copies(5, "variant_a")
        await copies(5, "variant_b")

        const answers = await Promise.all(
          many(20, (index) => service.reserveSerializedItem("variant_a", `line-${index}`))
        )

        const got = answers.filter((copy) => copy !== null)
        expect(new Set(got.map((copy) => copy.id)).size).toBe(5)
        expect(got).toHaveLength(5)
        const stored = await service.listTcgSerializedItems({ variant_id: "variant_a" })
        expect(stored.map((copy) => copy.reserved_for).sort()).toEqual(got.map((copy) => copy.reserved_for).sort())
        expect(await service.listTcgSerializedItems({ variant_id: "variant_b", status: "available" })).toHaveLength(5)
      })

      it("answers one copy to 20 concurrent callers that reserve for the same line", async () => {
        await copies(5, "variant_a")

        const answers = await Promise.all(many(20, () => service.reserveSerializedItem("variant_a", "line-1")))

        expect(new Set(answers.map((copy) => copy?.id)).size).toBe(1)
        expect(await service.listTcgSerializedItems({ status: SerializedItemStatus.RESERVED })).toHaveLength(1)
      })

      it("answers the other caller's copy when both reserve for one line at the very same time", async () => {
        await copies(2, "variant_a")

        const [first, second] = await MikroOrmWrapper.forkManager().transactional(async (transaction) => {
          await lockReservation(transaction, "variant_a", "line-1")
          const mine = await reserveSerializedItem(transaction, "variant_a", "line-1")
          const theirs = service.reserveSerializedItem("variant_a", "line-1")
          while ((await waiting()) === 0) {
            await new Promise((done) => setTimeout(done, 10))
          }
          return [mine, { theirs }]
        })

        expect(await second.theirs).toEqual(first)
        expect(await service.listTcgSerializedItems({ status: SerializedItemStatus.RESERVED })).toHaveLength(1)
      })

      it("never sets two copies of a variant aside for one line, whoever writes it", async () => {
        const [first, second] = await copies(2, "variant_a")
        await service.updateTcgSerializedItems({
          id: first!.id,
          status: SerializedItemStatus.RESERVED,
          reserved_for: "l",
        })
        await expect(
          service.updateTcgSerializedItems({ id: second!.id, status: SerializedItemStatus.RESERVED, reserved_for: "l" })
        ).rejects.toThrow(/already exists/)
      })

      it("answers the same copy again, also once it is sold", async () => {
        await copies(2, "variant_a")
        const first = await service.reserveSerializedItem("variant_a", "line-1")
        expect(await service.reserveSerializedItem("variant_a", "line-1")).toEqual(first)

        await service.sellSerializedItems(["line-1"])
        expect(await service.reserveSerializedItem("variant_a", "line-1")).toMatchObject({
          id: first?.id,
          status: SerializedItemStatus.SOLD,
        })
      })

      it("gives the oldest copy first and a second one to the same order's other piece", async () => {
        const [older] = await copies(1, "variant_a")
        const newer = await service.createTcgSerializedItems({ variant_id: "variant_a", cert_number: "later" })

        expect(await service.reserveSerializedItem("variant_a", "line-1#1")).toMatchObject({ id: older?.id })
        expect(await service.reserveSerializedItem("variant_a", "line-1#2")).toMatchObject({ id: newer.id })
        expect(await service.reserveSerializedItem("variant_a", "line-1#3")).toBeNull()
      })

      it("makes a released copy available again and leaves sold ones sold", async () => {
        await copies(2, "variant_a")
        await service.reserveSerializedItem("variant_a", "line-1")
        await service.reserveSerializedItem("variant_a", "line-2")
        expect(await service.sellSerializedItems(["line-2"])).toMatchObject([
          { status: "sold", reserved_for: "line-2" },
        ])
        expect(await service.sellSerializedItems(["line-2"])).toEqual([])

        expect(await service.releaseSerializedItems(["line-1", "line-2", "line-3"])).toMatchObject([
          { status: "available", reserved_for: null },
        ])
        expect(await service.releaseSerializedItems([])).toEqual([])
        expect(await service.reserveSerializedItem("variant_a", "line-4")).not.toBeNull()
        expect(await service.reserveSerializedItem("variant_a", "line-5")).toBeNull()
      })

      describe("for the pieces of many orders", () => {
        const demand = (order: string, piece: number, variantId = "variant_a") => ({
          reservedFor: `${order}/line#${piece}`,
          order,
          variantId,
        })

        it("answers every piece in sequence, the oldest copies to the first pieces, and null once there are none", async () => {
          const [older] = await copies(1, "variant_a")
          const newer = await service.createTcgSerializedItems({ variant_id: "variant_a", cert_number: "later" })
          const [other] = await copies(1, "variant_b")

          const answer = await service.reserveSerializedItems([
            demand("SHP-1", 1),
            demand("SHP-1", 1, "variant_b"),
            demand("SHP-2", 1),
            demand("SHP-3", 1),
            demand("SHP-3", 1, "variant_without"),
          ])

          expect(answer.map(({ copy, isNew }) => [copy?.id ?? null, isNew])).toEqual([
            [older?.id, true],
            [other?.id, true],
            [newer.id, true],
            [null, false],
            [null, false],
          ])
          expect(await service.reserveSerializedItems([])).toEqual([])
        })

        it("leaves a piece the copy that it has, reserved or sold, and gives the others theirs", async () => {
          await copies(3, "variant_a")
          const [first, second] = await service.reserveSerializedItems([demand("SHP-1", 1), demand("SHP-1", 2)])
          await service.sellSerializedItems(["SHP-1/line#2"])

          const again = await service.reserveSerializedItems([1, 2, 3].map((piece) => demand("SHP-1", piece)))

          expect(again.map(({ isNew }) => isNew)).toEqual([false, false, true])
          expect(again.slice(0, 2).map(({ copy }) => copy?.id)).toEqual([first?.copy?.id, second?.copy?.id])
          expect(again[1]?.copy?.status).toBe("sold")
        })

        it("gives 5 copies to 5 of 40 pieces of 20 concurrent calls, and each order's copies are found by the order", async () => {
          await copies(5, "variant_a")
          await copies(30, "variant_b")
          const orders = many(20, (index) => `SHP-${index}`)

          const answers = await Promise.all(
            orders.map((order, index) => {
              const both = [demand(order, 1), demand(order, 2), demand(order, 1, "variant_b")]
              return service.reserveSerializedItems(index % 2 ? both : both.reverse())
            })
          )

          const got = answers.flat().flatMap(({ copy }) => copy ?? [])
          expect(new Set(got.map(({ id }) => id)).size).toBe(25)
          expect(got.filter(({ variant_id }) => variant_id === "variant_a")).toHaveLength(5)
          const held = await service.listHeldCopies(orders)
          expect(held.map(({ id }) => id).sort()).toEqual(got.map(({ id }) => id).sort())
          expect(held.every((copy) => copy.reserved_for.startsWith(`${copy.reserved_order}/`))).toBe(true)
          expect(await service.countAvailableCopies(["variant_a", "variant_b", "variant_c"])).toEqual(
            new Map([
              ["variant_a", 0],
              ["variant_b", 10],
            ])
          )
        })

        it("does not call a copy gone whose other taker gives it back", async () => {
          await copies(1, "variant_a")
          let theirs: ReturnType<typeof service.reserveSerializedItems> | undefined
          const failing = MikroOrmWrapper.forkManager().transactional(async (transaction) => {
            await reserveSerializedItem(transaction, "variant_a", "line-1")
            theirs = service.reserveSerializedItems([demand("SHP-1", 1)])
            while ((await waiting()) === 0) {
              await new Promise((done) => setTimeout(done, 10))
            }
            throw new Error("the other taker fails")
          })

          await expect(failing).rejects.toThrow("the other taker fails")
          expect(await theirs).toMatchObject([{ isNew: true, copy: { reserved_for: "SHP-1/line#1" } }])
        })

        it("of two calls for the same piece at once, gives one copy at most", async () => {
          await copies(5, "variant_a")
          await Promise.allSettled(many(10, () => service.reserveSerializedItems([demand("SHP-1", 1)])))
          expect(await service.listTcgSerializedItems({ status: SerializedItemStatus.RESERVED })).toHaveLength(1)
        })

        it("frees what is reserved and what came back, and the order holds nothing of it", async () => {
          await copies(2, "variant_a")
          await service.reserveSerializedItems([demand("SHP-1", 1), demand("SHP-1", 2)])
          await service.sellSerializedItems(["SHP-1/line#2"])
          const pieces = ["SHP-1/line#1", "SHP-1/line#2"]

          expect(await service.takeBackSerializedItems(pieces)).toMatchObject([
            { status: "available", reserved_for: null },
          ])
          expect(await service.listHeldCopies(["SHP-1"])).toMatchObject([{ reserved_for: "SHP-1/line#1" }])
          expect(await service.releaseSerializedItems(pieces)).toHaveLength(1)
          expect(await service.listHeldCopies(["SHP-1"])).toEqual([])
          expect(await service.takeBackSerializedItems(pieces)).toEqual([])
          const rows = await service.listTcgSerializedItems()
          expect(rows.map(({ reserved_order, sold_at }) => [reserved_order, sold_at])).toEqual(
            many(2, () => [null, null])
          )
        })
      })

      it("never gives a deleted copy", async () => {
        const [copy] = await copies(1, "variant_a")
        await service.softDeleteTcgSerializedItems([copy!.id])
        expect(await service.reserveSerializedItem("variant_a", "line-1")).toBeNull()
      })
    })
  },
})
