import type { NormalizedPackage } from "../../types/normalized-order"
import { normalizeShopeeOrder } from "../order"
import { shopeeItem, shopeeOrder, shopeePackage } from "./shopee-order-samples"

const packagesOf = (package_list: unknown, item_list: unknown = [shopeeItem()]): NormalizedPackage[] =>
  normalizeShopeeOrder(shopeeOrder({ package_list, item_list })).packages

const item = (fields: Record<string, unknown> = {}) => ({
  item_id: 700100200,
  model_id: 880001,
  order_item_id: 700100200,
  ...fields,
})

describe("packages", () => {
  it("of a split order keep their own pieces of one line", () => {
    const split = packagesOf([
      shopeePackage({ package_number: "OFG1", item_list: [item({ model_quantity: 1 })] }),
      shopeePackage({
        package_number: "OFG2",
        logistics_status: "LOGISTICS_PICKUP_DONE",
        tracking_number: "SGTRACK2",
        item_list: [item({ model_quantity: 1 })],
      }),
    ])
    expect(split.map(({ package_number, items }) => [package_number, items[0]?.quantity])).toEqual([
      ["OFG1", 1],
      ["OFG2", 1],
    ])
    expect(split[1]).toMatchObject({ logistics_status: "LOGISTICS_PICKUP_DONE", tracking_number: "SGTRACK2" })
  })

  it("without quantities carry all pieces of their items, less the cancelled ones", () => {
    const [parcel] = packagesOf(
      [shopeePackage({ item_list: [{ item_id: 700100200, model_id: 880001 }] })],
      [shopeeItem({ model_quantity_purchased: 5, cancelled_qty: 1 })]
    )
    expect(parcel?.items).toEqual([{ item_id: "700100200", model_id: "880001", order_item_id: null, quantity: 4 }])
  })

  it.each([undefined, null, [], "-"])("carry the whole order when alone with the item list %p", (item_list) => {
    const [parcel] = packagesOf(
      [shopeePackage({ item_list })],
      [shopeeItem(), shopeeItem({ item_id: 5, model_id: 0, order_item_id: 5, cancelled_qty: 2 })]
    )
    expect(parcel?.items).toEqual([
      { item_id: "700100200", model_id: "880001", order_item_id: "700100200", quantity: 2 },
    ])
  })

  it("claim nothing when there are several and one lists no items", () => {
    const parcels = packagesOf([shopeePackage({ item_list: [] }), shopeePackage({ package_number: "OFG2" })])
    expect(parcels.map(({ items }) => items.length)).toEqual([0, 1])
  })

  it("take a placeholder for no tracking number", () => {
    expect(packagesOf([shopeePackage({ tracking_number: "-" })])[0]?.tracking_number).toBeNull()
  })

  it.each(["", "-", null, undefined])("with the number %p are left out", (package_number) => {
    expect(packagesOf([shopeePackage({ package_number })])).toEqual([])
  })

  it.each([null, undefined, "", {}, [null, "x"]])("are none when the list is %p", (package_list) => {
    expect(packagesOf(package_list)).toEqual([])
  })
})
