import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type ShopeeConnectorService from "../../service"
import { InboxWorld, many, OTHER_SHOP, SHOP } from "./inbox-world"

/** An outage or a rate limit of one shop: its calls pause, longer each time, and nobody else's do. */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const world = new InboxWorld(service, MikroOrmWrapper)

    const pause = (changes: Partial<Parameters<ShopeeConnectorService["pauseShop"]>[0]> = {}) =>
      service.pauseShop({ shopId: SHOP, baseMs: 2_000, capMs: 300_000, atLeastMs: 0, ...changes })
    /** Milliseconds of the pause by the database's clock. */
    const pausedForMs = async () => {
      const [row] = await world.sql<{ ms: number | null }>(
        `SELECT (EXTRACT(EPOCH FROM paused_until - now()) * 1000)::float8 AS ms FROM shopee_auth_token WHERE shop_id = ?`,
        [SHOP]
      )
      return row?.ms ?? null
    }

    it.each([
      [0, 2_000],
      [1, 4_000],
      [4, 32_000],
      [8, 300_000],
      [5_000, 300_000],
    ])("after %i failures the pause is 20 to 100 %% of %i ms, jittered", async (failures, ceilingMs) => {
      await world.authorize(SHOP, { outage_calls: failures })
      const drawn: number[] = []
      for (let draw = 0; draw < 12; draw += 1) {
        await world.sql(`UPDATE shopee_auth_token SET paused_until = NULL, outage_calls = ?`, [failures])
        expect(await pause()).toBe(failures + 1)
        drawn.push((await pausedForMs()) ?? Number.NaN)
      }

      expect(Math.max(...drawn)).toBeLessThanOrEqual(ceilingMs)
      // The statement before took a moment of it.
      expect(Math.min(...drawn)).toBeGreaterThan(0.2 * ceilingMs - 1_000)
      expect(Math.max(...drawn) - Math.min(...drawn)).toBeGreaterThan(0.1 * ceilingMs)
    })

    it("lasts as long as Shopee asks for, beyond the cap too", async () => {
      await world.authorize()
      await pause({ atLeastMs: 3_600_000 })

      expect(await pausedForMs()).toBeGreaterThan(3_500_000)
    })

    it("is not shortened by a later, shorter one", async () => {
      await world.authorize()
      await pause({ atLeastMs: 3_600_000 })
      expect(await pause()).toBe(2)

      expect(await pausedForMs()).toBeGreaterThan(3_500_000)
    })

    it("counts every failed call of concurrent workers", async () => {
      await world.authorize()
      const counts = await Promise.all(many(10, () => pause()))

      expect(counts.sort((a, b) => a - b)).toEqual(many(10, (index) => index + 1))
    })

    it("ends with the first call that succeeds, which says so once", async () => {
      await world.authorize()
      await pause({ atLeastMs: 3_600_000 })
      const ends = await Promise.all(many(5, () => service.endOutage(SHOP)))

      expect(ends.filter((ended) => ended)).toHaveLength(1)
      expect(await world.token()).toMatchObject({ paused_until: null, outage_calls: 0 })
    })

    it("without an outage there is none to end", async () => {
      await world.authorize()

      expect(await service.endOutage(SHOP)).toBe(false)
    })

    it("concerns one shop", async () => {
      await world.authorize(SHOP)
      await world.authorize(OTHER_SHOP)
      await pause()

      expect(await world.token(OTHER_SHOP)).toMatchObject({ paused_until: null, outage_calls: 0 })
    })

    it("of a shop that is not authorised is nothing", async () => {
      expect(await pause()).toBe(0)
    })
  },
})
