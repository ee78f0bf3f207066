import { clickedRow } from "../clicked-row"

interface Order {
  ordersn: string
}

describe("clickedRow", () => {
  it("is our entry, handed out as it is or inside the table's row", () => {
    expect(clickedRow<Order>({ ordersn: "A1" })).toEqual({ ordersn: "A1" })
    expect(clickedRow<Order>({ original: { ordersn: "A1" } })).toEqual({ ordersn: "A1" })
  })
})
