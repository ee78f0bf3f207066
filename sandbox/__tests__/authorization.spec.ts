import { createHmac } from "node:crypto"
import {
  authorizedSdk,
  callAsShop,
  PARTNER_ID,
  PARTNER_KEY,
  refusal,
  sdkFor,
  SHOP_ID,
  startWorld,
  type World,
} from "./world"

const HOUR = 3600
const DAY = 86_400

describe("authorization", () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  it("leads from the authorization page over the code to a shop call", async () => {
    const sdk = await sdkFor(world.sandbox)
    const page = await fetch(sdk.getAuthorizationUrl("http://127.0.0.1:9/done"), { redirect: "manual" })
    expect(page.status).toBe(302)
    const target = new URL(page.headers.get("location") ?? "")
    expect(target.searchParams.get("shop_id")).toBe(String(SHOP_ID))

    const token = await sdk.authenticateWithCode(target.searchParams.get("code") ?? "", SHOP_ID)
    expect(token).toMatchObject({ expire_in: 14_400, error: "" })

    const info = await sdk.shop.getShopInfo()
    expect(info).toMatchObject({ status: "NORMAL", region: "SG" })
    expect(info.expire_time - info.auth_time).toBe(365 * DAY)
  })

  it("exchanges a code once, within ten minutes, and for its own shop only", async () => {
    const { control } = world.sandbox
    const sdk = await sdkFor(world.sandbox)
    const code = await control.authorize(SHOP_ID)
    expect(await refusal(sdk.authenticateWithCode(code, SHOP_ID + 1))).toMatchObject({ error: "invalid_code" })
    await sdk.authenticateWithCode(code, SHOP_ID)
    expect(await refusal(sdk.authenticateWithCode(code, SHOP_ID))).toMatchObject({ error: "invalid_code" })

    const late = await control.authorize(SHOP_ID)
    await control.advanceClock(601)
    expect(await refusal(sdk.authenticateWithCode(late, SHOP_ID))).toMatchObject({ error: "invalid_code" })
  })

  it("wants the shop id beside the code", async () => {
    const sdk = await sdkFor(world.sandbox)
    const code = await world.sandbox.control.authorize(SHOP_ID)
    expect(await refusal(sdk.authenticateWithCode(code))).toMatchObject({ error: "error_param" })
  })

  it("takes a refresh token once and keeps the previous access token for five minutes", async () => {
    const { control } = world.sandbox
    const sdk = await authorizedSdk(world.sandbox)
    const first = await sdk.getAuthToken()
    const refreshed = await sdk.refreshToken()
    expect(refreshed).toMatchObject({ partner_id: PARTNER_ID, shop_id: SHOP_ID, expire_in: 14_400 })
    expect(refreshed?.access_token).not.toBe(first?.access_token)

    expect(await refusal(sdk.auth.getRefreshToken(first?.refresh_token ?? "", SHOP_ID))).toMatchObject({
      error: "error_shop_refresh_token",
      status: 403,
    })
    expect(await shopInfo(first?.access_token ?? "")).toMatchObject({ error: "" })
    await control.advanceClock(301)
    expect(await shopInfo(first?.access_token ?? "")).toMatchObject({ error: "invalid_acceess_token" })
    expect(await shopInfo(refreshed?.access_token ?? "")).toMatchObject({ error: "" })
    expect(await control.tokens()).toMatchObject([{ shop_id: SHOP_ID, refreshes: 1, refused_refreshes: 1 }])
  })

  it("ends an access token after four hours and a refresh token after thirty days", async () => {
    const { control } = world.sandbox
    const sdk = await authorizedSdk(world.sandbox)
    const token = await sdk.getAuthToken()
    await control.advanceClock(4 * HOUR - 60)
    expect(await shopInfo(token?.access_token ?? "")).toMatchObject({ error: "" })
    await control.advanceClock(120)
    expect(await shopInfo(token?.access_token ?? "")).toMatchObject({ error: "invalid_acceess_token" })
    await control.advanceClock(30 * DAY)
    expect(await refusal(sdk.refreshToken())).toMatchObject({ error: "refresh_token_expired" })
  })

  it("announces the end of an authorization a week ahead with push 12, and then refuses", async () => {
    const { control } = world.sandbox
    const sdk = await sdkFor(world.sandbox)
    const code = await control.authorize(SHOP_ID, { days: 10, push: true })
    await sdk.authenticateWithCode(code, SHOP_ID)
    await control.advanceClock(3 * DAY + 1)
    const token = await sdk.refreshToken()
    expect(world.receiver.received.map((push) => push.body.code)).toEqual([1, 12])
    const notice = world.receiver.received[1]?.body
    expect(notice).not.toHaveProperty("shop_id")
    expect(notice?.data).toMatchObject({ shop_expire_soon: [SHOP_ID], page_no: 1, total_page: 1 })

    await control.advanceClock(7 * DAY)
    expect(await refusal(sdk.refreshToken())).toMatchObject({ error: "shop_access_expired" })
    expect(await shopInfo(token?.access_token ?? "")).toMatchObject({ error: "invalid_acceess_token" })
  })

  it("stops every token and sends push 2 when the seller takes the authorization back", async () => {
    const { control } = world.sandbox
    const sdk = await authorizedSdk(world.sandbox)
    const token = await sdk.getAuthToken()
    await control.deauthorize(SHOP_ID)
    await control.settlePushes()
    expect(await shopInfo(token?.access_token ?? "")).toMatchObject({ error: "invalid_acceess_token" })
    expect(world.receiver.received.map((push) => push.body)).toMatchObject([
      { code: 2, data: { shopid: SHOP_ID }, partner_id: PARTNER_ID },
    ])
  })

  it("refuses a wrong key, a wrong partner, an old timestamp and a missing parameter, each in Shopee's words", async () => {
    const stranger = await sdkFor(world.sandbox, "another key")
    expect(await refusal(stranger.push.getAppPushConfig())).toMatchObject({ error: "error_sign", status: 403 })
    const now = Math.floor(Date.now() / 1000)
    expect(await publicCall({ partner_id: 99, timestamp: now })).toMatchObject({ error: "invalid_partner_id" })
    expect(await publicCall({ timestamp: now - 301 })).toMatchObject({ message: "Timestamp is expired." })
    expect(await publicCall({ timestamp: now + 301 })).toMatchObject({ message: "Timestamp is expired." })
    expect(await publicCall({ timestamp: now - 290 })).toMatchObject({ error: "" })
    expect(await publicCall({})).toMatchObject({ message: "There is no timestamp in query." })
  })

  it("measures a request's five minutes in real time, however far the sandbox clock was moved", async () => {
    await world.sandbox.control.advanceClock(90 * DAY)
    expect(await publicCall({ timestamp: Math.floor(Date.now() / 1000) })).toMatchObject({ error: "" })
  })

  it("refuses a public API that is signed like a shop API", async () => {
    const sdk = await authorizedSdk(world.sandbox)
    const token = await sdk.getAuthToken()
    const answer = await callAsShop(world.sandbox, "/push/get_lost_push_message", token?.access_token ?? "")
    expect(await answer.json()).toMatchObject({ error: "error_sign" })
  })

  it("refuses a shop call that names a merchant as well", async () => {
    const sdk = await authorizedSdk(world.sandbox)
    const token = await sdk.getAuthToken()
    const answer = await callAsShop(world.sandbox, "/shop/get_shop_info", token?.access_token ?? "", {
      merchant_id: "5",
    })
    expect(await answer.json()).toMatchObject({ error: "error_sign" })
  })

  async function shopInfo(accessToken: string): Promise<unknown> {
    return (await callAsShop(world.sandbox, "/shop/get_shop_info", accessToken)).json()
  }

  async function publicCall(given: { partner_id?: number; timestamp?: number }): Promise<unknown> {
    const path = "/api/v2/push/get_app_push_config"
    const partnerId = given.partner_id ?? PARTNER_ID
    const query = new URLSearchParams({
      partner_id: String(partnerId),
      sign: hmac(`${partnerId}${path}${given.timestamp}`),
    })
    if (given.timestamp !== undefined) query.set("timestamp", String(given.timestamp))
    return (await fetch(`${world.sandbox.url}${path}?${query}`)).json()
  }
})

function hmac(text: string): string {
  return createHmac("sha256", PARTNER_KEY).update(text).digest("hex")
}
