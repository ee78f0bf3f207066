import { plan } from "../plan"
import { parcels } from "../plan-parcels"
import { fulfillment, line, order, parcel, target } from "./parcel-samples"

/** Parcels that are not what they were when Medusa packed them, or that a run left half made. */
describe("parcels", () => {
  describe("that hold something else at Shopee than in Medusa", () => {
    const lines = [line("a", 2, { fulfilled: 1 }), line("b", 1, { fulfilled: 1 })]
    const held = (lineId: string, quantity = 1) => ({ items: [{ lineId, quantity }] })
    const changed = target([parcel("P1", "packed", [["A", 2]]), parcel("P2", "packed", [["B", 1]])])

    it("are packed anew, those alone, as long as they have not left", () => {
      const current = order(lines, [fulfillment("P1", held("a")), fulfillment("P2", held("b"))])

      expect(parcels(current, changed)).toEqual([{ kind: "unpack", fulfillmentIds: ["ful_P1"] }])
    })

    it("stay as they left, and a person is told when pieces are in none of them", () => {
      const shipped = { shipped: true }
      const gone = [line("a", 2, { fulfilled: 1, shipped: 1 }), line("b", 1, { fulfilled: 1, shipped: 1 })]
      const current = order(gone, [
        fulfillment("P1", { ...held("a"), ...shipped }),
        fulfillment("P2", { ...held("b"), ...shipped }),
      ])
      const left = target(changed.packages.map((each) => ({ ...each, stage: "shipped" as const })))

      expect(parcels(current, left)).toEqual([{ kind: "report", problem: "parcel_mismatch" }])
      const moved = target([parcel("P1", "shipped", [["B", 1]]), parcel("P2", "shipped", [["A", 1]])])
      expect(
        parcels(
          order(
            [
              { ...lines[0], ...line("a", 1, { fulfilled: 1, shipped: 1 }) },
              line("b", 1, { fulfilled: 1, shipped: 1 }),
            ],
            current.fulfillments
          ),
          moved
        )
      ).toEqual([])
    })

    it("are not compared by lines that are none of Shopee's", () => {
      const fee = line("fee", 1, { key: "buyer_fee", fulfilled: 1 })
      const current = order(
        [line("a", 1, { fulfilled: 1 }), fee],
        [fulfillment("P1", { items: [...held("a").items, ...held("fee").items] })]
      )

      expect(parcels(current, target([parcel("P1", "packed", [["A", 1]])]))).toEqual([])
    })

    it("whose unpacking was cut short are unpacked to the end", () => {
      const current = order([line("a")], [fulfillment("P1", { items: [] })])

      expect(parcels(current, target([parcel("P1", "packed", [["A", 1]])]))).toEqual([
        { kind: "unpack", fulfillmentIds: ["ful_P1"] },
      ])
    })
  })

  it("that a killed run left unlinked are finished before anything else", () => {
    const current = { ...order([line("a", 1, { fulfilled: 1 })]), unlinkedPackages: ["P1"] }
    const finish = [{ kind: "fulfil", packages: [{ packageNumber: "P1", items: [] }] }]

    expect(plan(current, target([parcel("P1", "shipped", [["A", 1]])]))).toEqual(finish)
    expect(plan(current, { ...target([]), captured: false, cancelled: true })).toEqual(finish)
  })

  it("whose tracking numbers come after completion are written, and nothing else is done", () => {
    const packed = [line("a", 1, { fulfilled: 1, shipped: 1 })]
    const told = target([parcel("P1", "delivered", [["A", 1]], { trackingNumber: "TRK1", carrier: "Express" })], true)
    const completed = (trackingNumber: string | null) => ({
      ...order(packed, [fulfillment("P1", { shipped: true, delivered: true, trackingNumber })]),
      status: "completed",
    })

    expect(plan(completed(null), told)).toEqual([
      { kind: "track", shipments: [{ fulfillmentId: "ful_P1", trackingNumber: "TRK1", carrier: "Express" }] },
    ])
    expect(plan(completed("TRK1"), told)).toEqual([])
  })
})
