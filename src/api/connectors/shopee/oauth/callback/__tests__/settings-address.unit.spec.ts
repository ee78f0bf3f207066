import { settingsAddress } from "../settings-address"

describe("settingsAddress", () => {
  it("goes back to the settings of the Admin that is known, or of this host", () => {
    const connected = { outcome: "connected", shop: "700001" } as const
    expect(settingsAddress("https://admin.example/app", connected)).toBe(
      "https://admin.example/app/connectors/settings?authorization=connected&shop=700001"
    )
    expect(settingsAddress("/app", connected)).toBe("/app/connectors/settings?authorization=connected&shop=700001")
  })

  it("says why there is none, with Shopee's code where there is one", () => {
    expect(settingsAddress("/app", { outcome: "refused", reason: "request" })).toBe(
      "/app/connectors/settings?authorization=refused&reason=request"
    )
    expect(settingsAddress("/app", { outcome: "refused", reason: "shopee", code: "(deadline)&x=1" })).toBe(
      "/app/connectors/settings?authorization=refused&reason=shopee&code=%28deadline%29%26x%3D1"
    )
  })
})
