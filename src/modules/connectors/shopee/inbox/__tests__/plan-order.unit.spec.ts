import { shopeeOrder, shopeePackage } from "../../normalizers/__tests__/shopee-order-samples"
import { NormalizationError } from "../../normalizers/normalization-error"
import { normalizeShopeeOrder } from "../../normalizers/order"
import { UnpriceableOrderError } from "../../planner/price-order"
import type { OrderClaim } from "../../types/inbox"
import type { PlanStep } from "../../types/plan"
import { failed, type OrderRead, succeeded } from "../order-work"
import { planOrder } from "../plan-order"

const ORDERSN = "260301ABCDEF08"

const claim: OrderClaim = {
  id: "sosync_1",
  claimId: "c1",
  shopId: "7001",
  ordersn: ORDERSN,
  dueVersion: 1,
  attempts: 0,
  firstFailedAt: null,
  medusaOrderId: null,
  shopeeUpdateTime: null,
  heardUpdateTime: null,
  rereads: 0,
  lastRawEventId: null,
}

const read = (fields: Record<string, unknown> = {}, tracking: [string, string][] = []): OrderRead => ({
  claim,
  order: normalizeShopeeOrder(shopeeOrder(fields)),
  trackingNumbers: new Map(tracking),
})

/** From a reading to what has to be done: payment, price, parcels and completion come together here. */
describe("planOrder", () => {
  it("plans the import of an order that Medusa does not have, at what the buyer pays", () => {
    const work = planOrder(read(), null)

    expect(work).toMatchObject({ claim, current: null, steps: [{ kind: "create", reserve: true, capture: true }] })
    expect(work.target).toMatchObject({ captured: true, cancelled: false, completed: false, total: "333.29" })
    expect(work.price.total).toBe("333.29")
  })

  it("gives each parcel the tracking number that was told of it", () => {
    const package_list = [shopeePackage({ package_number: "P1" })]
    const { target } = planOrder(read({ order_status: "SHIPPED", package_list }, [["P1", "TRK1"]]), null)

    expect(target.packages).toMatchObject([{ packageNumber: "P1", stage: "shipped", trackingNumber: "TRK1" }])
  })

  it.each(["PROCESSED", "SHIPPED", "TO_CONFIRM_RECEIVE", "TO_RETURN", "CANCELLED", "NEXT_YEARS_STATUS"])(
    "%s does not complete an order",
    (order_status) => {
      expect(planOrder(read({ order_status }), null).target.completed).toBe(false)
    }
  )

  it("an order for nothing that was cancelled after it had left is worth nothing, and nothing is captured of it", () => {
    const package_list = [shopeePackage({ logistics_status: "LOGISTICS_DELIVERY_FAILED" })]
    const { target } = planOrder(read({ order_status: "CANCELLED", total_amount: 0, package_list }), null)

    expect(target).toMatchObject({ cancelled: true, total: "0.00" })
  })

  it("COMPLETED completes an order", () => {
    expect(planOrder(read({ order_status: "COMPLETED" }), null).target.completed).toBe(true)
  })

  it("counts money in the currency's own digits", () => {
    const dong = { currency: "VND", total_amount: 52_600, estimated_shipping_fee: 2_600 }

    expect(planOrder(read({ total_amount: 333.5 }), null).target.total).toBe("333.50")
    expect(planOrder(read(dong), null).target.total).toBe("52600")
  })

  it("holds an order whose currency Medusa does not have", () => {
    expect(() => planOrder(read({ currency: "XXQ" }), null)).toThrow(NormalizationError)
  })

  it("holds a paid order without a total, and no order that is not paid", () => {
    expect(() => planOrder(read({ total_amount: null }), null)).toThrow(UnpriceableOrderError)
    expect(planOrder(read({ order_status: "UNPAID", total_amount: null, pay_time: null }), null).steps).toHaveLength(1)
  })
})

describe("an order's outcome", () => {
  const REPORT: PlanStep = { kind: "report", problem: "cancelled_after_shipping" }

  it("tells what a person has to look at, although nothing failed", () => {
    const { order } = read()

    expect(succeeded({ claim, order, steps: [{ kind: "refund" }, REPORT] }, "order_1", ["SKU-1"])).toEqual({
      claim,
      succeeded: true,
      order,
      medusaOrderId: "order_1",
      oversoldSkus: ["SKU-1"],
      problems: [REPORT],
      returnSns: [],
      hasReadReturns: false,
    })
    expect(succeeded({ claim, order, steps: [{ kind: "link" }] }, "order_1")).toMatchObject({
      oversoldSkus: [],
      problems: [],
    })
  })

  it("keeps why it failed", () => {
    const error = new Error("out of order")

    expect(failed(claim, error)).toEqual({ claim, succeeded: false, error })
  })
})
