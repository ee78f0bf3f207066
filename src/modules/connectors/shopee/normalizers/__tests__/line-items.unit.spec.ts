import fc from "fast-check"
import type { NormalizedLineItem } from "../../types/normalized-order"
import { normalizeShopeeOrder } from "../order"
import { shopeeItem, shopeeOrder } from "./shopee-order-samples"

const lines = (...items: Record<string, unknown>[]): NormalizedLineItem[] =>
  normalizeShopeeOrder(shopeeOrder({ item_list: items })).line_items

const line = (fields: Record<string, unknown>): NormalizedLineItem => {
  const [first] = lines(shopeeItem(fields))
  if (first === undefined) {
    throw new Error("no line")
  }
  return first
}

describe("SKU of a line", () => {
  it("is the variation's SKU, exactly as Shopee has it", () => {
    expect(line({ model_sku: "ADR-BOX-EN" }).sku).toBe("ADR-BOX-EN")
    expect(line({ model_sku: " adr-box " }).sku).toBe(" adr-box ")
    expect(line({ model_sku: 4411 }).sku).toBe("4411")
  })

  it.each(["", " ", "-", null, undefined])(
    "is the item's when there is no variation and model_sku is %p",
    (model_sku) => {
      expect(line({ model_id: 0, model_name: "", model_sku }).sku).toBe("ADR-BOX")
      expect(line({ model_id: 880001, model_name: "", model_sku }).sku).toBe("ADR-BOX")
    }
  )

  it("is none when a variation has no SKU: the item's SKU stands for all its variations", () => {
    expect(line({ model_id: 880001, model_name: "Japanese", model_sku: "" }).sku).toBeNull()
  })

  it("is none when both are blank", () => {
    expect(line({ model_id: 0, model_name: "", model_sku: " ", item_sku: "-" }).sku).toBeNull()
  })
})

describe("price of a line", () => {
  it("is the discounted price", () => {
    expect(line({ model_original_price: 20, model_discounted_price: 12.5 }).unit_price).toBe(12.5)
  })

  it.each([
    ["promotion_type", { promotion_type: "bundle_deal", promotion_list: [] }],
    ["promotion_type with blanks and capitals", { promotion_type: " Bundle_Deal", promotion_list: [] }],
    [
      "promotion_list",
      { promotion_type: "", promotion_list: [{ promotion_type: "flash_sale" }, { promotion_type: "bundle_deal" }] },
    ],
    ["order_item_id", { promotion_type: "", promotion_list: [], order_item_id: 2 }],
  ])("is the original price in a bundle, known by %s", (_name, fields) => {
    expect(line({ ...fields, model_original_price: 20, model_discounted_price: 0 })).toMatchObject({
      in_bundle: true,
      unit_price: 20,
      discounted_price: 0,
    })
  })

  it("is the discounted price in a bundle when Shopee gives one", () => {
    expect(
      line({ promotion_type: "bundle_deal", model_original_price: 20, model_discounted_price: 18 }).unit_price
    ).toBe(18)
  })

  it.each([
    ["a free gift", { promotion_type: "add_on_free_gift_sub", order_item_id: 700100200 }],
    ["a free gift with a number of its own", { promotion_type: "add_on_free_gift_sub", order_item_id: 3 }],
    ["an add-on deal", { promotion_type: "", add_on_deal: true, order_item_id: 3 }],
    ["a line without any promotion", { promotion_type: "", order_item_id: 700100200 }],
    ["a line without an order_item_id", { promotion_type: "", order_item_id: undefined }],
    ["a line with an order_item_id of 0", { promotion_type: "", order_item_id: 0 }],
  ])("stays 0 for %s", (_name, fields) => {
    const free = line({ promotion_list: [], ...fields, model_original_price: 5, model_discounted_price: 0 })
    expect(free).toMatchObject({ in_bundle: false, unit_price: 0 })
  })

  it("is the original price when there is no discounted one, and 0 when there is none at all", () => {
    expect(line({ model_discounted_price: null, model_original_price: 9.9 }).unit_price).toBe(9.9)
    expect(line({ model_discounted_price: "-", model_original_price: "-" }).unit_price).toBe(0)
    expect(line({ model_discounted_price: -4 }).unit_price).toBe(0)
  })
})

