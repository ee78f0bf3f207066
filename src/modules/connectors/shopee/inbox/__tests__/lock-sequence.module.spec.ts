import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type ShopeeConnectorService from "../../service"
import { completionOf, failureOf, InboxWorld, many, orderEvent } from "./inbox-world"

const ROUNDS = 20

/**
 * Statements that touch many orders do so in one sequence, so that none of them makes Postgres end another as a deadlock. Each test
 * lets two of them meet again and again: a statement that locks in a sequence of its own fails within a few rounds.
 */
moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  pathToMigrations: resolve(__dirname, "../../migrations"),
  testSuite: ({ service, MikroOrmWrapper }) => {
    const world = new InboxWorld(service, MikroOrmWrapper)

    const ORDERS = many(300, (index) => `A${String(index).padStart(3, "0")}`)
    const backwards = [...ORDERS].reverse()
    const record = (ordersns: string[]) => service.recordEvents(ordersns.map((ordersn) => orderEvent(ordersn)))

    /** All orders, claimed in one go; their rows lie in the table against the alphabet. */
    const claimedBackwards = async () => {
      await world.authorize()
      for (const ordersn of backwards) {
        await record([ordersn])
      }
      return await world.claim("c1", ORDERS.length)
    }

    it("two bulk calls with the same orders in opposite sequence", async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await Promise.all([record(ORDERS), record(backwards)])
      }

      const [, count] = await service.listAndCountShopeeRawEvents({}, { take: 1 })
      expect(count).toBe(ROUNDS * 2 * ORDERS.length)
      expect(await world.order("A000")).toMatchObject({ due_version: ROUNDS * 2 })
    })

    it("two bulk calls with the same events in opposite sequence", async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const events = ORDERS.map((ordersn) => orderEvent(ordersn, { identity: `${round} ${ordersn}` }))
        const stored = await Promise.all([service.recordEvents(events), service.recordEvents([...events].reverse())])
        expect(stored.flat()).toHaveLength(ORDERS.length)
      }
      expect(await world.order("A000")).toMatchObject({ due_version: ROUNDS })
    })

    it("a bulk call and the renewal of a claim", async () => {
      await claimedBackwards()
      for (let round = 0; round < ROUNDS; round += 1) {
        const [, renewed] = await Promise.all([record(ORDERS), service.renewClaims({ claimId: "c1", leaseMs: 60_000 })])
        expect(renewed).toBe(ORDERS.length)
      }
    })

    it("a bulk call and the return of a claim", async () => {
      await claimedBackwards()
      for (let round = 0; round < ROUNDS; round += 1) {
        await Promise.all([record(ORDERS), service.releaseClaims("c1")])
        expect(await world.claim("c1", ORDERS.length)).toHaveLength(ORDERS.length)
      }
    })

    it("a bulk call, completion and failure", async () => {
      let claims = await claimedBackwards()
      for (let round = 0; round < ROUNDS; round += 1) {
        const done = claims.slice(0, 150).map((claim) => completionOf(claim))
        const failed = claims.slice(150).map((claim) => failureOf(claim, { retryInMs: 0 }))
        await Promise.all([record(ORDERS), service.completeOrders("c1", done), service.failOrders("c1", failed)])
        await record(ORDERS)
        claims = await world.claim("c1", ORDERS.length)
        expect(claims).toHaveLength(ORDERS.length)
      }
    })

    it("a bulk call and the release of orders whose SKU appeared", async () => {
      let claims = await claimedBackwards()
      for (let round = 0; round < ROUNDS; round += 1) {
        const waiting = claims.map((claim) => failureOf(claim, { retryInMs: null, waitingSkus: ["OGN-066A"] }))
        await service.failOrders("c1", waiting)
        const [, released] = await Promise.all([record(ORDERS), service.wakeWaitingOrders(["OGN-066A"])])
        expect(released).toBe(ORDERS.length)
        claims = await world.claim("c1", ORDERS.length)
      }
    })
  },
})
