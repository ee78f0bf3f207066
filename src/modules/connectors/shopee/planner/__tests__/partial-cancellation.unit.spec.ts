import { shopeeItem, shopeeOrder, shopeePackage } from "../../normalizers/__tests__/shopee-order-samples"
import { normalizeShopeeOrder } from "../../normalizers/order"
import { contactOf } from "../../mappers/order-import"
import { planOrder } from "../../inbox/plan-order"
import type { FulfillmentView, MedusaOrderView, OrderLineView } from "../../types/plan"
import { identifyLines, isPartlyCancelled, keptQuantities } from "../line-targets"

const item = (id: number, bought: number, fields: Record<string, unknown> = {}) =>
  shopeeItem({
    ...{ item_id: id, model_id: id + 10, order_item_id: id, line_item_id: id * 100 },
    ...{ model_quantity_purchased: bought, model_discounted_price: 10, promotion_type: "" },
    ...fields,
  })

const parcel = (package_number: string, logistics_status: string, ...ids: [id: number, quantity: number][]) =>
  shopeePackage({
    package_number,
    logistics_status,
    item_list: ids.map(([id, model_quantity]) => ({
      item_id: id,
      model_id: id + 10,
      order_item_id: id,
      model_quantity,
    })),
  })

/** Three pieces of line 1 and one of line 2, 10.00 each, without shipping. */
const read = (fields: Record<string, unknown> = {}) => ({
  claim: {
    ...{ id: "sosync_1", claimId: "c1", shopId: "7001", ordersn: "260301ABCDEF08", dueVersion: 1, attempts: 0 },
    ...{ firstFailedAt: null, medusaOrderId: null, shopeeUpdateTime: null, heardUpdateTime: null, rereads: 0 },
    lastRawEventId: null,
  },
  order: normalizeShopeeOrder(
    shopeeOrder({
      estimated_shipping_fee: 0,
      total_amount: 40,
      item_list: [item(1, 3), item(2, 1)],
      package_list: [],
      ...fields,
    })
  ),
  trackingNumbers: new Map<string, string>(),
})

const cancelled = (first: number, second = 0) => ({
  item_list: [
    item(1, 3, { active_qty: 3 - first, cancelled_qty: first }),
    item(2, 1, { active_qty: 1 - second, cancelled_qty: second }),
  ],
})

const line = (id: number, quantity: number, fields: Partial<OrderLineView> = {}): OrderLineView => ({
  ...{ lineId: `ordli_${id}`, key: String(id * 100), itemKey: `${id}:${id}:${id + 10}:0`, quantity },
  ...{ fulfilled: 0, shipped: 0, piecesPerUnit: 1 },
  ...fields,
})

/** The order as it was imported and captured, whole. */
const medusa = (fields: Partial<MedusaOrderView> = {}): MedusaOrderView => ({
  ...{ id: "order_1", status: "pending", currencyCode: "sgd", total: "40.00", stockedLines: [], linked: true },
  lines: [line(1, 3), line(2, 1)],
  fulfillments: [],
  unlinkedPackages: [],
  contact: contactOf(read().order),
  copies: { order: "SHP-260301ABCDEF08", lines: [], held: [] },
  payment: { collectionId: "pay_col_1", collectionAmount: "40", capturedAmount: "40", refundedAmount: "0" },
  ...fields,
})

const paid = (captured: string, refunded = "0"): MedusaOrderView["payment"] => ({
  ...{ collectionId: "pay_col_1", collectionAmount: "40" },
  ...{ capturedAmount: captured, refundedAmount: refunded },
})

const packedIn = (packageNumber: string | null, items: [id: number, quantity: number][], shipped = false) =>
  ({
    ...{ id: `ful_${packageNumber ?? "hand"}`, packageNumber, shipped, delivered: false, trackingNumber: null },
    items: items.map(([id, quantity]) => ({ lineId: `ordli_${id}`, quantity })),
  }) satisfies FulfillmentView