describe("quantities of a line", () => {
  it("follow a partial cancellation", () => {
    const fields = { model_quantity_purchased: 5, active_qty: 3, cancelled_qty: 2, cancel_requested_qty: 1 }
    expect(line(fields)).toMatchObject({
      quantity: 5,
      active_quantity: 3,
      cancelled_quantity: 2,
      cancel_requested_quantity: 1,
    })
  })

  it("are worked out from what was cancelled when Shopee gives no active_qty", () => {
    expect(line({ model_quantity_purchased: 5, cancelled_qty: 2 }).active_quantity).toBe(3)
    expect(line({ model_quantity_purchased: 5, cancelled_qty: 5 }).active_quantity).toBe(0)
  })

  it("never exceed what was bought", () => {
    expect(line({ model_quantity_purchased: 2, active_qty: 9, cancelled_qty: 9 })).toMatchObject({
      active_quantity: 0,
      cancelled_quantity: 2,
    })
  })

  it("keep pieces that Shopee no longer expects to be fulfilled, as long as they were not cancelled", () => {
    const fields = { model_quantity_purchased: 3, active_qty: 0, cancelled_qty: 1, returned_qty: 1 }
    expect(line(fields)).toMatchObject({ active_quantity: 2, cancelled_quantity: 1, returned_quantity: 1 })
  })

  it("follow active_qty when Shopee does not say what was cancelled", () => {
    expect(line({ model_quantity_purchased: 3, active_qty: 1 }).active_quantity).toBe(1)
    expect(line({ model_quantity_purchased: 3, active_qty: 9 }).active_quantity).toBe(3)
  })

  it("tell of a return", () => {
    expect(line({ return_requested_qty: 1, returned_qty: 1 })).toMatchObject({
      return_requested_quantity: 1,
      returned_quantity: 1,
    })
  })
})

describe("key of a line", () => {
  it("is the line_item_id, and keeps the key from before Shopee had one", () => {
    expect(line({ line_item_id: 31337 })).toMatchObject({ key: "31337", item_key: "700100200:700100200:880001:0" })
  })

  it("counts the same item's lines by price and quantity, whatever their sequence", () => {
    const cheap = shopeeItem({ model_discounted_price: 1, model_quantity_purchased: 1 })
    const dear = shopeeItem({ model_discounted_price: 2, model_quantity_purchased: 4 })
    const keysByPrice = (...items: Record<string, unknown>[]) =>
      Object.fromEntries(lines(...items).map((each) => [each.unit_price, each.key]))
    expect(keysByPrice(cheap, dear)).toEqual({ 1: "700100200:700100200:880001:0", 2: "700100200:700100200:880001:1" })
    expect(keysByPrice(dear, cheap)).toEqual(keysByPrice(cheap, dear))
  })

  it("doesn't change when a part of the line is cancelled", () => {
    const before = lines(shopeeItem({ model_quantity_purchased: 3 }), shopeeItem({ model_quantity_purchased: 2 }))
    const after = lines(
      shopeeItem({ model_quantity_purchased: 3, active_qty: 1, cancelled_qty: 2 }),
      shopeeItem({ model_quantity_purchased: 2 })
    )
    expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key))
  })

  it("ignores a line_item_id that repeats, as rounded ids above 2^53 may", () => {
    const rounded = lines(
      shopeeItem({ line_item_id: 2 ** 60 }),
      shopeeItem({ line_item_id: 2 ** 60, model_id: 880002 })
    )
    expect(rounded.map(({ key }) => key)).toEqual(["700100200:700100200:880001:0", "700100200:700100200:880002:0"])
  })

  it("is unique within an order, for any lines", () => {
    const item = fc.record({
      item_id: fc.integer({ min: 1, max: 3 }),
      model_id: fc.integer({ min: 0, max: 2 }),
      order_item_id: fc.constantFrom(0, 1, 2, null),
      line_item_id: fc.constantFrom(null, 1, 2, 3),
      model_discounted_price: fc.constantFrom(0, 1, 2.5),
      model_quantity_purchased: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 12 }), (items) => {
        const normalized = lines(...items.map((fields) => shopeeItem(fields)))
        expect(new Set(normalized.map(({ key }) => key)).size).toBe(items.length)
        expect(new Set(normalized.map(({ item_key }) => item_key)).size).toBe(items.length)
      })
    )
  })
})

describe("what is kept on a line", () => {
  it("is Shopee's numbers and texts", () => {
    expect(line({ model_id: 0, model_name: "", item_sku: "" }).metadata).toEqual({
      shopee_item_id: 700100200,
      shopee_model_id: 0,
      shopee_item_sku: "",
      shopee_model_name: "",
      shopee_original_price: 180.5,
    })
  })

  it("keeps ids that came as text as they came", () => {
    expect(line({ item_id: "9007199254740993", order_item_id: "9007199254740993" })).toMatchObject({
      item_id: "9007199254740993",
      in_bundle: false,
      metadata: { shopee_item_id: "9007199254740993" },
    })
  })
})
