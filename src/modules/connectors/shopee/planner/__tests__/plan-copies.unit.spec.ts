import type { HeldCopyView, SerializedLineView } from "../../types/copies"
import type { MedusaOrderView, OrderTarget, PlanStep } from "../../types/plan"
import { lineKeyOfPiece, pieceName } from "../piece-names"
import { plan } from "../plan"
import { copies } from "../plan-copies"

const ORDER = "SHP-260301ABCDEF08"
const piece = (number: number, key = "A") => pieceName(ORDER, key, number)

const held = (number: number, { key = "A", isSold = false } = {}): HeldCopyView => ({
  id: `copy_${key}${number}`,
  reservedFor: piece(number, key),
  isSold,
})

/** A line of two pieces that names the copies it holds. */
const line = (fields: Partial<SerializedLineView> = {}): SerializedLineView => ({
  lineId: "line_a",
  key: "A",
  sku: "PSA-DRAKE",
  variantId: "variant_drake",
  quantity: 2,
  fulfilled: 0,
  shipped: 0,
  returned: 0,
  available: 0,
  notedCopyIds: ["copy_A1", "copy_A2"],
  ...fields,
})

const order = (
  lines: SerializedLineView[],
  copiesHeld: HeldCopyView[],
  fields: Partial<MedusaOrderView> = {}
): MedusaOrderView => ({
  id: "order_1",
  status: "pending",
  currencyCode: "sgd",
  total: "10.00",
  stockedLines: [],
  lines: [],
  fulfillments: [],
  unlinkedPackages: [],
  payment: { collectionId: "pay_col_1", collectionAmount: "10.00", capturedAmount: "10.00", refundedAmount: "0" },
  linked: true,
  contact: { address: null, buyer: { userId: null, username: null } },
  copies: { order: ORDER, lines, held: copiesHeld },
  ...fields,
})

const parcel = (shipped: boolean) => ({
  id: "ful_1",
  packageNumber: "P1",
  shipped,
  delivered: false,
  trackingNumber: null,
  items: [],
})

const open = { cancelled: false }
const cancelled = { cancelled: true }

/** What the plan does to copies, without what it leaves alone. */
function changes(steps: PlanStep[]) {
  const [step] = steps.flatMap((each) => (each.kind === "copies" ? [each.changes] : []))
  const { reserve = [], sell = [], release = [], takeBack = [] } = step ?? {}
  const names = { reserve: reserve.map(({ reservedFor }) => reservedFor), sell, release, takeBack }
  return Object.fromEntries(Object.entries(names).filter(([, pieces]) => pieces.length > 0))
}

