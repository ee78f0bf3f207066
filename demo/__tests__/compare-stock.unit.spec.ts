import { compareStock } from "../compare-stock"
import { shopeeLine, shopeeOrder } from "./order-samples"

const initial = new Map([["DRAKE-NM", 3]])
const level = (stocked: number, reserved: number) => [{ sku: "DRAKE-NM", stocked, reserved }]

describe("comparing the stock", () => {
  it("wants the pieces of open orders reserved, and no others", () => {
    const orders = ["UNPAID", "READY_TO_SHIP", "CANCELLED"].map((order_status) => shopeeOrder({ order_status }))
    expect(compareStock(orders, initial, level(3, 4))).toEqual({
      expectedReserved: 4,
      reserved: 4,
      oversold: ["DRAKE-NM"],
      differences: [],
    })
    expect(compareStock(orders, initial, level(3, 6)).differences).toEqual([
      { sku: "DRAKE-NM", expected: { stocked: 3, reserved: 4 }, found: { stocked: 3, reserved: 6 } },
    ])
  })

  it("wants the pieces of packed orders gone from the stock", () => {
    const orders = [shopeeOrder({ order_status: "PROCESSED" })]
    expect(compareStock(orders, initial, level(1, 0)).differences).toEqual([])
    expect(compareStock(orders, initial, level(3, 2)).differences).toHaveLength(1)
  })

  it("leaves out pieces that were cancelled", () => {
    const orders = [shopeeOrder({ item_list: [shopeeLine({ cancelled_qty: 1 })] })]
    expect(compareStock(orders, initial, level(3, 1)).differences).toEqual([])
  })

  it("misses a SKU that Medusa has no stock of", () => {
    expect(compareStock([shopeeOrder()], initial, []).differences).toEqual([
      { sku: "DRAKE-NM", expected: { stocked: 3, reserved: 2 }, found: null },
    ])
  })

  it("finds reservations of a SKU that nobody ordered", () => {
    const levels = [...level(3, 2), { sku: "OTHER", stocked: 1, reserved: 1 }]
    expect(compareStock([shopeeOrder()], initial, levels).differences.map(({ sku }) => sku)).toEqual(["OTHER"])
  })
})
