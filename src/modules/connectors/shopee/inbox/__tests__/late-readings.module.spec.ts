import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type ShopeeConnectorService from "../../service"
import { MOST_REREADS } from "../../sql/complete-orders"
import { completionOf, failureOf, InboxWorld, orderEvent } from "./inbox-world"

const at = (second: number): Date => new Date(Date.parse("2026-03-01T02:00:00Z") + second * 1000)

/** Shopee's reads lag behind its pushes at times: a reading from before a push must not settle what the push announced. */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const world = new InboxWorld(service, MikroOrmWrapper)

    beforeEach(async () => {
      await world.authorize()
    })

    const hear = async (...updateTimes: (Date | null)[]) =>
      await service.recordEvents(updateTimes.map((updateTime) => orderEvent("A1", { updateTime })))

    /** Claims the order, however long it would have to wait. */
    const claimNow = async () => {
      await world.sql(`UPDATE shopee_order_sync SET due_at = now() WHERE due_at IS NOT NULL`)
      return await world.claimOne()
    }

    const read = async (updateTime: Date) => {
      const claim = await claimNow()
      await service.completeOrders(claim.claimId, [completionOf(claim, { shopeeUpdateTime: updateTime })])
      return await world.order("A1")
    }

    const secondsUntilDue = async (): Promise<number | null> => {
      const [row] = await world.sql<{ wait: string | null }>(
        `SELECT extract(epoch FROM due_at - now()) AS wait FROM shopee_order_sync`
      )
      return row?.wait === null || row === undefined ? null : Number(row.wait)
    }

    it("an order whose reading is older than its push is kept, stays due and is read again soon", async () => {
      await hear(at(10))

      expect(await read(at(5))).toMatchObject({
        medusa_order_id: "order_A1",
        shopee_update_time: at(5),
        heard_update_time: at(10),
        rereads: 1,
        attempts: 0,
        first_failed_at: null,
        claim_id: null,
      })
      expect((await world.events("A1")).map(({ processed }) => processed)).toEqual([false])
      expect(await secondsUntilDue()).toBeGreaterThan(0)
      expect(await secondsUntilDue()).toBeLessThanOrEqual(1)
    })

    it.each([10, 11])("a reading that has caught up (second %s of 10) settles it, and its events", async (second) => {
      await hear(at(10))
      await read(at(5))

      expect(await read(at(second))).toMatchObject({ due_at: null, rereads: 0, shopee_update_time: at(second) })
      expect((await world.events("A1")).map(({ processed }) => processed)).toEqual([true])
    })

    it("waits twice as long each time, a minute at most, and accepts the reading in the end", async () => {
      await hear(at(10))
      const waits: number[] = []
      for (let reread = 0; reread < MOST_REREADS; reread += 1) {
        await read(at(5))
        waits.push(Math.ceil((await secondsUntilDue()) ?? -1))
      }
      expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60])

      expect(await read(at(5))).toMatchObject({ due_at: null, rereads: 0, heard_update_time: null, attempts: 0 })
      expect((await world.events("A1")).map(({ processed }) => processed)).toEqual([true])
      await hear(null)
      expect(await read(at(5))).toMatchObject({ due_at: null })
    })

    it("a push that is older than what was applied asks for no rereading, also when the reading is older still", async () => {
      await hear(at(10))
      await read(at(10))
      await hear(at(7))

      expect(await read(at(5))).toMatchObject({ due_at: null, rereads: 0, shopee_update_time: at(10) })
    })

    it("pushes that say no time, or one far ahead of our clock, don't hold an order up", async () => {
      await hear(
        null,
        new Date(Date.now() + 3_600_000),
        new Date("9999-12-31T00:00:00Z"),
        new Date(8.64e15),
        new Date(NaN)
      )

      expect(await world.order("A1")).toMatchObject({ heard_update_time: null })
      expect(await read(at(5))).toMatchObject({ due_at: null })
    })

    it("a time within the skew of two clocks is believed", async () => {
      const ahead = new Date(Math.floor(Date.now() / 1000) * 1000 + 120_000)
      await hear(ahead)

      expect(await world.order("A1")).toMatchObject({ heard_update_time: ahead })
    })

    it("of several events the newest counts, in one call or one after the other", async () => {
      await hear(at(3), at(9), at(6))
      expect(await world.order("A1")).toMatchObject({ heard_update_time: at(9) })
      await hear(at(12))
      await hear(at(2))

      expect(await world.order("A1")).toMatchObject({ heard_update_time: at(12) })
    })

    it("a newer push gives the rereadings anew", async () => {
      await hear(at(10))
      await read(at(5))
      await read(at(5))
      await hear(at(20))

      expect(await world.order("A1")).toMatchObject({ rereads: 0 })
    })

    it("an event that arrives while the order is read makes it due at once, and counts as no rereading", async () => {
      await hear(at(10))
      const claim = await claimNow()
      await hear(null)
      await service.completeOrders(claim.claimId, [completionOf(claim, { shopeeUpdateTime: at(5) })])

      expect(await world.order("A1")).toMatchObject({ rereads: 0 })
      expect(await world.claim()).toHaveLength(1)
    })

    it("a failure keeps what was heard", async () => {
      await hear(at(10))
      const claim = await claimNow()
      await service.failOrders(claim.claimId, [failureOf(claim, { retryInMs: 0 })])

      expect(await claimNow()).toMatchObject({ heardUpdateTime: at(10), rereads: 0, attempts: 1 })
    })
  },
})
