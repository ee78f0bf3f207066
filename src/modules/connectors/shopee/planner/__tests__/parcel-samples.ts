import type {
  FulfillmentView,
  LineTarget,
  MedusaOrderView,
  OrderLineView,
  OrderTarget,
  PackageTarget,
} from "../../types/plan"

const NO_CONTACT = { address: null, buyer: { userId: null, username: null } }

/** A line of as many pieces, none of them packed. */
export const line = (lineId: string, quantity = 1, fields: Partial<OrderLineView> = {}): OrderLineView => ({
  lineId,
  key: lineId.toUpperCase(),
  quantity,
  itemKey: null,
  fulfilled: 0,
  shipped: 0,
  piecesPerUnit: 1,
  ...fields,
})

/** A fulfillment that holds a piece of line a. */
export const fulfillment = (packageNumber: string | null, fields: Partial<FulfillmentView> = {}): FulfillmentView => ({
  id: `ful_${packageNumber ?? "hand"}`,
  packageNumber,
  shipped: false,
  delivered: false,
  trackingNumber: null,
  items: [{ lineId: "a", quantity: 1 }],
  ...fields,
})

/** A paid order that lacks nothing but parcels. */
export const order = (lines: OrderLineView[], fulfillments: FulfillmentView[] = []): MedusaOrderView => ({
  id: "order_1",
  status: "pending",
  currencyCode: "sgd",
  total: "10.00",
  stockedLines: [],
  lines,
  fulfillments,
  unlinkedPackages: [],
  payment: { collectionId: "pay_col_1", collectionAmount: "10.00", capturedAmount: "10.00", refundedAmount: "0" },
  linked: true,
  contact: NO_CONTACT,
  copies: { order: "SHP-1", lines: [], held: [] },
})

/** A parcel as Shopee tells of it. */
export const parcel = (
  packageNumber: string,
  stage: PackageTarget["stage"],
  items: [key: string, quantity: number][],
  fields: Partial<PackageTarget> = {}
): PackageTarget => ({
  packageNumber,
  stage,
  trackingNumber: null,
  carrier: null,
  items: items.map(([key, quantity]) => ({ key, quantity })),
  ...fields,
})

/** What the parcels hold is what the order has. */
const linesOf = (packages: PackageTarget[]): LineTarget[] => {
  const pieces = new Map<string, number>()
  for (const { key, quantity } of packages.flatMap(({ items }) => items)) {
    pieces.set(key, (pieces.get(key) ?? 0) + quantity)
  }
  return [...pieces].map(([key, quantity]) => ({ key, quantity, outOfReach: 0 }))
}

/** A paid order in these parcels. */
export const target = (packages: PackageTarget[], completed = false): OrderTarget => ({
  captured: true,
  cancelled: false,
  priced: true,
  total: "10.00",
  lines: linesOf(packages),
  partlyCancelled: false,
  packages,
  completed,
  contact: NO_CONTACT,
})
