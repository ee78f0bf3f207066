import { shopeeOrder } from "../../normalizers/__tests__/shopee-order-samples"
import { normalizeShopeeOrder } from "../../normalizers/order"
import { paymentTarget } from "../order-target"

const target = (fields: Record<string, unknown>) => paymentTarget(normalizeShopeeOrder(shopeeOrder(fields)))
const UNPAID_FACTS = { pay_time: null, total_amount: null }

/** The payment column of the status contract (product paper §6.1). */
describe("paymentTarget", () => {
  it.each([
    "READY_TO_SHIP",
    "PENDING",
    "PROCESSED",
    "RETRY_SHIP",
    "SHIPPED",
    "TO_CONFIRM_RECEIVE",
    "TO_RETURN",
    "COMPLETED",
  ])("%s is captured, so its total must be known", (order_status) => {
    expect(target({ order_status })).toEqual({ captured: true, cancelled: false, priced: true })
  })

  it.each([
    "READY_TO_SHIP",
    "PENDING",
    "PROCESSED",
    "RETRY_SHIP",
    "SHIPPED",
    "TO_CONFIRM_RECEIVE",
    "TO_RETURN",
    "IN_CANCEL",
  ])("%s of a cash-on-delivery order is not captured yet, and its total need not be known", (order_status) => {
    const facts = { captured: false, cancelled: false, priced: false }
    expect(target({ order_status, cod: true, pay_time: null })).toEqual(facts)
    expect(target({ order_status, cod: true, ...UNPAID_FACTS })).toEqual(facts)
  })

  it("COMPLETED captures cash on delivery too", () => {
    expect(target({ order_status: "COMPLETED", cod: true })).toEqual({ captured: true, cancelled: false, priced: true })
  })

  it.each(["READY_TO_SHIP", "PROCESSED", "RETRY_SHIP", "SHIPPED", "TO_CONFIRM_RECEIVE", "TO_RETURN", "COMPLETED"])(
    "%s asks neither for a time of payment nor for a total to be captured",
    (order_status) => {
      expect(target({ order_status, ...UNPAID_FACTS })).toEqual({ captured: true, cancelled: false, priced: true })
    }
  )

  it.each([{}, { pay_time: null, total_amount: 0 }, { cod: true }])("UNPAID is not captured (%j)", (fields) => {
    expect(target({ order_status: "UNPAID", ...fields })).toEqual({ captured: false, cancelled: false, priced: false })
  })

  it.each([{}, UNPAID_FACTS, { cod: true }])("CANCELLED is cancelled, whatever was paid (%j)", (fields) => {
    expect(target({ order_status: "CANCELLED", ...fields })).toEqual({
      captured: false,
      cancelled: true,
      priced: false,
    })
  })

  it("IN_CANCEL of a paid order is as READY_TO_SHIP", () => {
    expect(target({ order_status: "IN_CANCEL" })).toEqual({ captured: true, cancelled: false, priced: true })
  })

  it.each(["INVOICE_PENDING", "NEXT_YEARS_STATUS"])(
    "%s is as READY_TO_SHIP when paid, else as UNPAID",
    (order_status) => {
      expect(target({ order_status })).toEqual({ captured: true, cancelled: false, priced: true })
      expect(target({ order_status, total_amount: null })).toEqual({ captured: true, cancelled: false, priced: true })
      expect(target({ order_status, ...UNPAID_FACTS })).toEqual({ captured: false, cancelled: false, priced: false })
    }
  )
})
