import fc from "fast-check"
import { ShopeeOrderStatus } from "../../types/enums"
import { NormalizationError } from "../normalization-error"
import { normalizeShopeeOrder } from "../order"
import { shopeeAddress, shopeeItem, shopeeOrder, shopeePackage } from "./shopee-order-samples"

const failure = (order: unknown): NormalizationError => {
  try {
    normalizeShopeeOrder(order)
  } catch (error) {
    if (error instanceof NormalizationError) {
      return error
    }
    throw error
  }
  throw new Error("the order was accepted")
}

describe("normalizeShopeeOrder", () => {
  it("gives the whole order in our terms", () => {
    const order = shopeeOrder()
    expect(normalizeShopeeOrder(order)).toEqual({
      ordersn: "260301ABCDEF08",
      shop_id: 0,
      shopee_status: "READY_TO_SHIP",
      currency_code: "sgd",
      region: "SG",
      cod: false,
      total_amount: 333.29,
      estimated_shipping_fee: 1.49,
      payment_method: "Credit/Debit Card",
      message_to_seller: "Please wrap it well",
      created_at: new Date("2026-03-01T01:36:40Z"),
      updated_at: new Date("2026-03-01T01:53:20Z"),
      paid_at: new Date("2026-03-01T01:51:40Z"),
      cancellation: null,
      buyer: { user_id: 55501, username: "drake_fan" },
      shipping_address: {
        first_name: "Mei Ling Tan",
        last_name: "",
        address_1: "12 Sample Walk, #03-45, Singapore 560123",
        address_2: null,
        city: "Singapore",
        postal_code: "560123",
        country_code: "sg",
        province: null,
        phone: "6590000001",
      },
      line_items: [
        {
          key: "700100200:700100200:880001:0",
          item_key: "700100200:700100200:880001:0",
          item_id: "700100200",
          model_id: "880001",
          order_item_id: "700100200",
          sku: "ADR-BOX-EN",
          quantity: 2,
          pieces_per_unit: 1,
          active_quantity: 2,
          cancel_requested_quantity: 0,
          cancelled_quantity: 0,
          return_requested_quantity: 0,
          returned_quantity: 0,
          unit_price: 165.9,
          discounted_price: 165.9,
          original_price: 180.5,
          in_bundle: false,
          title: "Azure Drake booster box",
          model_name: "English, sealed",
          metadata: {
            shopee_item_id: 700100200,
            shopee_model_id: 880001,
            shopee_item_sku: "ADR-BOX",
            shopee_model_name: "English, sealed",
            shopee_original_price: 180.5,
          },
        },
      ],
      packages: [
        {
          package_number: "OFG900000000001",
          logistics_status: "LOGISTICS_READY",
          carrier: "Sample Express",
          tracking_number: null,
          items: [{ item_id: "700100200", model_id: "880001", order_item_id: "700100200", quantity: 2 }],
        },
      ],
      raw: order,
    })
  })

  it("hands back the order untouched as raw", () => {
    const order = shopeeOrder({ "actual_shipping_fee ": null, novelty: { deep: [1] } })
    const before = JSON.stringify(order)
    expect(normalizeShopeeOrder(order).raw).toBe(order)
    expect(JSON.stringify(order)).toBe(before)
  })

  it.each([...Object.values(ShopeeOrderStatus), "PENDING", "INVOICE_PENDING", "SOMETHING_NEW"])(
    "accepts the status %s",
    (order_status) => {
      expect(normalizeShopeeOrder(shopeeOrder({ order_status })).shopee_status).toBe(order_status)
    }
  )

  it("reads an unpaid order, which has neither total nor time of payment", () => {
    for (const nothing of [undefined, null, "", "-"]) {
      const order = shopeeOrder({ order_status: "UNPAID", total_amount: nothing, pay_time: nothing })
      expect(normalizeShopeeOrder(order)).toMatchObject({ total_amount: null, paid_at: null })
    }
    expect(normalizeShopeeOrder(shopeeOrder({ pay_time: 0 })).paid_at).toBeNull()
  })

  it("reads an order that has only the fields an import needs", () => {
    const minimal = {
      order_sn: "260301MINIMAL1",
      order_status: "PROCESSED",
      currency: "BRL",
      update_time: 1772330000,
      item_list: [{ item_id: 1, model_quantity_purchased: 1 }],
    }
    expect(normalizeShopeeOrder(minimal)).toMatchObject({
      shop_id: 0,
      region: null,
      cod: false,
      total_amount: null,
      estimated_shipping_fee: null,
      payment_method: null,
      message_to_seller: null,
      created_at: new Date(1772330000_000),
      buyer: { user_id: null, username: null },
      shipping_address: null,
      packages: [],
      line_items: [{ key: ":1:0:0", sku: null, unit_price: 0, title: "Shopee item 1" }],
    })
  })

  it("tolerates Shopee's drift of types, names and placeholders", () => {
    const order = shopeeOrder({
      "total_amount ": "333.29",
      total_amount: undefined,
      cod: "true",
      create_time: "1772329000",
      cancel_by: "-",
      dropshipper: "",
      invoice_data: { number: 5 },
      package_list: null,
      item_list: [shopeeItem({ product_location_id: "SGZ", promotion_list: null, model_quantity_purchased: "2" })],
    })
    delete order.total_amount
    expect(normalizeShopeeOrder(order)).toMatchObject({
      total_amount: 333.29,
      cod: true,
      created_at: new Date(1772329000_000),
      cancellation: null,
      packages: [],
      line_items: [{ quantity: 2 }],
    })
  })

  it("prefers a clean key to one with a blank, whichever comes first", () => {
    expect(normalizeShopeeOrder({ "total_amount ": 1, ...shopeeOrder() }).total_amount).toBe(333.29)
    expect(normalizeShopeeOrder({ ...shopeeOrder(), "total_amount ": 1 }).total_amount).toBe(333.29)
  })

  it.each(["abc", {}, [], true, Number.NaN])("reads the total %p as none", (total_amount) => {
    expect(normalizeShopeeOrder(shopeeOrder({ total_amount })).total_amount).toBeNull()
  })

  it("keeps a negative total, for the planner to refuse", () => {
    expect(normalizeShopeeOrder(shopeeOrder({ total_amount: -3 })).total_amount).toBe(-3)
  })

  it("keeps the shop that a caller put into the order", () => {
    expect(normalizeShopeeOrder(shopeeOrder({ shop_id: 90210 })).shop_id).toBe(90210)
  })

  it.each([0, null, "", "-", undefined])("never takes the buyer id %p for a buyer", (buyer_user_id) => {
    expect(normalizeShopeeOrder(shopeeOrder({ buyer_user_id })).buyer.user_id).toBeNull()
  })

  it("tells who cancelled and why", () => {
    const order = shopeeOrder({ cancel_by: "Ops", cancel_reason: "OUT_OF_STOCK", buyer_cancel_reason: "" })
    expect(normalizeShopeeOrder(order).cancellation).toEqual({
      cancelled_by: "ops",
      reason: "OUT_OF_STOCK",
      buyer_reason: null,
    })
  })

  describe("address", () => {
    it("takes the country of the order where the address's region is masked", () => {
      const order = shopeeOrder({ recipient_address: shopeeAddress({ region: "****" }) })
      expect(normalizeShopeeOrder(order).shipping_address?.country_code).toBe("sg")
    })

    it("takes the country of the address where the order has none", () => {
      const order = shopeeOrder({ region: undefined, recipient_address: shopeeAddress({ region: "MY" }) })
      expect(normalizeShopeeOrder(order).shipping_address?.country_code).toBe("my")
    })

    it.each([null, undefined, "", "****", []])("is null when Shopee sends %p", (recipient_address) => {
      expect(normalizeShopeeOrder(shopeeOrder({ recipient_address })).shipping_address).toBeNull()
    })
  })

  describe("refusals", () => {
    it.each([
      ["order_sn", undefined],
      ["order_sn", "260301 A"],
      ["order_sn", 260301],
      ["order_status", undefined],
      ["order_status", ""],
      ["order_status", "-"],
      ["currency", undefined],
      ["currency", "S$"],
      ["update_time", undefined],
      ["update_time", 0],
      ["update_time", "soon"],
      ["item_list", undefined],
      ["item_list", null],
      ["item_list", []],
    ])("holds an order whose %s is %p", (field, value) => {
      expect(failure(shopeeOrder({ [field]: value })).field).toBe(field)
    })

    it.each([
      ["item_id", undefined],
      ["item_id", "box"],
      ["model_quantity_purchased", 0],
      ["model_quantity_purchased", -1],
      ["model_quantity_purchased", 1.5],
      ["model_quantity_purchased", null],
    ])("names the line whose %s is %p", (field, value) => {
      const order = shopeeOrder({ item_list: [shopeeItem(), shopeeItem({ [field]: value })] })
      expect(failure(order).field).toBe(`item_list.1.${field}`)
    })

    it("say which order, which field and what to do", () => {
      const error = failure(shopeeOrder({ item_list: [] }))
      expect(error.ordersn).toBe("260301ABCDEF08")
      expect(error.message).toBe(
        "Shopee order 260301ABCDEF08: `item_list` is missing or can't be read. " +
          "Check the order's items in Shopee Seller Centre, then retry the order."
      )
    })

    it.each([null, undefined, "order", 7, [], [shopeeOrder()]])("hold %p, which is no order", (order) => {
      expect(failure(order).ordersn).toBeNull()
    })

    it("never hold a word of the buyer", () => {
      const personal = ["Mei Ling Tan", "6590000001", "12 Sample Walk", "drake_fan", "wrap it well"]
      for (const field of ["order_sn", "order_status", "currency", "update_time", "item_list"]) {
        const { message } = failure(shopeeOrder({ [field]: { note: personal } }))
        expect(personal.filter((word) => message.includes(word))).toEqual([])
      }
    })
  })

  it("either normalises or throws a NormalizationError, whatever Shopee sends", () => {
    const order = fc.dictionary(fc.constantFrom(...Object.keys(shopeeOrder())), fc.jsonValue())
    const item = fc.dictionary(fc.constantFrom(...Object.keys(shopeeItem())), fc.jsonValue())
    const parcel = fc.dictionary(fc.constantFrom(...Object.keys(shopeePackage())), fc.jsonValue())
    fc.assert(
      fc.property(order, item, parcel, fc.boolean(), (orderFields, itemFields, parcelFields, whole) => {
        const lines = whole ? { item_list: [shopeeItem(itemFields)], package_list: [shopeePackage(parcelFields)] } : {}
        try {
          const normalized = normalizeShopeeOrder(shopeeOrder({ ...orderFields, ...lines }))
          expect(normalized.line_items.length).toBeGreaterThan(0)
          expect(normalized.line_items.every((line) => line.quantity > 0 && line.unit_price >= 0)).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(NormalizationError)
        }
      }),
      { numRuns: 500 }
    )
  })
})
