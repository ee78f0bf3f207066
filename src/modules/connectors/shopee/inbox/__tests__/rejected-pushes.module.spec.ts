import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type ShopeeConnectorService from "../../service"
import { RawEventSource } from "../../types/enums"
import { MAX_REJECTED_PER_HOUR } from "../rejection-budget"
import { InboxWorld, many } from "./inbox-world"

/** Forged pushes: kept for a look, bounded for all processes together (product paper §3: at most 20 rows an hour). */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const world = new InboxWorld(service, MikroOrmWrapper)

    const store = (maxPerHour = MAX_REJECTED_PER_HOUR) =>
      service.storeRejectedPush(
        { rawBody: "AAECAw==", signature: "not a digest", reason: "digest_mismatch" },
        maxPerHour
      )
    const count = async () => (await service.listAndCountShopeeRawEvents({ signature_ok: false }, { take: 1 }))[1]

    it("keeps the bytes and believes nothing of them", async () => {
      const id = await store()

      expect(await service.listShopeeRawEvents({})).toMatchObject([
        {
          id,
          event_type: -1,
          payload: {},
          raw_body: "AAECAw==",
          signature: "not a digest",
          signature_ok: false,
          source: RawEventSource.WEBHOOK,
          shop_id: null,
          ordersn: null,
          identity: null,
          processed: false,
        },
      ])
      expect(await service.listShopeeOrderSyncs({})).toEqual([])
    })

    it("keeps the same forgery twice: it has no identity that could be taken for a genuine push", async () => {
      await store()

      expect(await store()).toEqual(expect.any(String))
    })

    it("keeps 20 an hour and answers null to the rest", async () => {
      const ids: (string | null)[] = []
      for (let push = 0; push < 25; push += 1) {
        ids.push(await store())
      }

      expect(ids.map((id) => id !== null)).toEqual([...Array<boolean>(20).fill(true), ...Array<boolean>(5).fill(false)])
      expect(await count()).toBe(20)
    })

    it("keeps 20 of 50 that come at the same moment", async () => {
      const ids = await Promise.all(many(50, () => store()))

      expect(ids.filter((id) => id !== null)).toHaveLength(20)
      expect(await count()).toBe(20)
    })

    it("keeps of a group what there is room for, in its sequence", async () => {
      await store(3)
      const group = many(4, (index) => ({
        rawBody: Buffer.from(`forged ${index}`).toString("base64"),
        signature: null,
        reason: "missing_authorization",
      }))

      expect(await service.storeRejectedPushes(group, 3)).toEqual([expect.any(String), expect.any(String), null, null])
      const kept = await service.listShopeeRawEvents({ signature: null })
      expect(kept.map((event) => event.raw_body).sort()).toEqual(group.slice(0, 2).map(({ rawBody }) => rawBody))
      expect(await count()).toBe(3)
    })

    it("has room again when an hour has passed", async () => {
      await Promise.all(many(3, () => store(3)))
      expect(await store(3)).toBeNull()
      await world.sql(`UPDATE shopee_raw_event SET created_at = now() - interval '61 minutes'`)

      expect(await store(3)).toEqual(expect.any(String))
    })
  },
})