describe("the copies of an order", () => {
  it.each<[string, MedusaOrderView]>([
    ["whose variants have none", order([], [])],
    ["that holds one for each piece", order([line()], [held(1), held(2)])],
    [
      "that has left with them",
      order([line({ fulfilled: 2, shipped: 2 })], [held(1, { isSold: true }), held(2, { isSold: true })]),
    ],
    [
      "that has left without one, while there are others by now",
      order([line({ fulfilled: 2, shipped: 2, available: 5, notedCopyIds: [] })], []),
    ],
  ])("%s need nothing", (_, current) => {
    expect(copies(current, open)).toEqual([])
  })

  it("are set aside for the pieces that have none, under the lowest free numbers", () => {
    const current = order([line({ quantity: 3, available: 9, notedCopyIds: ["copy_A2"] })], [held(2)])
    expect(copies(current, open)).toEqual([
      {
        kind: "copies",
        changes: {
          order: ORDER,
          reserve: [
            { reservedFor: piece(1), variantId: "variant_drake" },
            { reservedFor: piece(3), variantId: "variant_drake" },
          ],
          sell: [],
          release: [],
          takeBack: [],
          lines: [{ lineId: "line_a", key: "A" }],
        },
      },
    ])
  })

  it("are set aside before their pieces can be packed", () => {
    const lines = [
      { lineId: "line_a", key: "A", quantity: 2, fulfilled: 0, itemKey: null, shipped: 0, piecesPerUnit: 1 },
    ]
    const parcelOfAll = { packageNumber: "P1", stage: "packed" as const, trackingNumber: null, carrier: null }
    const target: OrderTarget = {
      ...{ captured: true, cancelled: false, priced: true, completed: false, total: "10.00" },
      lines: [],
      partlyCancelled: false,
      packages: [{ ...parcelOfAll, items: [{ key: "A", quantity: 2 }] }],
      contact: { address: null, buyer: { userId: null, username: null } },
    }
    const kinds = (current: MedusaOrderView) => plan(current, target).map(({ kind }) => kind)
    expect(kinds(order([line({ available: 2, notedCopyIds: [] })], [], { lines }))).toEqual(["copies"])
    expect(kinds(order([line()], [held(1), held(2)], { lines }))).toEqual(["fulfil"])
  })

  it("are reported when there are too few, with nothing to set aside when there are none", () => {
    const none = order([line({ quantity: 3, notedCopyIds: ["copy_A1"] })], [held(1)])
    expect(copies(none, open)).toEqual([{ kind: "short_of_copies", skus: ["PSA-DRAKE"] }])
    const one = order([line({ quantity: 3, available: 1, notedCopyIds: ["copy_A1"] })], [held(1)])
    expect(changes(copies(one, open))).toEqual({ reserve: [piece(2)] })
    expect(copies(one, open)[1]).toEqual({ kind: "short_of_copies", skus: ["PSA-DRAKE"] })
  })

  it("are not missed any more once the pieces are packed", () => {
    expect(copies(order([line({ fulfilled: 2, notedCopyIds: [] })], []), open)).toEqual([])
  })

  it("are shared by two lines of one variant, the first line first", () => {
    const other = line({ lineId: "line_b", key: "B", quantity: 1, available: 2, notedCopyIds: [] })
    const steps = copies(order([line({ available: 2, notedCopyIds: [] }), other], []), open)
    expect(changes(steps)).toEqual({ reserve: [piece(1), piece(2)] })
    expect(steps[1]).toEqual({ kind: "short_of_copies", skus: ["PSA-DRAKE"] })
  })

  it("are sold as their pieces leave", () => {
    const partly = order([line({ fulfilled: 2, shipped: 1 })], [held(1), held(2)], { fulfillments: [parcel(true)] })
    expect(changes(copies(partly, open))).toEqual({ sell: [piece(1)] })
    const wholly = order([line({ fulfilled: 2, shipped: 2 })], [held(1, { isSold: true }), held(2)])
    expect(changes(copies(wholly, open))).toEqual({ sell: [piece(2)] })
  })

  it.each<[string, MedusaOrderView, { cancelled: boolean }]>([
    ["Shopee cancelled before anything left", order([line()], [held(1), held(2)]), cancelled],
    [
      "Shopee cancelled while it was packed",
      order([line({ fulfilled: 2 })], [held(1), held(2)], { fulfillments: [parcel(false)] }),
      cancelled,
    ],
    ["is cancelled in Medusa", order([line()], [held(1), held(2)], { status: "canceled" }), cancelled],
  ])("are freed when the order %s, and none is set aside", (_, current, target) => {
    const [first] = current.copies.lines
    const withMore = {
      ...current,
      copies: { ...current.copies, lines: first ? [{ ...first, available: 7, quantity: 3 }] : [] },
    }
    expect(changes(copies(withMore, target))).toEqual({ release: [piece(1), piece(2)] })
  })

  it("stay as they are when the order is cancelled after a part of it has left: a person decides", () => {
    const current = order([line({ fulfilled: 2, shipped: 1 })], [held(1, { isSold: true }), held(2)], {
      fulfillments: [parcel(true)],
    })
    expect(copies(current, cancelled)).toEqual([])
  })

  it("are freed for pieces that were cancelled, the last first, and for lines that are gone", () => {
    expect(changes(copies(order([line({ quantity: 1 })], [held(1), held(2)]), open))).toEqual({ release: [piece(2)] })
    expect(changes(copies(order([line()], [held(1), held(2), held(1, { key: "B" })]), open))).toEqual({
      release: [piece(1, "B")],
    })
    expect(changes(copies(order([], [held(1)]), open))).toEqual({ release: [piece(1)] })
  })

  it.each(["pending", "completed"])("that came back are for sale again, also of an order that is %s", (status) => {
    const sold = [held(1, { isSold: true }), held(2, { isSold: true })]
    const back = (returned: number) => order([line({ fulfilled: 2, shipped: 2, returned })], sold, { status })
    expect(changes(copies(back(1), open))).toEqual({ takeBack: [piece(2)] })
    expect(changes(copies(back(2), open))).toEqual({ takeBack: [piece(1), piece(2)] })
  })

  it("are named on their line, when a run died before it did or somebody chose another copy", () => {
    const toNote = {
      order: ORDER,
      reserve: [],
      sell: [],
      release: [],
      takeBack: [],
      lines: [{ lineId: "line_a", key: "A" }],
    }
    for (const notedCopyIds of [[], ["copy_A1"], ["copy_A1", "copy_other"]]) {
      expect(copies(order([line({ notedCopyIds })], [held(1), held(2)]), open)).toEqual([
        { kind: "copies", changes: toNote },
      ])
    }
  })
})

describe("a piece's name", () => {
  it.each(["123456789012", "71:71:81:0", "odd#key/with#all"])("leads back to the line %s of its order", (key) => {
    expect(lineKeyOfPiece(ORDER, pieceName(ORDER, key, 12))).toBe(key)
  })

  it.each([`${ORDER}9/A#1`, "somebody's", `${ORDER}/A`, ""])("%p is none of this order's", (name) => {
    expect(lineKeyOfPiece(ORDER, name)).toBeNull()
  })
})