/** What follows when Shopee cancels pieces of an order (docs/decisions/0022-partial-cancellation.md). */
describe("a partial cancellation", () => {
  it("is one only while some pieces are left and the order is not cancelled", () => {
    expect(isPartlyCancelled(read(cancelled(2)).order)).toBe(true)
    expect(isPartlyCancelled(read(cancelled(3, 1)).order)).toBe(false)
    expect(isPartlyCancelled(read({ ...cancelled(3, 1), order_status: "CANCELLED" }).order)).toBe(false)
    expect(isPartlyCancelled(read().order)).toBe(false)
    expect([...keptQuantities(read(cancelled(3, 1)).order).values()]).toEqual([3, 1])
  })

  it("that is only asked for has no effect", () => {
    const item_list = [item(1, 3, { active_qty: 1, cancelled_qty: 0, cancel_requested_qty: 2 }), item(2, 1)]

    expect(planOrder(read({ item_list }), medusa()).steps).toEqual([])
  })

  it("before the import leaves what is left, at Shopee's total", () => {
    const { steps, price, target } = planOrder(read({ ...cancelled(2, 1), total_amount: 9.5 }), null)

    expect(steps).toEqual([{ kind: "create", reserve: true, capture: true }])
    expect(price).toMatchObject({ total: "9.50", lines: [{ quantity: 1, adjustment: "0.50" }, { quantity: 0 }] })
    expect(target.partlyCancelled).toBe(true)
  })

  it("before payment amends the order to what is left", () => {
    const unpaid = { order_status: "UNPAID", total_amount: null, pay_time: null }
    const { steps, target } = planOrder(read({ ...cancelled(2), ...unpaid }), medusa({ payment: paid("0") }))

    expect(steps).toEqual([{ kind: "amend", total: "20.00" }])
    expect(target.lines.map(({ quantity }) => quantity)).toEqual([1, 1])
  })

  it("after payment amends the order and gives back the difference, once", () => {
    const reading = read({ ...cancelled(2), total_amount: 20 })
    expect(planOrder(reading, medusa()).steps).toEqual([
      { kind: "amend", total: "20.00" },
      { kind: "refund", keep: "20.00" },
    ])
    const amended = { lines: [line(1, 1), line(2, 1)], total: "20" }
    expect(planOrder(reading, medusa(amended)).steps).toEqual([{ kind: "refund", keep: "20" }])
    expect(planOrder(reading, medusa({ ...amended, payment: paid("40", "20") })).steps).toEqual([])
  })

  it("gives back what the pieces had cost where Shopee's total stays as it was paid", () => {
    // 3 × 10 and 10, less a voucher of 4: line 1 costs 27, a piece of it 9.
    const reading = read({ ...cancelled(2), total_amount: 36 })
    const whole = medusa({ total: "36", payment: paid("36") })
    expect(planOrder(reading, whole).steps).toEqual([
      { kind: "amend", total: "18.00" },
      { kind: "refund", keep: "18.00" },
    ])
    const after = { lines: [line(1, 1), line(2, 1)], total: "18", payment: paid("36", "18") }
    expect(planOrder(reading, medusa(after)).steps).toEqual([])
    const more = planOrder(read({ ...cancelled(3), total_amount: 36 }), medusa(after))
    expect(more.steps).toEqual([
      { kind: "amend", total: "9.00" },
      { kind: "refund", keep: "9.00" },
    ])
  })

  it("follows a total that Shopee lowers later", () => {
    const after = { lines: [line(1, 1), line(2, 1)], total: "18", payment: paid("36", "18") }

    expect(planOrder(read({ ...cancelled(2), total_amount: 17 }), medusa(after)).steps).toEqual([
      { kind: "amend", total: "17.00" },
      { kind: "refund", keep: "17.00" },
    ])
    expect(planOrder(read({ ...cancelled(2), total_amount: 19 }), medusa(after)).steps).toEqual([])
  })

  it("of pieces that cost nothing gives nothing back", () => {
    const item_list = [item(1, 3), item(2, 1, { model_discounted_price: 0, model_original_price: 0, cancelled_qty: 1 })]
    const { steps, target } = planOrder(
      read({ item_list, total_amount: 30 }),
      medusa({ total: "30", payment: paid("30") })
    )

    expect(steps).toEqual([{ kind: "amend", total: "30.00" }])
    expect(target.lines[1]?.quantity).toBe(0)
  })

  it("changes no total while no piece is cancelled", () => {
    expect(planOrder(read({ total_amount: 20 }), medusa()).steps).toEqual([])
  })

  it("reserves what is left of a line that lost its reservation", () => {
    const stocked = (id: number, quantity: number) => ({
      ...{ lineId: `ordli_${id}`, sku: `SKU-${id}`, quantity, reserved: false },
      inventoryItems: [{ inventoryItemId: `iitem_${id}`, requiredQuantity: 1 }],
    })
    const { steps } = planOrder(
      read({ ...cancelled(2, 1), total_amount: 10 }),
      medusa({ stockedLines: [stocked(1, 3), stocked(2, 1)] })
    )

    expect(steps).toContainEqual({ kind: "reserve", lines: [stocked(1, 1)] })
  })

  it("of packed pieces unpacks their parcel, and only that, before anything else", () => {
    const processed = { order_status: "PROCESSED", total_amount: 20 }
    const package_list = [
      parcel("P1", "LOGISTICS_REQUEST_CREATED", [1, 3]),
      parcel("P2", "LOGISTICS_REQUEST_CREATED", [2, 1]),
    ]
    const reading = read({ ...cancelled(2), ...processed, package_list })
    const packed = { lines: [line(1, 3, { fulfilled: 3 }), line(2, 1, { fulfilled: 1 })] }
    const fulfillments = [packedIn("P1", [[1, 3]]), packedIn("P2", [[2, 1]])]

    expect(planOrder(reading, medusa({ ...packed, fulfillments })).steps).toEqual([
      { kind: "unpack", fulfillmentIds: ["ful_P1"] },
    ])
    const [, second] = fulfillments
    const unpacked = { lines: [line(1, 3), line(2, 1, { fulfilled: 1 })], fulfillments: second ? [second] : [] }
    expect(planOrder(reading, medusa(unpacked)).steps.map(({ kind }) => kind)).toEqual(["amend", "refund"])
  })

  it("waits with packed pieces while the status says nothing of parcels", () => {
    const reading = read({ ...cancelled(2), order_status: "IN_CANCEL", total_amount: 20 })
    const packed = { lines: [line(1, 3, { fulfilled: 3 }), line(2, 1)], fulfillments: [packedIn("P1", [[1, 3]])] }
    const { steps, target } = planOrder(reading, medusa(packed))

    expect(steps.map(({ kind }) => kind)).toEqual(["amend", "refund"])
    expect(target.lines[0]).toMatchObject({ quantity: 3, outOfReach: 0 })
  })

  it.each<[string, OrderLineView, FulfillmentView]>([
    ["have left", line(1, 3, { fulfilled: 3, shipped: 3 }), packedIn("P1", [[1, 3]], true)],
    ["were packed by hand", line(1, 3, { fulfilled: 3 }), packedIn(null, [[1, 3]])],
  ])("of pieces that %s keeps them, follows the money, and tells a person", (_, first, fulfillment) => {
    const reading = read({
      ...{ ...cancelled(2), order_status: "SHIPPED", total_amount: 20 },
      package_list: [parcel("P1", "LOGISTICS_PICKUP_DONE", [1, 3])],
    })
    const gone = { lines: [first, line(2, 1, { fulfilled: 1, shipped: 1 })], fulfillments: [fulfillment] }
    expect(planOrder(reading, medusa(gone)).steps).toEqual([
      { kind: "amend", total: "20.00" },
      { kind: "refund", keep: "20.00" },
    ])
    expect(planOrder(reading, medusa({ ...gone, total: "20", payment: paid("40", "20") })).steps).toEqual([
      { kind: "report", problem: "pieces_cancelled_after_shipping" },
    ])
  })

  it("that is followed by the cancellation of the order cancels what Medusa has of it", () => {
    const reading = read({ ...cancelled(3, 1), order_status: "CANCELLED", total_amount: 20 })
    const after = { lines: [line(1, 1), line(2, 1)], total: "20", payment: paid("40", "20") }

    expect(planOrder(reading, medusa(after)).steps).toEqual([{ kind: "cancel" }])
  })
})

describe("a line of the Medusa order", () => {
  const keysOf = (current: MedusaOrderView) =>
    identifyLines(current, read().order.line_items).lines.map(({ lineId, key }) => [lineId, key])

  it("is known by its item key when it was imported before Shopee named it", () => {
    const current = medusa({ lines: [line(1, 3, { key: "1:1:11:0" }), line(2, 1)] })

    expect(keysOf(current)).toEqual([
      ["ordli_1", "100"],
      ["ordli_2", "200"],
    ])
  })

  it("never shares a line of Shopee's with another, and stays unknown when there is none for it", () => {
    const twice = medusa({
      lines: [
        line(1, 3),
        line(9, 1, { key: "1:1:11:0", itemKey: "1:1:11:0" }),
        line(2, 1, { key: "2:2:12:0" }),
        line(8, 1, { key: "x", itemKey: "2:2:12:0" }),
        line(7, 1, { key: null, itemKey: null }),
      ],
    })

    expect(keysOf(twice).map(([, key]) => key)).toEqual(["100", "1:1:11:0", "200", "x", null])
  })
})
