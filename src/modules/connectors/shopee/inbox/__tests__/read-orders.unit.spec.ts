import type { RawShopeeOrder } from "../../client/shopee-client"
import { ShopeeCallError, type ShopeeCallErrorKind } from "../../client/shopee-errors"
import { OrderNotAtShopeeError, readOrders } from "../read-orders"
import { many } from "./inbox-world"

const refusal = (kind: ShopeeCallErrorKind) =>
  new ShopeeCallError({ kind, endpoint: "order/get_order_detail", code: "some_code", reason: "Shopee says no" })

/** A Shopee whose answers are decided by the orders that are asked for. */
class FakeShopee {
  readonly calls: string[][] = []

  constructor(private readonly answer: (ordersns: string[]) => string[]) {}

  async getOrderDetails(ordersns: string[]): Promise<RawShopeeOrder[]> {
    this.calls.push(ordersns)
    return this.answer(ordersns).map((order_sn) => ({ order_sn, order_status: "READY_TO_SHIP" }))
  }

  read(ordersns: string[]) {
    return readOrders(this, ordersns)
  }
}

/** Refuses any call that asks for one of these orders. */
const refusing = (bad: string[], kind: ShopeeCallErrorKind) =>
  new FakeShopee((ordersns) => {
    if (ordersns.some((ordersn) => bad.includes(ordersn))) {
      throw refusal(kind)
    }
    return ordersns
  })

const FIFTY = many(50, (index) => `A${index}`)

describe("readOrders", () => {
  it("reads 50 orders with one call, whatever sequence Shopee answers in", async () => {
    const shopee = new FakeShopee((ordersns) => [...ordersns].reverse())
    const readings = await shopee.read(FIFTY)

    expect(shopee.calls).toEqual([FIFTY])
    expect([...readings.keys()]).toEqual(FIFTY)
    expect(FIFTY.every((ordersn) => JSON.stringify(readings.get(ordersn)).includes(`"${ordersn}"`))).toBe(true)
  })

  it("says of an order that Shopee left out that it is not there", async () => {
    const readings = await new FakeShopee((ordersns) => ordersns.slice(1)).read(["A1", "A2"])

    expect(readings.get("A1")).toBeInstanceOf(OrderNotAtShopeeError)
    expect(readings.get("A1")).toMatchObject({ ordersn: "A1" })
    expect(readings.get("A2")).toMatchObject({ order_sn: "A2" })
  })

  it("ignores what it didn't ask for", async () => {
    expect([...(await new FakeShopee(() => ["A1", "B9"]).read(["A1"])).keys()]).toEqual(["A1"])
  })

  it.each(["A0", "A17", "A24", "A25", "A49"])(
    "one unknown order of 50 (%s) costs at most 13 calls and fails alone",
    async (bad) => {
      const shopee = refusing([bad], "not_found")
      const readings = await shopee.read(FIFTY)

      expect(shopee.calls.length).toBeLessThanOrEqual(13)
      expect([...readings.keys()].sort()).toEqual([...FIFTY].sort())
      const failed = FIFTY.filter((ordersn) => readings.get(ordersn) instanceof Error)
      expect(failed).toEqual([bad])
      expect(readings.get(bad)).toBeInstanceOf(OrderNotAtShopeeError)
    }
  )

  it("an order that Shopee refuses for good fails alone, with Shopee's reason", async () => {
    const readings = await refusing(["A3"], "permanent").read(FIFTY)

    expect(FIFTY.filter((ordersn) => readings.get(ordersn) instanceof Error)).toEqual(["A3"])
    expect(readings.get("A3")).toMatchObject({ name: "ShopeeCallError", kind: "permanent", reason: "Shopee says no" })
  })

  it("a refusal that meets every order is thrown after three calls: it is the call that is refused", async () => {
    const shopee = refusing(FIFTY, "permanent")

    await expect(shopee.read(FIFTY)).rejects.toMatchObject({ kind: "permanent" })
    expect(shopee.calls).toHaveLength(3)
  })

  it("finds several bad orders", async () => {
    const bad = ["A3", "A4", "A40"]
    const readings = await refusing(bad, "not_found").read(FIFTY)

    expect(FIFTY.filter((ordersn) => readings.get(ordersn) instanceof Error)).toEqual(bad)
  })

  it("asks for no order more than once in a call, and never for none", async () => {
    const shopee = refusing(["A3"], "not_found")
    await shopee.read(FIFTY)

    expect(shopee.calls.every((call) => call.length > 0 && new Set(call).size === call.length)).toBe(true)
  })

  it.each<ShopeeCallErrorKind>(["transient", "throttled", "auth"])(
    "%s trouble is nobody's fault: it is thrown after one call",
    async (kind) => {
      const shopee = refusing(["A3"], kind)

      await expect(shopee.read(FIFTY)).rejects.toMatchObject({ kind })
      expect(shopee.calls).toHaveLength(1)
    }
  )

  it("trouble that begins while the bad order is looked for is thrown as well", async () => {
    let calls = 0
    const shopee = new FakeShopee(() => {
      calls += 1
      throw refusal(calls === 1 ? "not_found" : "transient")
    })

    await expect(shopee.read(FIFTY)).rejects.toMatchObject({ kind: "transient" })
  })

  it("an error of our own is thrown", async () => {
    const shopee = new FakeShopee(() => {
      throw new TypeError("a bug")
    })

    await expect(shopee.read(["A1", "A2"])).rejects.toThrow(TypeError)
  })
})
