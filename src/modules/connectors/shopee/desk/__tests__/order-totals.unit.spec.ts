import { toOrderTotal } from "../order-totals"

const order = (facts: object) => ({ id: "order_1", status: "pending", currency_code: "sgd", ...facts })

describe("toOrderTotal", () => {
  it("is what the order costs now, to the cent, with its currency", () => {
    const summary = { current_order_total: 12.3, original_order_total: 15 }
    expect(toOrderTotal(order({ summary }))).toEqual({ amount: "12.3", currency: "SGD" })
  })

  it("is what a cancelled order was to cost: Medusa sets its present total to 0", () => {
    const summary = { current_order_total: 0, original_order_total: 15 }
    expect(toOrderTotal(order({ status: "canceled", summary }))).toEqual({ amount: "15", currency: "SGD" })
  })

  it("is nothing while Medusa has no summary", () => {
    expect(toOrderTotal(order({}))).toBeNull()
    expect(toOrderTotal(order({ summary: null }))).toBeNull()
  })
})
