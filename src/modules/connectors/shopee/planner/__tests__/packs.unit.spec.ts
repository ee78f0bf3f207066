import { shopeeItem, shopeeOrder, shopeePackage } from "../../normalizers/__tests__/shopee-order-samples"
import { normalizeShopeeOrder } from "../../normalizers/order"
import { inPieces } from "../packs"

/** Two boxes and a single card, in one parcel. */
const order = normalizeShopeeOrder(
  shopeeOrder({
    item_list: [
      shopeeItem({ item_id: 900, model_id: 1, line_item_id: 11, model_quantity_purchased: 2, cancelled_qty: 1 }),
      shopeeItem({ item_id: 901, model_id: 2, line_item_id: 12, model_quantity_purchased: 3 }),
    ],
    package_list: [
      shopeePackage({
        item_list: [
          { item_id: 900, model_id: 1, model_quantity: 1 },
          { item_id: 901, model_id: 2, model_quantity: 3 },
        ],
      }),
    ],
  })
)

describe("an order counted in pieces", () => {
  it("has its boxes opened, in lines and parcels; what was paid for a box stays", () => {
    const counted = inPieces(order, new Map([["11", 36]]))

    expect(counted.line_items).toMatchObject([
      { quantity: 72, cancelled_quantity: 36, active_quantity: 36, pieces_per_unit: 36 },
      { quantity: 3, pieces_per_unit: 1 },
    ])
    expect(counted.line_items.map(({ unit_price }) => unit_price)).toEqual(
      order.line_items.map(({ unit_price }) => unit_price)
    )
    expect(counted.packages[0]?.items.map(({ quantity }) => quantity)).toEqual([36, 3])
  })

  it("is the same when it is counted again, and as before when it is counted in units", () => {
    const pieces = new Map([
      ["11", 36],
      ["12", 2],
    ])
    const counted = inPieces(order, pieces)

    expect(inPieces(counted, pieces)).toEqual(counted)
    expect(inPieces(counted, new Map())).toEqual(order)
  })
})
