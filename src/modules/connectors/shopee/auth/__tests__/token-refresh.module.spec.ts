import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { SHOPEE_CONNECTOR_MODULE } from "../.."
import type { AccessToken } from "../../sdk"
import type ShopeeConnectorService from "../../service"
import type { AuthTokenStore } from "../auth-token-store"
import { PostgresTokenStorage } from "../postgres-token-storage"
import { ensureFreshToken, type EnsureFreshTokenOptions, type RefreshCall } from "../refresh-token"
import { TokenCipher } from "../token-cipher"
import {
  FreshTokenRejectedError,
  RefreshTokenRefusedError,
  ShopNotAuthorizedError,
  TokenRefreshUnavailableError,
  TokenRefusedError,
} from "../token-errors"
import { toTokenWrite } from "../token-write"

const SHOP = "7001"
const cipher = new TokenCipher([Buffer.alloc(32, 9)])

const pair = (name: string, expireIn = 14_400): AccessToken => ({
  access_token: `atk-${name}`,
  refresh_token: `rtk-${name}`,
  expire_in: expireIn,
  request_id: `req-${name}`,
  error: "",
  message: "",
})

/** Shopee's side: every refresh token works once. */
class RefreshServer {
  readonly spent: string[] = []
  constructor(private current: string) {}

  readonly refresh: RefreshCall = async (refreshToken) => {
    await sleep(30)
    this.spent.push(refreshToken)
    if (refreshToken !== this.current) {
      throw new RefreshTokenRefusedError("error_shop_refresh_token: Invalid refresh_token")
    }
    const next = pair(`next-${this.spent.length}`)
    this.current = next.refresh_token
    return next
  }
}

