import type { SandboxOrder } from "../../sandbox/control-client"
import { compareOrder, compareOrders } from "../compare"
import type { MedusaAddress, MedusaOrder } from "../medusa-orders"
import { medusaOrder, shopeeLine, shopeeOrder } from "./order-samples"

const fieldsOf = (shopee: SandboxOrder, medusa: MedusaOrder | null) =>
  compareOrder(shopee, medusa).differences.map(({ field }) => field)

const address = (fields: Partial<MedusaAddress>): Partial<MedusaOrder> => ({
  shipping_address: { ...(medusaOrder().shipping_address as MedusaAddress), ...fields },
})

const nothingCaptured = { payment_collections: [{ captured_amount: 0, refunded_amount: 0 }] }
const refunded = { payment_collections: [{ captured_amount: 21.99, refunded_amount: 21.99 }] }
const unpaid = { paid: false, pay_time: null, total_amount: undefined }

describe("comparing an order of Shopee's with Medusa's", () => {
  it("finds no difference between equal ones", () => {
    expect(compareOrder(shopeeOrder(), medusaOrder())).toEqual({
      ordersn: "261123ABCDEFGH",
      shopeeStatus: "READY_TO_SHIP",
      medusa: { status: "pending", payment: "captured", total: "21.99" },
      shopeeTotal: "21.99",
      lines: 1,
      differences: [],
    })
  })

  it("says that an order is missing", () => {
    expect(compareOrder(shopeeOrder(), null).differences).toEqual([{ field: "order", shopee: "one", medusa: "none" }])
  })

  it("says what both sides have of the field that differs", () => {
    expect(compareOrder(shopeeOrder(), medusaOrder({ total: 21.98 })).differences).toEqual([
      { field: "total", shopee: "21.99", medusa: "21.98" },
    ])
  })

  it.each<[string, Partial<MedusaOrder>]>([
    ["status", { status: "canceled" }],
    ["payment", { payment_status: "not_paid" }],
    ["money held", { payment_collections: [{ captured_amount: 21.98, refunded_amount: 0 }] }],
    ["money held", { payment_collections: [{ captured_amount: 21.99, refunded_amount: 0.01 }] }],
    ["money held", { payment_collections: [] }],
    ["fulfilment", { fulfillment_status: "fulfilled" }],
    ["total", { total: 22 }],
    ["currency", { currency_code: "usd" }],
    ["lines", { items: [{ variant_sku: "DRAKE-NM", quantity: 1, unit_price: 10 }] }],
    ["lines", { items: [{ variant_sku: "DRAKE-LP", quantity: 2, unit_price: 10 }] }],
    ["lines", { items: [] }],
    ["customer", { customer: { id: "cus_2", email: "shopee-78@buyers.exzentcg.local" } }],
    ["customer", { customer: null }],
    ["e-mail", { email: null }],
    ["channel", { sales_channel: { name: "Default Sales Channel" } }],
    ["name", address({ first_name: "Tan" })],
    ["last name", address({ last_name: "Ming" })],
    ["address", address({ address_1: "Blk 118" })],
    ["address", { shipping_address: null }],
    ["postal code", address({ postal_code: "" })],
    ["phone", address({ phone: null })],
    ["country", address({ country_code: "my" })],
  ])("finds a difference of the %s in %j", (field, fields) => {
    expect(fieldsOf(shopeeOrder(), medusaOrder(fields))).toContain(field)
  })

  it("takes the SKU of the item when there are no variations, and ignores the sequence of lines", () => {
    const lines = [shopeeLine({ model_sku: "", item_sku: "SLEEVES", model_quantity_purchased: 1 }), shopeeLine()]
    const items = [
      { variant_sku: "DRAKE-NM", quantity: 2, unit_price: 10 },
      { variant_sku: "SLEEVES", quantity: 1, unit_price: 10 },
    ]
    expect(fieldsOf(shopeeOrder({ item_list: lines }), medusaOrder({ items }))).toEqual([])
  })

  it("doesn't take the line of buyer fees for goods", () => {
    const items = [...medusaOrder().items, { variant_sku: null, quantity: 1, unit_price: 0.5 }]
    expect(fieldsOf(shopeeOrder(), medusaOrder({ items }))).toEqual([])
  })

  it("asks of an unpaid order lines and shipping, with the list price where a bundle says 0", () => {
    const bundle = shopeeLine({ model_discounted_price: 0, model_original_price: 12, model_quantity_purchased: 1 })
    const shopee = shopeeOrder({ ...unpaid, order_status: "UNPAID", item_list: [shopeeLine(), bundle] })
    const items = [...medusaOrder().items, { variant_sku: "DRAKE-NM", quantity: 1, unit_price: 12 }]
    const medusa = medusaOrder({ payment_status: "not_paid", total: 33.99, items, ...nothingCaptured })
    expect(compareOrder(shopee, medusa)).toMatchObject({ shopeeTotal: "33.99", differences: [] })
    expect(fieldsOf(shopee, { ...medusa, total: 21.99 })).toEqual(["total"])
  })

  it("asks of cash on delivery that nothing is captured before the goods arrive", () => {
    const shopee = shopeeOrder({ cod: true, paid: false })
    expect(fieldsOf(shopee, medusaOrder({ payment_status: "not_paid", ...nothingCaptured }))).toEqual([])
    expect(fieldsOf(shopee, medusaOrder())).toEqual(["payment", "money held", "captured"])
  })

  describe("that was cancelled", () => {
    const cancelled = shopeeOrder({ order_status: "CANCELLED" })
    const medusa = medusaOrder({ status: "canceled", total: 0, payment_status: "refunded", ...refunded })

    it("wants the money back, and reads what it would have cost from its parts", () => {
      expect(fieldsOf(cancelled, medusa)).toEqual([])
      expect(fieldsOf(cancelled, { ...medusa, item_total: 19 })).toEqual(["total"])
      expect(fieldsOf(cancelled, { ...medusa, payment_status: "captured" })).toEqual(["payment"])
      expect(fieldsOf(cancelled, medusaOrder())).toEqual(["status", "payment", "money held"])
    })

    it("calls the payment cancelled when nothing was captured", () => {
      const neverPaid = shopeeOrder({ ...unpaid, order_status: "CANCELLED" })
      const closed = { ...medusa, ...nothingCaptured, payment_status: "canceled" }
      expect(fieldsOf(neverPaid, closed)).toEqual([])
      expect(fieldsOf(neverPaid, { ...closed, payment_status: "refunded" })).toEqual(["payment"])
      expect(fieldsOf(neverPaid, medusa)).toEqual(["captured"])
    })
  })

  it("judges no status that it has no rule for", () => {
    expect(fieldsOf(shopeeOrder({ order_status: "IN_CANCEL" }), medusaOrder())).toEqual(["status"])
  })

  it("accepts the mask, or the clear text from before, where Shopee masks", () => {
    const hidden = { first_name: "****", address_1: "****", postal_code: "****", phone: "****" }
    const masked = shopeeOrder({ masked: true })
    expect(fieldsOf(masked, medusaOrder(address(hidden)))).toEqual([])
    expect(fieldsOf(masked, medusaOrder())).toEqual([])
    expect(fieldsOf(masked, medusaOrder(address({ phone: "" })))).toEqual(["phone"])
    expect(fieldsOf(shopeeOrder(), medusaOrder(address(hidden)))).toEqual(["name", "address", "postal code", "phone"])
  })

  it("accepts a partial mask only where it fits the clear text", () => {
    const masked = shopeeOrder({ masked: "partial" })
    expect(fieldsOf(masked, medusaOrder(address({ first_name: "T******g", phone: "******67" })))).toEqual([])
    expect(fieldsOf(masked, medusaOrder(address({ first_name: "L******g", phone: "******68" })))).toEqual([
      "name",
      "phone",
    ])
  })
})

describe("comparing all orders", () => {
  it("finds an order that Medusa has twice", () => {
    const [order] = compareOrders([shopeeOrder()], [medusaOrder(), medusaOrder({ id: "order_2" })])
    expect(order?.differences).toEqual([{ field: "order", shopee: "one", medusa: "2" }])
  })

  it("finds an order that Shopee doesn't know", () => {
    const compared = compareOrders([shopeeOrder()], [medusaOrder(), medusaOrder({ custom_display_id: "SHP-OTHER" })])
    expect(compared.map(({ ordersn, differences }) => [ordersn, differences.length])).toEqual([
      ["261123ABCDEFGH", 0],
      ["OTHER", 1],
    ])
  })
})
