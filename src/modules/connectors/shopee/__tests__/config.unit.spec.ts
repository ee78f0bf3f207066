import { readShopeeConfig, requireShopeeConfig } from "../config"
import { getShopeeSdk } from "../sdk"
import { MemoryTokenStore } from "../auth/__tests__/memory-token-store"

const COMPLETE = { SHOPEE_PARTNER_ID: "2001234", SHOPEE_PARTNER_KEY: "partner-key", SHOPEE_SHOP_ID: "7001" }

describe("readShopeeConfig", () => {
  it("answers one validated object, with push keys that fall back to the partner key", () => {
    expect(readShopeeConfig(COMPLETE)).toMatchObject({
      configured: true,
      partnerId: 2001234,
      partnerKey: "partner-key",
      shopId: "7001",
      apiBaseUrl: null,
      webhookUrl: null,
      pushKeys: ["partner-key"],
      buyerEmailDomain: "buyers.exzentcg.local",
    })
  })

  it("prefers the push keys, all of them", () => {
    expect(readShopeeConfig({ ...COMPLETE, SHOPEE_PUSH_PARTNER_KEY: "new,old" })).toMatchObject({
      pushKeys: ["new", "old"],
    })
  })

  it.each(Object.keys(COMPLETE))("is not configured without %s, and says so", (name) => {
    const env = { ...COMPLETE, [name]: "" }

    expect(readShopeeConfig(env)).toEqual({ configured: false, missing: [name] })
    expect(() => requireShopeeConfig(env)).toThrow(name)
  })
})

describe("getShopeeSdk", () => {
  const before = { ...process.env }

  afterEach(() => {
    process.env = { ...before }
  })

  it.each(Object.keys(COMPLETE))("refuses to start without %s and names it", async (name) => {
    Object.assign(process.env, COMPLETE)
    delete process.env[name]

    await expect(getShopeeSdk(new MemoryTokenStore())).rejects.toThrow(name)
  })

  it("speaks to the global region", async () => {
    Object.assign(process.env, COMPLETE)
    delete process.env["SHOPEE_API_BASE_URL"]
    const sdk = await getShopeeSdk(new MemoryTokenStore())

    expect(sdk.getConfig()).toMatchObject({
      region: "GLOBAL",
      base_url: "https://partner.shopeemobile.com/api/v2",
      partner_id: 2001234,
      shop_id: 7001,
    })
  })

  it("speaks to SHOPEE_API_BASE_URL when that is set", async () => {
    Object.assign(process.env, COMPLETE, { SHOPEE_API_BASE_URL: "http://127.0.0.1:4100/api/v2" })
    const sdk = await getShopeeSdk(new MemoryTokenStore())

    expect(sdk.getConfig().base_url).toBe("http://127.0.0.1:4100/api/v2")
  })
})
