import { ChangeActionType } from "@medusajs/framework/utils"
import { priceOrder } from "../../../modules/connectors/shopee/planner/price-order"
import { addedFeeLine, type AmendableLine, feeLineToAdd, toChangeActions } from "../amendment"

const line = (
  key: string | null,
  unitPrice: string,
  quantity = 1,
  wanted = quantity,
  fulfilled = 0
): AmendableLine => ({ id: `ordli_${key}`, key, quantity, wanted, fulfilled, unitPrice })

/** Two lines of 30.00 and 10.00, shipping 1.50. */
const price = (total_amount: number) =>
  priceOrder(
    {
      ordersn: "A1",
      lines: [
        { key: "a", unit_price: 30, quantity: 1 },
        { key: "b", unit_price: 10, quantity: 1 },
      ],
      estimated_shipping_fee: 1.5,
      total_amount,
      paid: true,
    },
    2
  )

const LINES = [line("a", "30"), line("b", "10.00")]
const discount = (amount: string) => [{ amount, description: "Shopee vouchers and coins", is_tax_inclusive: true }]

describe("toChangeActions", () => {
  it("puts the discount that payment brought on the lines, without a promotion's code", () => {
    expect(toChangeActions(LINES, price(37.5), "ordsm_1")).toEqual([
      {
        action: ChangeActionType.ITEM_ADJUSTMENTS_REPLACE,
        details: { reference_id: "ordli_a", adjustments: discount("3.00") },
      },
      {
        action: ChangeActionType.ITEM_ADJUSTMENTS_REPLACE,
        details: { reference_id: "ordli_b", adjustments: discount("1.00") },
      },
      {
        action: ChangeActionType.SHIPPING_ADJUSTMENTS_REPLACE,
        details: { reference_id: "ordsm_1", adjustments: [] },
      },
    ])
  })

  it("takes away a discount that is no longer there", () => {
    const actions = toChangeActions(LINES, price(41.5), null)

    expect(actions.map(({ details }) => details.adjustments)).toEqual([[], []])
  })

  it("gives a line as many pieces as it has to have, none at all to one that was cancelled whole", () => {
    const actions = toChangeActions([line("a", "30", 3, 1), line("b", "10", 1, 0)], price(41.5), null)

    expect(
      actions.filter(({ action }) => action === ChangeActionType.ITEM_UPDATE).map(({ details }) => details)
    ).toEqual([
      { reference_id: "ordli_a", quantity: 1, unit_price: "30.00" },
      { reference_id: "ordli_b", quantity: 0, unit_price: "10.00" },
    ])
  })

  it("changes a unit price that differs, with the quantity that Medusa has", () => {
    expect(toChangeActions([line("a", "29.99", 3)], price(41.5), null)[0]).toEqual({
      action: ChangeActionType.ITEM_UPDATE,
      details: { reference_id: "ordli_a", quantity: 3, unit_price: "30.00" },
    })
  })

  it("puts on the shipping what the lines can't carry", () => {
    expect(toChangeActions([], price(0.5), "ordsm_1")).toEqual([
      {
        action: ChangeActionType.SHIPPING_ADJUSTMENTS_REPLACE,
        details: { reference_id: "ordsm_1", adjustments: discount("1.00") },
      },
    ])
  })

  it.each([
    [45, "3.50"],
    [41.5, "0.00"],
  ])("of a total of %d makes the line of fees that is there %s", (total, fee) => {
    expect(toChangeActions([line("buyer_fee", "2.00")], price(total), null)).toEqual([
      {
        action: ChangeActionType.ITEM_UPDATE,
        details: { reference_id: "ordli_buyer_fee", quantity: 1, unit_price: fee },
      },
    ])
  })

  const ofFee = (lines: AmendableLine[]) =>
    toChangeActions([...lines, addedFeeLine("ordli_fee", price(45))], price(45), null).filter(
      ({ details }) => details.reference_id === "ordli_fee"
    )

  it("counts a line of fees as packed that comes after all that the buyer gets was", () => {
    expect(ofFee([line("a", "30", 1, 1, 1), line("b", "10", 2, 1, 1), line("c", "5", 1, 0)])).toEqual([
      { action: ChangeActionType.FULFILL_ITEM, details: { reference_id: "ordli_fee", quantity: 1 } },
    ])
  })

  it("leaves a line of fees to the parcel that is still to be packed", () => {
    expect(ofFee([line("a", "30", 1, 1, 1), line("b", "10")])).toEqual([])
    expect(ofFee(LINES)).toEqual([])
  })

  it("does not pack a line of fees twice", () => {
    const packed = [line("a", "30", 1, 1, 1), line("buyer_fee", "3.50", 1, 1, 1)]

    expect(toChangeActions(packed, price(45), null).map(({ action }) => action)).toEqual([
      ChangeActionType.ITEM_ADJUSTMENTS_REPLACE,
    ])
  })

  it("leaves lines alone that Shopee does not have", () => {
    expect(toChangeActions([line(null, "5.00"), line("added by hand", "5.00")], price(37.5), null)).toEqual([])
  })
})

describe("feeLineToAdd", () => {
  it("is the line of what the buyer pays beyond goods and shipping", () => {
    expect(feeLineToAdd(LINES, price(45))).toMatchObject({
      title: "Shopee buyer fees",
      quantity: 1,
      unit_price: "3.50",
      is_tax_inclusive: true,
      is_discountable: false,
      requires_shipping: false,
      metadata: { shopee_line_key: "buyer_fee" },
    })
  })

  it("is none when there are no fees, or the order has the line", () => {
    expect(feeLineToAdd(LINES, price(41.5))).toBeNull()
    expect(feeLineToAdd(LINES, price(37.5))).toBeNull()
    expect(feeLineToAdd([...LINES, line("buyer_fee", "1.00")], price(45))).toBeNull()
  })
})
