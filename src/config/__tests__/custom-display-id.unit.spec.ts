import { customDisplayIdOf, shopeeDisplayId } from "../custom-display-id"

describe("the display id of an order", () => {
  it("is SHP-<order_sn> for an order from Shopee, whatever shop it is of", async () => {
    expect(await customDisplayIdOf({ metadata: { shopee_ordersn: "260301ABCDEF08", shopee_shop_id: "1" } })).toBe(
      "SHP-260301ABCDEF08"
    )
    expect(shopeeDisplayId("260301ABCDEF08")).toBe("SHP-260301ABCDEF08")
  })

  it.each([
    {},
    { metadata: null },
    { metadata: {} },
    { metadata: { shopee_ordersn: "" } },
    { metadata: { shopee_ordersn: 1 } },
  ])("is none for an order of another channel: %j", async (order) => {
    expect(await customDisplayIdOf(order)).toBeUndefined()
  })
})
