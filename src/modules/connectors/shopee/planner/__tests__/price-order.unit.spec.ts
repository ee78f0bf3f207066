import fc from "fast-check"
import { type PriceableLine, type PriceableOrder, priceOrder, UnpriceableOrderError } from "../price-order"
import type { OrderPrice } from "../../types/order-price"

const order = (fields: Partial<PriceableOrder> = {}): PriceableOrder => ({
  ordersn: "260301ABCDEF10",
  lines: [
    { key: "a", unit_price: 30, quantity: 2 },
    { key: "b", unit_price: 9.99, quantity: 1 },
  ],
  estimated_shipping_fee: 1.49,
  total_amount: 71.48,
  paid: true,
  ...fields,
})

/** Decimal text in minor units. */
const minor = (text: string) => BigInt(text.replace(".", ""))

const sum = (price: OrderPrice) =>
  price.lines.reduce((total, line) => total + minor(line.total) - minor(line.adjustment), 0n) +
  minor(price.shipping) -
  minor(price.shipping_adjustment) +
  minor(price.buyer_fee)

describe("priceOrder", () => {
  it("of an order that adds up needs neither adjustment nor fee", () => {
    expect(priceOrder(order(), 2)).toEqual({
      lines: [
        { key: "a", unit_price: "30.00", quantity: 2, total: "60.00", adjustment: "0.00", pack_rounding: "0.00" },
        { key: "b", unit_price: "9.99", quantity: 1, total: "9.99", adjustment: "0.00", pack_rounding: "0.00" },
      ],
      shipping: "1.49",
      shipping_adjustment: "0.00",
      buyer_fee: "0.00",
      total: "71.48",
    })
  })

  it("names what the buyer pays beyond lines and shipping", () => {
    expect(priceOrder(order({ total_amount: 73.5 }), 2)).toMatchObject({ buyer_fee: "2.02", total: "73.50" })
  })

  it("spreads vouchers and coins over the lines by their totals, the odd cent to the largest remainder", () => {
    const price = priceOrder(
      order({
        lines: [
          { key: "a", unit_price: 1, quantity: 1 },
          { key: "b", unit_price: 1, quantity: 1 },
          { key: "c", unit_price: 1.01, quantity: 1 },
        ],
        estimated_shipping_fee: 0,
        total_amount: 2.01,
      }),
      2
    )
    // 1.00 over 3.01: 33.22, 33.22 and 33.55 cents.
    expect(price.lines.map(({ adjustment }) => adjustment)).toEqual(["0.33", "0.33", "0.34"])
    expect(price.shipping_adjustment).toBe("0.00")
  })

  it("keeps the total of a box that is stocked by the pack; a piece's price is rounded up and the line eased by the rest", () => {
    const lines = [{ key: "a", unit_price: 199.9, quantity: 72, pieces_per_unit: 36 }]
    const price = priceOrder(order({ lines, estimated_shipping_fee: 0, total_amount: 389.8 }), 2)

    // 199.90 over 36 is 5.5528; 72 pieces at 5.56 are 400.32.
    expect(price.lines).toEqual([
      { key: "a", unit_price: "5.56", quantity: 72, total: "399.80", adjustment: "10.00", pack_rounding: "0.52" },
    ])
    expect(price.total).toBe("389.80")
    expect(() =>
      priceOrder(order({ lines: [{ key: "a", unit_price: 1, quantity: 1, pieces_per_unit: 0 }] }), 2)
    ).toThrow(RangeError)
  })

  it("gives equal lines' odd cent to the first key, wherever it stands", () => {
    const lines = ["b", "a"].map((key) => ({ key, unit_price: 1, quantity: 1 }))
    const price = priceOrder(order({ lines, estimated_shipping_fee: null, total_amount: 1.99 }), 2)
    expect(price.lines.map(({ key, adjustment }) => [key, adjustment])).toEqual([
      ["b", "0.00"],
      ["a", "0.01"],
    ])
  })

  it("takes off the shipping what the lines can't carry", () => {
    expect(priceOrder(order({ total_amount: 0.5 }), 2)).toMatchObject({
      lines: [{ adjustment: "60.00" }, { adjustment: "9.99" }],
      shipping: "1.49",
      shipping_adjustment: "0.99",
      total: "0.50",
    })
  })

  it("prices a paid order that cost nothing", () => {
    expect(sum(priceOrder(order({ total_amount: 0 }), 2))).toBe(0n)
  })

  it.each([null, 0, -1, Number.NaN, ""])(
    "of an unpaid order with the total %p is lines plus shipping",
    (total_amount) => {
      expect(priceOrder(order({ paid: false, total_amount }), 2)).toMatchObject({ buyer_fee: "0.00", total: "71.48" })
    }
  )

  it("uses the total that Shopee already knows of an order that isn't paid yet, as for cash on delivery", () => {
    expect(priceOrder(order({ paid: false, total_amount: 70 }), 2).total).toBe("70.00")
  })

  it.each([null, -0.01, Number.NaN, Number.POSITIVE_INFINITY, "", " ", "a lot"])(
    "refuses a paid order with the total %p",
    (total_amount) => {
      expect(() => priceOrder(order({ total_amount }), 2)).toThrow(UnpriceableOrderError)
    }
  )

  it("says which order it refuses and what to do", () => {
    expect(() => priceOrder(order({ total_amount: null }), 2)).toThrow(
      "Shopee order 260301ABCDEF10 is paid, but its `total_amount` is missing, negative or not a number. " +
        "Check what the buyer paid in Shopee Seller Centre, then retry the order."
    )
  })

  it.each([null, -5, Number.NaN, "-"])("takes a shipping fee of %p for 0", (estimated_shipping_fee) => {
    expect(priceOrder(order({ estimated_shipping_fee, total_amount: 69.99 }), 2)).toMatchObject({
      shipping: "0.00",
      buyer_fee: "0.00",
    })
  })

  it("never holds an order for the price of a line: what is missing becomes the fee", () => {
    const lines = [
      { key: "a", unit_price: null, quantity: 1 },
      { key: "b", unit_price: -3, quantity: 1 },
    ]
    expect(priceOrder(order({ lines, total_amount: 10 }), 2)).toMatchObject({
      lines: [{ total: "0.00" }, { total: "0.00" }],
      buyer_fee: "8.51",
    })
  })

  it("keeps a cancelled line at 0", () => {
    const lines = [
      { key: "a", unit_price: 30, quantity: 0 },
      { key: "b", unit_price: 10, quantity: 1 },
    ]
    expect(priceOrder(order({ lines, estimated_shipping_fee: 0, total_amount: 9 }), 2).lines).toMatchObject([
      { total: "0.00", adjustment: "0.00" },
      { total: "10.00", adjustment: "1.00" },
    ])
  })

  it("prices an order without lines", () => {
    expect(priceOrder(order({ lines: [], total_amount: 1 }), 2)).toMatchObject({
      shipping_adjustment: "0.49",
      total: "1.00",
    })
  })

  it("counts in whole units where the currency has no decimals", () => {
    const lines = [
      { key: "a", unit_price: 41000, quantity: 1 },
      { key: "b", unit_price: 7003, quantity: 3 },
    ]
    const price = priceOrder(order({ lines, estimated_shipping_fee: 6000, total_amount: 30000 }), 0)
    // 38009 over 62009: 25131.33 and 12877.67.
    expect(price.lines.map(({ total, adjustment }) => [total, adjustment])).toEqual([
      ["41000", "25131"],
      ["21009", "12878"],
    ])
    expect(price.total).toBe("30000")
  })

  it("doesn't inherit the errors of floating point", () => {
    const lines = [
      { key: "a", unit_price: 0.1, quantity: 3 },
      { key: "b", unit_price: 1.005, quantity: 1 },
    ]
    const price = priceOrder(order({ lines, estimated_shipping_fee: 0.1 + 0.2, total_amount: 1.61 }), 2)
    expect(price).toMatchObject({ lines: [{ total: "0.30" }, { total: "1.01" }], shipping: "0.30", buyer_fee: "0.00" })
  })

  it("keeps amounts beyond what a double holds exactly", () => {
    const lines = [{ key: "a", unit_price: "90071992547409.93", quantity: 1000 }]
    const price = priceOrder(order({ lines, estimated_shipping_fee: 0, total_amount: "90071992547409929.99" }), 2)
    expect(price).toMatchObject({ lines: [{ total: "90071992547409930.00", adjustment: "0.01" }] })
  })

  it("refuses a caller's nonsense", () => {
    expect(() => priceOrder(order(), 5)).toThrow(RangeError)
    expect(() => priceOrder(order(), 1.5)).toThrow(RangeError)
    expect(() => priceOrder(order({ lines: [{ key: "a", unit_price: 1, quantity: 1.5 }] }), 2)).toThrow(RangeError)
    expect(() => priceOrder(order({ lines: [{ key: "a", unit_price: 1, quantity: -1 }] }), 2)).toThrow(RangeError)
  })

  describe("for any order", () => {
    const pieces = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 36 }))
    const cents = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 100_000_00 }))
    const lines: fc.Arbitrary<PriceableLine[]> = fc
      .array(fc.record({ price: cents, units: fc.integer({ min: 0, max: 40 }), pieces }), { maxLength: 12 })
      .map((list) =>
        list.map(({ price, units, pieces: perUnit }, index) => ({
          ...{ key: `line-${index}`, unit_price: price / 100 },
          ...{ quantity: units * perUnit, pieces_per_unit: perUnit },
        }))
      )
    const anyOrder = fc
      .record({ lines, shipping: cents, total: cents, paid: fc.boolean() })
      .map(({ lines: list, shipping, total, paid }) =>
        order({ lines: list, estimated_shipping_fee: shipping / 100, total_amount: total / 100, paid })
      )
    const digits = fc.constantFrom(0, 2, 3)

    it("lines, shipping, adjustments and fee add up to the total, and a paid order's total is Shopee's", () => {
      fc.assert(
        fc.property(anyOrder, (each) => {
          const price = priceOrder(each, 2)
          expect(sum(price)).toBe(minor(price.total))
          if (each.paid) {
            expect(Number(price.total)).toBe(each.total_amount)
          }
        })
      )
    })

    it("no adjustment is negative or above what it is taken off", () => {
      fc.assert(
        fc.property(anyOrder, digits, (each, decimalDigits) => {
          const price = priceOrder(each, decimalDigits)
          const pairs = [...price.lines, { adjustment: price.shipping_adjustment, total: price.shipping }]
          expect(
            pairs.every(({ adjustment, total }) => minor(adjustment) >= 0n && minor(adjustment) <= minor(total))
          ).toBe(true)
          expect(minor(price.buyer_fee) >= 0n).toBe(true)
        })
      )
    })

    it("there is never both a discount and a fee", () => {
      fc.assert(
        fc.property(anyOrder, (each) => {
          const price = priceOrder(each, 2)
          const discount = price.lines.reduce(
            (total, line) => total + minor(line.adjustment),
            minor(price.shipping_adjustment)
          )
          expect(discount === 0n || minor(price.buyer_fee) === 0n).toBe(true)
        })
      )
    })

    it("shipping is touched only when the lines are used up", () => {
      fc.assert(
        fc.property(anyOrder, (each) => {
          const price = priceOrder(each, 2)
          const usedUp = price.lines.every(({ adjustment, total }) => adjustment === total)
          expect(price.shipping_adjustment === "0.00" || usedUp).toBe(true)
        })
      )
    })

    it("a line's share is within a cent of its exact part", () => {
      fc.assert(
        fc.property(anyOrder, (each) => {
          const { lines: priced } = priceOrder(each, 2)
          const linesTotal = priced.reduce((total, line) => total + minor(line.total), 0n)
          const discount = priced.reduce((total, line) => total + minor(line.adjustment), 0n)
          for (const line of priced) {
            const error = minor(line.adjustment) * linesTotal - discount * minor(line.total)
            expect(error < linesTotal || linesTotal === 0n).toBe(true)
            expect(-error < linesTotal || linesTotal === 0n).toBe(true)
          }
        })
      )
    })

    it("every line gets the same price whatever the sequence of the lines", () => {
      const shuffled = anyOrder.chain((each) =>
        fc
          .shuffledSubarray([...each.lines], { minLength: each.lines.length, maxLength: each.lines.length })
          .map((list) => [each, { ...each, lines: list }] as const)
      )
      fc.assert(
        fc.property(shuffled, ([each, other]) => {
          const [one, two] = [priceOrder(each, 2), priceOrder(other, 2)]
          const byKey = (price: OrderPrice) => [...price.lines].sort((a, b) => (a.key < b.key ? -1 : 1))
          expect({ ...two, lines: byKey(two) }).toEqual({ ...one, lines: byKey(one) })
        })
      )
    })

    it("Medusa's own unit price × quantity gives the same line total, but for what a pack's pieces round up: less than a cent each", () => {
      fc.assert(
        fc.property(anyOrder, digits, (each, decimalDigits) => {
          for (const line of priceOrder(each, decimalDigits).lines) {
            const rounding = minor(line.pack_rounding)
            expect(minor(line.unit_price) * BigInt(line.quantity)).toBe(minor(line.total) + rounding)
            expect(rounding >= 0n && (rounding < BigInt(line.quantity) || rounding === 0n)).toBe(true)
            const perUnit = each.lines.find(({ key }) => key === line.key)?.pieces_per_unit
            expect(rounding === 0n || perUnit !== 1).toBe(true)
          }
        })
      )
    })
  })
})
