import { afterMoves, isForeseen, isMove, movesOf } from "../after-moves"
import { copies } from "../plan-copies"
import { fulfillment, line, order } from "./parcel-samples"

const packed = order(
  [line("a", 2, { fulfilled: 2 }), line("b")],
  [fulfillment("P1"), fulfillment("P2", { trackingNumber: "TRACK2" })]
)

describe("afterMoves", () => {
  it("a parcel that is shipped has left with its pieces and its number; the others stay", () => {
    const view = afterMoves(packed, [
      { kind: "ship", shipments: [{ fulfillmentId: "ful_P1", trackingNumber: "TRACK1", carrier: null }] },
    ])
    expect(view.fulfillments).toEqual([
      fulfillment("P1", { shipped: true, trackingNumber: "TRACK1" }),
      fulfillment("P2", { trackingNumber: "TRACK2" }),
    ])
    expect(view.lines).toEqual([line("a", 2, { fulfilled: 2, shipped: 1 }), line("b")])
  })

  it("the graded copies of pieces that left are sold next", () => {
    const piece = { id: "ser_1", reservedFor: "SHP-1/A#1", isSold: false }
    const copied = { lineId: "a", key: "A", sku: "SLAB", variantId: "var_1", returned: 0, available: 0 }
    const view = afterMoves(
      {
        ...packed,
        copies: {
          order: "SHP-1",
          lines: [{ ...copied, quantity: 2, fulfilled: 2, shipped: 0, notedCopyIds: ["ser_1"] }],
          held: [piece],
        },
      },
      [{ kind: "ship", shipments: [{ fulfillmentId: "ful_P1", trackingNumber: null, carrier: null }] }]
    )
    expect(view.copies.lines).toMatchObject([{ lineId: "a", shipped: 1 }])
    expect(copies(view, { cancelled: false })).toMatchObject([{ kind: "copies", changes: { sell: ["SHP-1/A#1"] } }])
  })

  it("a parcel that was shipped already, or without a number, counts once and keeps what it had", () => {
    const ship = {
      kind: "ship" as const,
      shipments: [{ fulfillmentId: "ful_P2", trackingNumber: null, carrier: null }],
    }
    const once = afterMoves(packed, [ship])
    expect(afterMoves(once, [ship])).toEqual(once)
    expect(once.fulfillments[1]).toMatchObject({ shipped: true, trackingNumber: "TRACK2" })
  })

  it("delivers parcels and completes orders, and changes nothing that it was given", () => {
    const before = structuredClone(packed)
    const view = afterMoves(packed, [{ kind: "deliver", fulfillmentIds: ["ful_P2"] }, { kind: "complete" }])
    expect(view.fulfillments.map(({ delivered }) => delivered)).toEqual([false, true])
    expect(view.status).toBe("completed")
    expect(packed).toEqual(before)
  })
})

describe("isMove", () => {
  it("is true of plans that hold moves, and reports beside them, alone", () => {
    expect(isMove([{ kind: "complete" }])).toBe(true)
    expect(isMove([{ kind: "complete" }, { kind: "report", problem: "parcel_mismatch" }])).toBe(true)
    expect(isMove([{ kind: "report", problem: "parcel_mismatch" }])).toBe(false)
    expect(isMove([{ kind: "complete" }, { kind: "link" }])).toBe(false)
    expect(isMove([])).toBe(false)
    expect(movesOf([{ kind: "report", problem: "parcel_mismatch" }, { kind: "complete" }])).toEqual([
      { kind: "complete" },
    ])
  })
})

describe("isForeseen", () => {
  it("is false of a plan that packs: the parcel's fulfillment has an id that nobody knows before", () => {
    const fulfil = { kind: "fulfil" as const, packages: [] }
    expect(isMove([fulfil, { kind: "complete" }])).toBe(true)
    expect(isForeseen([fulfil, { kind: "complete" }])).toBe(false)
    expect(isForeseen([{ kind: "deliver", fulfillmentIds: [] }, { kind: "complete" }])).toBe(true)
  })
})
