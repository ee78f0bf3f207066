import { ImportCrashes } from "./crashes/import-crashes"
import { LifeCrashes } from "./crashes/life-crashes"
import { RecoveryCrashes } from "./crashes/recovery-crashes"
import { TokenCrashes } from "./crashes/token-crashes"
import { eventually } from "../support/eventually"
import { fault } from "./support/fault"
import { seconds } from "./support/fault-result"

/** Architecture §2: a lease of 30 s, a poll every 2 s, and a second for the work itself. */
const TAKEN_UP_WITHIN_S = 30 + 2 + 1
const PLAY_WAIT_MS = 900_000

/** Real processes end themselves by SIGKILL at a named boundary, as a crash or a lost machine ends them; others go on. */
describe("the built platform when it is killed", () => {
  const imports = new ImportCrashes()
  const life = new LifeCrashes()
  const tokens = new TokenCrashes()
  const recovery = new RecoveryCrashes()
  const stories = [imports, life, tokens, recovery]

  beforeAll(async () => {
    // How a story went wrong is told by each of its faults.
    await Promise.allSettled(stories.map((story) => story.play()))
  }, PLAY_WAIT_MS)

  afterAll(async () => {
    await Promise.all(stories.map((story) => story.end()))
  })

  describe("on the way from a push to its order", () => {
    beforeAll(() => imports.play())

    /** Waits until the order is right, and says when that was. */
    async function finished(death: string, what: string): Promise<{ seen: string; seconds: number }> {
      await imports.world.until(imports.order(death))
      return { seen: `${what}, order complete`, seconds: imports.secondsSince(death) }
    }

    fault("crash-orders-claimed", async () => {
      const took = seconds(imports.takenUpAt - imports.diedAt("orders-claimed"))
      expect(took).toBeLessThanOrEqual(TAKEN_UP_WITHIN_S)
      await imports.world.until(imports.order("orders-claimed"))
      return { seen: `taken up after ${took} s, order complete`, seconds: took }
    })

    fault("crash-push-answered", () => finished("push-answered", "taken up after the next start"))
    fault("crash-shopee-read", () => finished("shopee-read", "taken up"))
    fault("crash-orders-read", () => finished("orders-read", "taken up"))
    fault("crash-orders-created", () => finished("orders-created", "adopted"))
    fault("crash-outcomes-known", () => finished("outcomes-known", "found complete"))

    fault("crash-push-stored", async () => {
      expect(imports.answerOfTheDead).toBe("ECONNRESET")
      const { order_sn } = imports.order("push-stored")
      const stored = await imports.world.shop.database.query("SELECT id FROM shopee_raw_event WHERE ordersn = $1", [
        order_sn,
      ])
      expect(stored).toHaveLength(1)
      return await finished("push-stored", "ECONNRESET, the retry 200, one event")
    })

    fault("crash-alert-delivered", async () => {
      const posted = () =>
        imports.world.shop.alerts.received.filter(({ error_class }) => error_class === "sku_not_found")
      await eventually("the alert to be posted again", async () => posted().length > 1, { withinMs: 90_000 })
      expect(posted().map(({ exception_id }) => exception_id)).toEqual(Array(2).fill(posted()[0]?.exception_id))
      return { seen: "posted twice, one exception", seconds: imports.secondsSince("alert-delivered") }
    })

    it("every promise holds once all of it is over", () => imports.world.expectPromisesKept())
  })

  describe("on the way from one status to the next", () => {
    beforeAll(() => life.play())

    async function finished(death: string, what: string): Promise<{ seen: string; seconds: number }> {
      for (const order of life.ordersOf(death)) {
        await life.world.until(order)
      }
      return { seen: what, seconds: life.secondsSince(death) }
    }

    fault("crash-refunds-noted", () => finished("refunds-noted", "cancelled and refunded"))
    fault("crash-parcels-unpacked", () => finished("parcels-unpacked", "unpacked, cancelled and refunded"))
    fault("crash-shipments-recorded", () => finished("shipments-recorded", "shipped"))
    fault("crash-parcels-recorded", () => finished("parcels-recorded", "packed"))
    fault("crash-payments-captured", () => finished("payments-captured", "captured"))

    fault("crash-payments-refunded", async () => {
      const result = await finished("payments-refunded", "refunded, still shipped, one exception")
      expect(await life.world.exceptions()).toMatchObject([{ error_class: "cancelled_after_shipping" }])
      return result
    })

    fault("crash-escrows-read", async () => {
      await life.untilEscrowIsStored()
      return { seen: "stored once", seconds: life.secondsSince("escrows-read") }
    })

    it("every promise holds once all of it is over", () => life.world.expectPromisesKept())
  })

  describe("while it looks for what pushes missed", () => {
    beforeAll(() => recovery.play())

    /** @returns how often the inbox was told of each of the orders, once they are in Medusa */
    async function toldOf(death: string): Promise<number[]> {
      const orders = recovery.ordersOf(death)
      for (const order of orders) {
        await recovery.world.until(order, 120_000)
      }
      return await Promise.all(orders.map((order) => recovery.eventsOf(order)))
    }

    fault("crash-lost-pushes-stored", async () => {
      expect(await toldOf("lost-pushes-stored")).toEqual([1, 1, 1])
      expect(recovery.lostLeft).toEqual([3, 0])
      return {
        seen: "3 pushes fetched twice, stored once, confirmed",
        seconds: recovery.secondsSince("lost-pushes-stored"),
      }
    })

    fault("crash-list-page-read", async () => {
      await toldOf("list-page-read")
      const [first] = await recovery.proofs()
      expect(first).toMatchObject({ status: "failed", error: "The run was interrupted." })
      return { seen: "no proof; found by the next runs", seconds: recovery.secondsSince("list-page-read") }
    })

    fault("crash-findings-injected", async () => {
      await toldOf("findings-injected")
      const [, second, third, ...more] = await recovery.proofs()
      expect(second).toMatchObject({ status: "failed", error: "The run was interrupted." })
      expect(third).toMatchObject({ status: "complete", missing_count: 0 })
      expect(more).toEqual([])
      return { seen: "one proof, of the run that came through", seconds: recovery.secondsSince("findings-injected") }
    })

    fault("crash-backfill-window-read", async () => {
      expect(await toldOf("backfill-window-read")).toEqual([1, 1])
      // What came of its orders is counted by another job, after its end.
      const isCounted = async () => {
        const { status, injected_count } = await recovery.backfill()
        return status === "done" && injected_count > 0
      }
      await eventually("the backfill's end and count", isCounted, { withinMs: 180_000 })
      const { injected_count, windows_done, windows_total } = await recovery.backfill()
      expect(windows_done).toBe(windows_total)
      expect(injected_count).toBe(2)
      return {
        seen: "resumed at its window, 2 orders injected once",
        seconds: recovery.secondsSince("backfill-window-read"),
      }
    })

    it("every promise holds once all of it is over", () => recovery.world.expectPromisesKept())
  })

  describe("while it refreshes Shopee's tokens", () => {
    beforeAll(() => tokens.play())

    fault("crash-refresh-claimed", async () => {
      expect(tokens.refreshed).toMatchObject({ refreshes: 1, refused_refreshes: 0 })
      const took = seconds(tokens.diedAt("token-issued") - tokens.diedAt("refresh-claimed"))
      return { seen: `refreshed after ${took} s, once`, seconds: took }
    })

    fault("crash-token-issued", async () => {
      expect(tokens.refused).toMatchObject({ refreshes: 1, refused_refreshes: 1 })
      expect(tokens.alerts()).toMatchObject([{ details: { action: expect.stringMatching(/authori[sz]e/i) } }])
      await tokens.world.authorize()
      const took = await tokens.world.until(tokens.order)
      return `one alert, one refused refresh; order complete ${took} s after the new authorisation`
    })

    it("every promise holds once all of it is over", () => tokens.world.expectPromisesKept())
  })
})
