import type { ReturnGoods } from "../../types/normalized-return"
import { NormalizationError } from "../normalization-error"
import { isFinalReturn, normalizeShopeeReturn } from "../return"

/** A made-up return with the shape of Shopee's `get_return_detail`. */
const shopeeReturn = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  return_sn: "2603020RETURN01",
  order_sn: "260301ABCDEF08",
  status: "PROCESSING",
  reason: "ITEM_DAMAGED",
  text_reason: "a corner is bent",
  refund_amount: 12.5,
  currency: "SGD",
  create_time: 1772400000,
  update_time: 1772400100,
  due_date: 1772500000,
  tracking_number: "RNSG0001",
  needs_logistics: true,
  return_solution: 0,
  return_refund_request_type: 0,
  return_refund_type: "NORMAL",
  validation_type: "seller_validation",
  logistics_status: "LOGISTICS_PICKUP_DONE",
  user: { username: "drake_fan", email: "****" },
  return_pickup_address: { name: "Mei Ling Tan", address: "12 Example Street" },
  item: [{ item_id: 71, model_id: 81, amount: 1, item_sku: "ADR", variation_sku: "ADR-EN", refund_amount: 12.5 }],
  ...fields,
})

describe("a return of Shopee", () => {
  it("is read into our terms, and nothing of the buyer with it", () => {
    const found = normalizeShopeeReturn(shopeeReturn())
    expect(found).toEqual({
      return_sn: "2603020RETURN01",
      ordersn: "260301ABCDEF08",
      status: "PROCESSING",
      reason: "ITEM_DAMAGED",
      refund_amount: "12.5",
      currency: "SGD",
      goods: "awaited",
      after_completion: false,
      disputed: false,
      due_at: new Date(1772500000_000),
      logistics_status: "LOGISTICS_PICKUP_DONE",
      tracking_number: "RNSG0001",
      items: [{ item_id: "71", model_id: "81", quantity: 1, sku: "ADR-EN" }],
      requested_at: new Date(1772400000_000),
      updated_at: new Date(1772400100_000),
    })
    expect(JSON.stringify(found)).not.toMatch(/drake_fan|Mei Ling|corner/)
  })

  it.each<[string, Record<string, unknown>, ReturnGoods]>([
    ["on their way", {}, "awaited"],
    ["delivered", { logistics_status: "LOGISTICS_DELIVERY_DONE" }, "returned"],
    ["delivered, by the newer field", { reverse_logistic_status: "LOGISTICS_DELIVERY_DONE" }, "returned"],
    ["delivered, by its other spelling", { reverse_logistics_status: "LOGISTICS_DELIVERY_DONE" }, "returned"],
    [
      "on their way by the newer field",
      { reverse_logistic_status: "LOGISTICS_READY", logistics_status: "LOGISTICS_DELIVERY_DONE" },
      "awaited",
    ],
    [
      "back from the door",
      { return_refund_request_type: 2, needs_logistics: false, reverse_logistic_status: "Delivered" },
      "returned",
    ],
    [
      "lost on the way to the buyer",
      { return_refund_request_type: 1, needs_logistics: false, reverse_logistic_status: "Lost" },
      "lost",
    ],
    [
      "at Shopee's warehouse",
      { validation_type: "warehouse_validation", logistics_status: "LOGISTICS_DELIVERY_DONE" },
      "at_warehouse",
    ],
    ["kept by the buyer", { return_solution: 1 }, "none"],
    ["kept by the buyer, by name", { return_solution: "REFUND" }, "none"],
    ["never received", { needs_logistics: false }, "none"],
    ["of unknown whereabouts", { needs_logistics: undefined, logistics_status: undefined }, "awaited"],
  ])("goods %s are told apart", (_, fields, goods) => {
    expect(normalizeShopeeReturn(shopeeReturn(fields)).goods).toBe(goods)
  })

  it("is disputed while Shopee decides or the seller owes evidence", () => {
    const disputed = (fields: Record<string, unknown>) => normalizeShopeeReturn(shopeeReturn(fields)).disputed
    expect(disputed({ status: "JUDGING" })).toBe(true)
    expect(disputed({ status: "SELLER_DISPUTE" })).toBe(true)
    expect(disputed({ seller_proof: { seller_proof_status: "PENDING", seller_evidence_deadline: 1772600000 } })).toBe(
      true
    )
    expect(disputed({ status: "CLOSED", seller_proof: { seller_proof_status: "PENDING" } })).toBe(false)
  })

  it("names no amount when Shopee's is absent or negative, and keeps one to the cent", () => {
    const amount = (refund_amount: unknown) => normalizeShopeeReturn(shopeeReturn({ refund_amount })).refund_amount
    expect([amount(null), amount(-1), amount("x")]).toEqual([null, null, null])
    expect([amount(0), amount(13.97), amount("13.97")]).toEqual(["0", "13.97", "13.97"])
  })

  it("is over once nothing can change: paid with its goods settled, closed or cancelled", () => {
    expect(isFinalReturn({ status: "REFUND_PAID", goods: "awaited" })).toBe(false)
    expect(isFinalReturn({ status: "REFUND_PAID", goods: "returned" })).toBe(true)
    expect(isFinalReturn({ status: "CLOSED", goods: "awaited" })).toBe(true)
    expect(isFinalReturn({ status: "CANCELLED", goods: "awaited" })).toBe(true)
    expect(isFinalReturn({ status: "NEXT_YEARS_STATUS", goods: "returned" })).toBe(false)
  })

  it.each(["return_sn", "order_sn", "status", "update_time"])(
    "without %s it can't be followed, and the error names the field",
    (field) => {
      expect(() => normalizeShopeeReturn(shopeeReturn({ [field]: undefined }))).toThrow(NormalizationError)
      expect(() => normalizeShopeeReturn(shopeeReturn({ [field]: undefined }))).toThrow(`return.${field}`)
    }
  )
})