moduleIntegrationTestRunner<ShopeeConnectorService>({
  moduleName: SHOPEE_CONNECTOR_MODULE,
  resolve: resolve(__dirname, "../.."),
  testSuite: ({ service }) => {
    const storage = () => new PostgresTokenStorage(service, SHOP, cipher)
    const ensure = (
      refresh: RefreshCall,
      options: Partial<EnsureFreshTokenOptions> = {},
      store: AuthTokenStore = service
    ) => ensureFreshToken(store, SHOP, refresh, { cipher, ...options })
    const row = async () => {
      const [found] = await service.listShopeeAuthTokens({ shop_id: SHOP })
      if (!found) {
        throw new Error("no token row")
      }
      return found
    }
    const never: RefreshCall = () => Promise.reject(new Error("nobody should refresh here"))
    const expired = (name = "first") => storage().store({ ...pair(name), expired_at: Date.now() - 1 })

    describe("PostgresTokenStorage", () => {
      it("answers what was stored, with numbers as numbers", async () => {
        const expiredAt = Date.now() + 14_340_000
        await storage().store({
          ...pair("a"),
          expired_at: expiredAt,
          shop_id_list: [7001, 7002],
          merchant_id_list: [5],
        })

        expect(await storage().get()).toEqual({
          ...pair("a"),
          expired_at: expiredAt,
          shop_id: 7001,
          shop_id_list: [7001, 7002],
          merchant_id_list: [5],
        })
      })

      it("takes the shop id as number or text", async () => {
        await new PostgresTokenStorage(service, 7001, cipher).store(pair("a"))

        expect(await storage().get()).toMatchObject({ access_token: "atk-a", shop_id: 7001 })
      })

      it("leaves no token in the table", async () => {
        await storage().store({ ...pair("a"), ...{ id_token: "atk-a" } })
        const stored = await row()

        expect(JSON.stringify(stored)).not.toMatch(/[ar]tk-a/)
        expect(stored.access_token).toMatch(/^v1\./)
        expect(stored.refresh_token).toMatch(/^v1\./)
        expect(stored.expired_at).toMatch(/^\d{13}$/)
        expect(stored.raw_token_payload).toMatchObject({ request_id: "req-a", expire_in: 14_400 })
      })

      it("refuses a row that was written past it", async () => {
        await service.createShopeeAuthTokens({
          shop_id: SHOP,
          access_token: "plain",
          refresh_token: "plain",
          expire_in: 14_400,
          expired_at: String(Date.now()),
        })

        await expect(storage().get()).rejects.toThrow(/is not an encrypted token/)
      })

      it("refuses a token that was copied from another shop's row", async () => {
        await storage().store(pair("a"))
        const { access_token, refresh_token } = await row()
        await service.createShopeeAuthTokens({
          shop_id: "7002",
          access_token,
          refresh_token,
          expire_in: 14_400,
          expired_at: String(Date.now() + 14_400_000),
        })

        await expect(new PostgresTokenStorage(service, "7002", cipher).get()).rejects.toThrow(/changed or moved/)
      })

      it("has nothing before the first pair and after clearing", async () => {
        expect(await storage().get()).toBeNull()
        await storage().store(pair("a"))
        await storage().clear()
        expect(await storage().get()).toBeNull()
        expect(await service.listShopeeAuthTokens({})).toHaveLength(0)
      })

      it("keeps one row a shop, and a fresh authorisation ends refusal, pause and lease", async () => {
        await storage().store(pair("a"))
        const before = await row()
        await service.updateShopeeAuthTokens({
          id: before.id,
          refused_at: new Date(),
          refused_reason: "gone",
          paused_until: new Date(Date.now() + 60_000),
          outage_calls: 4,
          refresh_claim_id: "claim",
          refresh_lease_until: new Date(Date.now() + 60_000),
        })
        await storage().store(pair("b"))

        expect(await row()).toMatchObject({
          id: before.id,
          version: 2,
          refused_at: null,
          refused_reason: null,
          paused_until: null,
          outage_calls: 0,
          refresh_claim_id: null,
          refresh_lease_until: null,
          authorized_at: expect.any(Date),
        })
        expect(await storage().get()).toMatchObject({ access_token: "atk-b" })
      })
    })

    describe("ensureFreshToken", () => {
      it("uses a token with ten minutes left as it is", async () => {
        await storage().store({ ...pair("a"), expired_at: Date.now() + 601_000 })

        expect(await ensure(never)).toEqual({ accessToken: "atk-a", version: 1 })
      })

      it("refreshes a token with less than ten minutes left, and stores the pair before it answers", async () => {
        await storage().store({ ...pair("first"), expired_at: Date.now() + 590_000 })
        const shopee = new RefreshServer("rtk-first")

        expect(await ensure(shopee.refresh)).toEqual({ accessToken: "atk-next-1", version: 2 })
        expect(await storage().get()).toMatchObject({ access_token: "atk-next-1", refresh_token: "rtk-next-1" })
        expect(await row()).toMatchObject({
          version: 2,
          refreshed_at: expect.any(Date),
          refresh_claim_id: null,
          refresh_lease_until: null,
        })
      })

      it("refreshes exactly once for 20 concurrent callers of an expired token", async () => {
        await expired()
        const shopee = new RefreshServer("rtk-first")
        const tokens = await Promise.all(Array.from({ length: 20 }, () => ensure(shopee.refresh)))

        expect(shopee.spent).toEqual(["rtk-first"])
        expect(tokens).toEqual(Array(20).fill({ accessToken: "atk-next-1", version: 2 }))
      })

      it("lets the others work on with a token that still lives, without waiting", async () => {
        await storage().store({ ...pair("first"), expired_at: Date.now() + 120_000 })
        let finish = (_: AccessToken) => {}
        const holder = ensure(() => new Promise((done) => (finish = done)))
        await sleep(100)

        expect(await ensure(never)).toEqual({ accessToken: "atk-first", version: 1 })
        finish(pair("b"))
        expect(await holder).toEqual({ accessToken: "atk-b", version: 2 })
      })

      it("takes over from a holder that died, once its lease has ended", async () => {
        await expired()
        expect(await service.claimTokenRefresh({ shopId: SHOP, version: 1, claimId: "dead", leaseMs: 600 })).toBe(true)
        const shopee = new RefreshServer("rtk-first")
        const start = performance.now()

        expect(await ensure(shopee.refresh)).toEqual({ accessToken: "atk-next-1", version: 2 })
        expect(performance.now() - start).toBeGreaterThan(500)
        expect(shopee.spent).toEqual(["rtk-first"])
      })

      it("gives up waiting for a holder after its patience, as passing trouble", async () => {
        await expired()
        await service.claimTokenRefresh({ shopId: SHOP, version: 1, claimId: "slow", leaseMs: 60_000 })

        await expect(ensure(never, { waitMs: 300 })).rejects.toThrow(TokenRefreshUnavailableError)
        expect(await row()).toMatchObject({ refused_at: null, version: 1 })
      })

      it("stores nothing over a newer authorisation, and uses that one", async () => {
        await expired()
        const late: RefreshCall = async () => {
          await storage().store(pair("authorised-again"))
          return pair("late")
        }

        expect(await ensure(late)).toEqual({ accessToken: "atk-authorised-again", version: 2 })
        expect(await storage().get()).toMatchObject({ refresh_token: "rtk-authorised-again" })
      })

      it("stores nothing while a successor holds the claim", async () => {
        await expired()
        await service.claimTokenRefresh({ shopId: SHOP, version: 1, claimId: "slow", leaseMs: 1 })
        await sleep(50)
        expect(await service.claimTokenRefresh({ shopId: SHOP, version: 1, claimId: "next", leaseMs: 60_000 })).toBe(
          true
        )
        const before = await row()
        const write = toTokenWrite(pair("late"), SHOP, cipher, Date.now())

        expect(await service.commitTokenRefresh(write, { version: 1, claimId: "slow" })).toBe(false)
        expect(await service.refuseAuthToken({ shopId: SHOP, version: 1, claimId: "slow", reason: "late" })).toBe(false)
        expect(await row()).toEqual(before)
      })

      it("keeps the pair of a holder that was given up, even after its successor found the refresh token spent", async () => {
        await expired()
        const shopee = new RefreshServer("rtk-first")
        const slow: RefreshCall = async (refreshToken) => {
          const issued = await shopee.refresh(refreshToken)
          await sleep(1_500)
          return issued
        }
        const holder = ensure(slow, { leaseMs: 200 })
        await sleep(500)
        await expect(ensure(shopee.refresh)).rejects.toThrow(TokenRefusedError)

        expect(await holder).toEqual({ accessToken: "atk-next-1", version: 2 })
        expect(await row()).toMatchObject({ refused_at: null, version: 2 })
        expect(await ensure(never)).toEqual({ accessToken: "atk-next-1", version: 2 })
      })

      it("hears of a refusal also when waiting for the process that died has used its patience up", async () => {
        await expired()
        const refuse: RefreshCall = async () => {
          throw new RefreshTokenRefusedError("error_shop_refresh_token: Invalid refresh_token")
        }
        await service.claimTokenRefresh({ shopId: SHOP, version: 1, claimId: "dead", leaseMs: 300 })
        await sleep(400)
        await expect(ensure(refuse, { waitMs: 0 })).rejects.toThrow(TokenRefusedError)
      })

      it("ends a crash between Shopee's answer and our commit in one refusal, not in a loop", async () => {
        await expired()
        const shopee = new RefreshServer("rtk-first")
        // The process that died had claimed the refresh and spent the token.
        await service.claimTokenRefresh({ shopId: SHOP, version: 1, claimId: "dead", leaseMs: 300 })
        await shopee.refresh("rtk-first")

        const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => ensure(shopee.refresh)))

        expect(shopee.spent).toEqual(["rtk-first", "rtk-first"])
        for (const outcome of outcomes) {
          expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(TokenRefusedError) })
        }
        expect(await row()).toMatchObject({
          refused_at: expect.any(Date),
          refused_reason: "error_shop_refresh_token: Invalid refresh_token",
          refresh_claim_id: null,
        })
        await expect(ensure(shopee.refresh)).rejects.toThrow(/shop 7001 .*connect the shop in/)
        expect(shopee.spent).toHaveLength(2)

        await storage().store(pair("again"))
        expect(await ensure(never)).toMatchObject({ accessToken: "atk-again" })
      })

      it("stores the new pair although the database fails for a moment", async () => {
        await expired()
        let failures = 3
        const flaky: AuthTokenStore = {
          readAuthToken: (shopId) => service.readAuthToken(shopId),
          storeAuthorization: (write) => service.storeAuthorization(write),
          claimTokenRefresh: (claim) => service.claimTokenRefresh(claim),
          commitTokenRefresh: async (write, fence) => {
            failures -= 1
            if (failures === 1) {
              // Committed, but the answer was lost on the way.
              await service.commitTokenRefresh(write, fence)
            }
            if (failures >= 1) {
              throw new Error("connection terminated")
            }
            return await service.commitTokenRefresh(write, fence)
          },
          releaseTokenRefresh: (release) => service.releaseTokenRefresh(release),
          refuseAuthToken: (refusal) => service.refuseAuthToken(refusal),
          resealAuthToken: (resealed) => service.resealAuthToken(resealed),
          deleteAuthToken: (shopId) => service.deleteAuthToken(shopId),
        }
        const shopee = new RefreshServer("rtk-first")

        expect(await ensure(shopee.refresh, {}, flaky)).toEqual({ accessToken: "atk-next-1", version: 2 })
        expect(shopee.spent).toEqual(["rtk-first"])
        expect(await row()).toMatchObject({ version: 2 })
      })

      it("notes nothing when a refresh fails for a passing reason, and uses the token while it lives", async () => {
        await storage().store({ ...pair("first"), expired_at: Date.now() + 120_000 })
        let calls = 0
        const down: RefreshCall = () => {
          calls += 1
          return Promise.reject(new Error("Shopee is down"))
        }

        expect(await ensure(down)).toEqual({ accessToken: "atk-first", version: 1 })
        expect(await ensure(down)).toEqual({ accessToken: "atk-first", version: 1 })
        expect(calls).toBe(1)
        expect(await row()).toMatchObject({ refused_at: null, version: 1, refresh_claim_id: null })
      })

      it("throws the passing reason once the token has expired, and doesn't hammer", async () => {
        await expired()
        let calls = 0
        const down: RefreshCall = () => {
          calls += 1
          return Promise.reject(new Error("Shopee is down"))
        }

        await expect(ensure(down)).rejects.toThrow("Shopee is down")
        await expect(ensure(down)).rejects.toThrow(TokenRefreshUnavailableError)
        expect(calls).toBe(1)
        expect(await row()).toMatchObject({ refused_at: null })
      })

      it("refreshes a living token that Shopee rejected, but not one that it issued a moment ago", async () => {
        await storage().store(pair("first"))
        const shopee = new RefreshServer("rtk-first")

        expect(await ensure(shopee.refresh, { rejectedVersion: 1 })).toEqual({ accessToken: "atk-next-1", version: 2 })
        expect(await ensure(shopee.refresh, { rejectedVersion: 1 })).toEqual({ accessToken: "atk-next-1", version: 2 })
        await expect(ensure(shopee.refresh, { rejectedVersion: 2 })).rejects.toThrow(FreshTokenRejectedError)
        expect(shopee.spent).toEqual(["rtk-first"])
      })

      it("says that a shop was never authorised", async () => {
        await expect(ensure(never)).rejects.toThrow(ShopNotAuthorizedError)
      })

      it("never claims a refresh whose token it can't decrypt", async () => {
        await expired()
        const wrong = new TokenCipher([Buffer.alloc(32, 1)])

        await expect(ensure(never, { cipher: wrong })).rejects.toThrow(/SHOPEE_TOKEN_ENCRYPTION_KEY/)
        expect(await row()).toMatchObject({ refresh_claim_id: null, refresh_lease_until: null })
      })

      it("refreshes a short-lived token in its last quarter only", async () => {
        await storage().store({ ...pair("short", 400), expired_at: Date.now() + 200_000 })

        expect(await ensure(never)).toEqual({ accessToken: "atk-short", version: 1 })
      })
    })
  },
})
