import { normalizeShopeeEscrow, readEscrowIncome } from "../escrow"
import { NormalizationError } from "../normalization-error"

const income = {
  escrow_amount: 41.27,
  original_price: 50,
  seller_discount: 5,
  shopee_discount: 1.5,
  voucher_from_seller: 2,
  voucher_from_shopee: 3,
  commission_fee: 1.13,
  service_fee: 0.6,
  seller_transaction_fee: 0.9,
  credit_card_transaction_fee: 0.9,
  actual_shipping_fee: 1.49,
  seller_lost_compensation: 0.25,
  buyer_total_amount: 44.99,
  items: [],
}

const detail = (fields: Record<string, unknown> = {}, order_sn = "260301ABCDEF09") => ({
  order_sn,
  buyer_user_name: "drake_fan",
  order_income: { ...income, ...fields },
})

const fetchedAt = new Date("2026-03-09T04:00:00Z")

describe("normalizeShopeeEscrow", () => {
  it("gives a row of shopee_escrow", () => {
    const response = { error: "", message: "", request_id: "r1", response: detail() }
    expect(normalizeShopeeEscrow(response, "SGD", fetchedAt)).toEqual({
      ordersn: "260301ABCDEF09",
      escrow_amount: 41.27,
      original_price: 50,
      seller_discount: 5,
      shopee_discount: 1.5,
      voucher_from_seller: 2,
      voucher_from_shopee: 3,
      commission_fee: 1.13,
      service_fee: 0.6,
      seller_transaction_fee: 0.9,
      actual_shipping_fee: 1.49,
      seller_lost_compensation: 0.25,
      buyer_total_amount: 44.99,
      currency: "SGD",
      escrow_release_time: null,
      raw_escrow_payload: response,
      fetched_at: fetchedAt,
    })
  })

  it.each([
    ["without the wrapper", detail()],
    ["of the batch call", { escrow_detail: detail() }],
    ["in a wrapper of both", { response: { escrow_detail: detail() } }],
    ["with blanks around its keys", { response: { "order_sn ": "260301ABCDEF09", "order_income ": income } }],
  ])("reads an answer %s, and keeps it whole", (_name, response) => {
    const row = normalizeShopeeEscrow(response, "SGD", fetchedAt)
    expect(row).toMatchObject({ ordersn: "260301ABCDEF09", escrow_amount: 41.27 })
    expect(row.raw_escrow_payload).toBe(response)
    expect(readEscrowIncome(response)).toEqual(income)
  })

  it.each([undefined, null, {}, { order_income: [] }])("finds no income in %p", (response) => {
    expect(readEscrowIncome(response)).toBeNull()
  })

  it.each([undefined, null, "", "-"])("takes an amount of %p for 0", (amount) => {
    expect(normalizeShopeeEscrow(detail({ service_fee: amount }), "SGD").service_fee).toBe(0)
  })

  it("takes every absent amount for 0", () => {
    const row = normalizeShopeeEscrow({ order_sn: "A1", order_income: {} }, "SGD", fetchedAt)
    const amounts = Object.values(row).filter((value) => typeof value === "number")
    expect(amounts).toEqual(new Array(12).fill(0))
  })

  it("turns Shopee's literal -0 into 0", () => {
    const response: unknown = JSON.parse(
      JSON.stringify(detail()).replace('"voucher_from_shopee":3', '"voucher_from_shopee":-0')
    )
    expect(Object.is(normalizeShopeeEscrow(response, "SGD").voucher_from_shopee, 0)).toBe(true)
  })

  it("keeps negative amounts and reads amounts that come as text", () => {
    const row = normalizeShopeeEscrow(detail({ escrow_amount: -17.35, commission_fee: "1.13" }), "SGD")
    expect(row).toMatchObject({ escrow_amount: -17.35, commission_fee: 1.13 })
  })

  it("counts the transaction fee once, under whichever name it comes", () => {
    expect(normalizeShopeeEscrow(detail(), "SGD").seller_transaction_fee).toBe(0.9)
    expect(normalizeShopeeEscrow(detail({ seller_transaction_fee: undefined }), "SGD").seller_transaction_fee).toBe(0.9)
    expect(normalizeShopeeEscrow(detail({ seller_transaction_fee: 0 }), "SGD").seller_transaction_fee).toBe(0)
  })

  it("finds the buyer's total among the payment facts when the income has none", () => {
    const response = { ...detail({ buyer_total_amount: undefined }), buyer_payment_info: { buyer_total_amount: 44.99 } }
    expect(normalizeShopeeEscrow(response, "SGD").buyer_total_amount).toBe(44.99)
  })

  it("never takes a release time: only the escrow list knows it", () => {
    expect(normalizeShopeeEscrow(detail({ escrow_release_time: 1772330000 }), "SGD").escrow_release_time).toBeNull()
  })

  it.each([
    ["order_sn", {}],
    ["order_sn", null],
    ["order_sn", "ok"],
    ["order_sn", { response: null }],
    ["order_sn", { order_sn: "a b", order_income: income }],
    ["order_income", { order_sn: "A1" }],
    ["order_income", { order_sn: "A1", order_income: [] }],
    ["order_income.escrow_amount", detail({ escrow_amount: "a lot" })],
    ["order_income.commission_fee", detail({ commission_fee: {} })],
  ])("refuses an answer without a usable %s", (field, response) => {
    expect.assertions(2)
    try {
      normalizeShopeeEscrow(response, "SGD")
    } catch (error) {
      expect(error).toBeInstanceOf(NormalizationError)
      expect(error).toMatchObject({ field })
    }
  })

  it("is fetched now when nobody says otherwise", () => {
    const before = Date.now()
    const { fetched_at } = normalizeShopeeEscrow(detail(), "SGD")
    expect(fetched_at.getTime()).toBeGreaterThanOrEqual(before)
    expect(fetched_at.getTime()).toBeLessThanOrEqual(Date.now())
  })
})
