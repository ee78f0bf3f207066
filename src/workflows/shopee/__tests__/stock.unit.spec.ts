import type { ImportedLine, OrderImport } from "../../../modules/connectors/shopee/types/order-import"
import type { StockedLineView } from "../../../modules/connectors/shopee/types/plan"
import { toReservations, toStockDemands } from "../stock-of-imports"
import { toLineDemands, toLineReservations } from "../stock-of-lines"

const imported = (sku: string | null, quantity: number, required: number[] = [1]): ImportedLine => ({
  title: sku ?? "Shopee buyer fees",
  quantity,
  unit_price: "1.00",
  adjustments: [],
  metadata: {},
  variant:
    sku === null
      ? null
      : {
          id: `variant_${sku}`,
          sku,
          productId: "prod_1",
          title: null,
          productTitle: null,
          thumbnail: null,
          requiresShipping: true,
          inventoryItems: required.map((requiredQuantity, index) => ({
            inventoryItemId: `iitem_${sku}_${index}`,
            requiredQuantity,
          })),
        },
})

const order = (ordersn: string, lines: ImportedLine[], reserve = true): OrderImport => ({
  syncId: `sosync_${ordersn}`,
  ordersn,
  shopId: "7001",
  buyer: { email: "shopee-1@buyers.example.local", userId: "1", username: null },
  currencyCode: "sgd",
  countryCode: "sg",
  address: {
    first_name: "",
    last_name: "",
    address_1: "",
    address_2: null,
    city: "",
    postal_code: "",
    country_code: "sg",
    province: null,
    phone: "",
  },
  lines,
  shipping: { name: "", amount: "0.00", adjustments: [] },
  total: "1.00",
  metadata: {},
  listings: [],
  reserve,
  capture: false,
})

const created = (ordersn: string, lineIds: string[]) => ({ ordersn, orderId: `order_${ordersn}`, lineIds })

describe("the stock of an import", () => {
  it("is reserved line by line, in pieces of the inventory item: 2 boxes of 36 are 72", () => {
    const input = { orders: [order("A1", [imported("BOX", 2, [36]), imported("CARD", 3)])] }
    const reservations = toReservations({ input, created: [created("A1", ["li_1", "li_2"])], locationId: "sloc_1" })

    expect(reservations).toEqual([
      {
        line_item_id: "li_1",
        inventory_item_id: "iitem_BOX_0",
        location_id: "sloc_1",
        quantity: 72,
        allow_backorder: true,
        description: "Shopee order A1",
      },
      expect.objectContaining({ line_item_id: "li_2", inventory_item_id: "iitem_CARD_0", quantity: 3 }),
    ])
  })

  it("of a kit is every part of it", () => {
    const input = { orders: [order("A1", [imported("KIT", 2, [1, 4])])] }

    expect(toStockDemands({ input })).toEqual([
      { ordersn: "A1", sku: "KIT", inventoryItemId: "iitem_KIT_0", quantity: 2 },
      { ordersn: "A1", sku: "KIT", inventoryItemId: "iitem_KIT_1", quantity: 8 },
    ])
  })

  it("goes to the lines of its own order, in a batch with others that reserve nothing", () => {
    const input = {
      orders: [
        order("A1", [imported(null, 1), imported("CARD", 1)]),
        order("A2", [imported("CARD", 5)], false),
        order("A3", [imported("UNMANAGED", 1, []), imported("CARD", 2)]),
      ],
    }
    const made = [created("A1", ["fee", "li_1"]), created("A2", ["li_2"]), created("A3", ["li_3", "li_4"])]

    expect(
      toReservations({ input, created: made, locationId: "sloc_1" }).map(({ line_item_id, quantity }) => [
        line_item_id,
        quantity,
      ])
    ).toEqual([
      ["li_1", 1],
      ["li_4", 2],
    ])
    expect(toStockDemands({ input }).map(({ ordersn, quantity }) => [ordersn, quantity])).toEqual([
      ["A1", 1],
      ["A3", 2],
    ])
  })
})

describe("the stock of lines that lost their reservation", () => {
  const lines: StockedLineView[] = [
    {
      lineId: "li_1",
      sku: "BOX",
      quantity: 2,
      reserved: false,
      inventoryItems: [
        { inventoryItemId: "iitem_1", requiredQuantity: 36 },
        { inventoryItemId: "iitem_2", requiredQuantity: 1 },
      ],
    },
  ]

  it("is reserved as at import", () => {
    const common = {
      line_item_id: "li_1",
      location_id: "sloc_1",
      allow_backorder: true,
      description: "Shopee order A1",
    }

    expect(toLineReservations({ lines, locationId: "sloc_1", ordersn: "A1" })).toEqual([
      { ...common, inventory_item_id: "iitem_1", quantity: 72 },
      { ...common, inventory_item_id: "iitem_2", quantity: 2 },
    ])
  })

  it("is asked of the same items", () => {
    expect(toLineDemands({ lines, ordersn: "A1" })).toEqual([
      { ordersn: "A1", sku: "BOX", inventoryItemId: "iitem_1", quantity: 72 },
      { ordersn: "A1", sku: "BOX", inventoryItemId: "iitem_2", quantity: 2 },
    ])
  })

  it("of no line is none", () => {
    expect(toLineReservations({ lines: [], locationId: "sloc_1", ordersn: "A1" })).toEqual([])
  })
})
