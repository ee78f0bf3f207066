import type { FulfillmentView, PackageTarget } from "../../types/plan"
import { plan } from "../plan"
import { parcels } from "../plan-parcels"
import { fulfillment, line, order, parcel, target } from "./parcel-samples"

/** What becomes of an order's parcels (product paper §6.1, fulfilment and stock). */
describe("parcels", () => {
  it("are packed, shipped, delivered and the order completed, one plan after another", () => {
    const done = target([parcel("P1", "delivered", [["A", 2]], { trackingNumber: "TRK1", carrier: "Express" })], true)
    const packed = line("a", 2, { fulfilled: 2 })

    expect(parcels(order([line("a", 2)]), done)).toEqual([
      { kind: "fulfil", packages: [{ packageNumber: "P1", items: [{ lineId: "a", quantity: 2 }] }] },
    ])
    const two = { items: [{ lineId: "a", quantity: 2 }] }
    expect(parcels(order([packed], [fulfillment("P1", two)]), done)).toEqual([
      { kind: "ship", shipments: [{ fulfillmentId: "ful_P1", trackingNumber: "TRK1", carrier: "Express" }] },
    ])
    const shipped = fulfillment("P1", { shipped: true, trackingNumber: "TRK1" })
    expect(parcels(order([packed], [shipped]), done)).toEqual([{ kind: "deliver", fulfillmentIds: ["ful_P1"] }])
    const delivered = { ...shipped, delivered: true }
    expect(parcels(order([packed], [delivered]), done)).toEqual([{ kind: "complete" }])
    expect(plan({ ...order([packed], [delivered]), status: "completed" }, done)).toEqual([])
  })

  it.each<[PackageTarget["stage"], Partial<FulfillmentView>]>([
    ["packed", {}],
    ["shipped", { shipped: true }],
    ["delivered", { shipped: true, delivered: true }],
  ])("that are %s already are left alone", (stage, fields) => {
    const current = order([line("a", 1, { fulfilled: 1 })], [fulfillment("P1", fields)])

    expect(parcels(current, target([parcel("P1", stage, [["A", 1]])]))).toEqual([])
  })

  it.each<PackageTarget["stage"]>(["packed", "shipped"])(
    "never go back: one that was delivered stays so when Shopee says %s",
    (stage) => {
      const current = order([line("a", 1, { fulfilled: 1 })], [fulfillment("P1", { shipped: true, delivered: true })])

      expect(parcels(current, target([parcel("P1", stage, [["A", 1]])]))).toEqual([])
    }
  )

  it("are not touched by a status that says nothing of them (IN_CANCEL, unknown ones)", () => {
    const packed = [line("a", 1, { fulfilled: 1 })]

    expect(parcels(order([line("a")]), target([]))).toEqual([])
    expect(parcels(order(packed, [fulfillment("P1")]), target([]))).toEqual([])
    expect(parcels(order(packed, [fulfillment("P1", { shipped: true })]), target([]))).toEqual([])
  })

  describe("packing", () => {
    it("waits for a parcel that is still open, and takes nothing of it", () => {
      const both = target([parcel("P1", "open", [["A", 1]]), parcel("P2", "packed", [["B", 1]])])

      expect(parcels(order([line("a"), line("b")]), both)).toEqual([
        { kind: "fulfil", packages: [{ packageNumber: "P2", items: [{ lineId: "b", quantity: 1 }] }] },
      ])
    })

    it("packs all parcels in one plan, each with its own pieces", () => {
      const both = target([parcel("P1", "packed", [["A", 2]]), parcel("P2", "shipped", [["A", 1]])])

      expect(parcels(order([line("a", 3)]), both)).toEqual([
        {
          kind: "fulfil",
          packages: [
            { packageNumber: "P1", items: [{ lineId: "a", quantity: 2 }] },
            { packageNumber: "P2", items: [{ lineId: "a", quantity: 1 }] },
          ],
        },
      ])
    })

    it("puts the fee line and lines that were added by hand into the first parcel, once", () => {
      const lines = [line("a"), line("b"), line("fee", 1, { key: "buyer_fee" }), line("gift", 2, { key: null })]
      const both = target([parcel("P1", "packed", [["A", 1]]), parcel("P2", "packed", [["B", 1]])])

      expect(parcels(order(lines), both)).toEqual([
        {
          kind: "fulfil",
          packages: [
            {
              packageNumber: "P1",
              items: [
                { lineId: "a", quantity: 1 },
                { lineId: "fee", quantity: 1 },
                { lineId: "gift", quantity: 2 },
              ],
            },
            { packageNumber: "P2", items: [{ lineId: "b", quantity: 1 }] },
          ],
        },
      ])
    })

    it("makes no parcel of the fee alone when every piece of the first one was cancelled", () => {
      const both = target([parcel("P1", "packed", []), parcel("P2", "packed", [["B", 1]])])

      expect(parcels(order([line("b"), line("fee", 1, { key: "buyer_fee" })]), both)).toEqual([
        {
          kind: "fulfil",
          packages: [
            {
              packageNumber: "P2",
              items: [
                { lineId: "b", quantity: 1 },
                { lineId: "fee", quantity: 1 },
              ],
            },
          ],
        },
      ])
    })

    it("leaves a line that Shopee cancelled out of every parcel", () => {
      const one = target([
        parcel("P1", "packed", [
          ["A", 1],
          ["B", 0],
        ]),
      ])

      expect(parcels(order([line("a"), line("b")]), one)).toEqual([
        { kind: "fulfil", packages: [{ packageNumber: "P1", items: [{ lineId: "a", quantity: 1 }] }] },
      ])
    })

    it("does the rest after a crash between two parcels", () => {
      const both = target([parcel("P1", "packed", [["A", 1]]), parcel("P2", "packed", [["A", 1]])])

      expect(parcels(order([line("a", 2, { fulfilled: 1 })], [fulfillment("P1")]), both)).toEqual([
        { kind: "fulfil", packages: [{ packageNumber: "P2", items: [{ lineId: "a", quantity: 1 }] }] },
      ])
    })

    it("never packs a piece twice, whoever packed it", () => {
      const one = target([
        parcel("P1", "packed", [
          ["A", 2],
          ["B", 1],
        ]),
      ])
      const current = order([line("a", 2, { fulfilled: 1 }), line("b", 1, { fulfilled: 1 })], [fulfillment(null)])

      expect(parcels(current, one)).toEqual([
        { kind: "fulfil", packages: [{ packageNumber: "P1", items: [{ lineId: "a", quantity: 1 }] }] },
      ])
    })

    it("gives a piece to one parcel, also when Shopee lists more than Medusa has", () => {
      const both = target([parcel("P1", "packed", [["A", 1]]), parcel("P2", "packed", [["A", 1]])])

      expect(parcels(order([line("a", 1)]), both)).toEqual([
        { kind: "fulfil", packages: [{ packageNumber: "P1", items: [{ lineId: "a", quantity: 1 }] }] },
      ])
    })

    it("packs nothing for a parcel of which Medusa has no line", () => {
      expect(parcels(order([line("a", 1, { fulfilled: 1 })]), target([parcel("P1", "shipped", [["X", 1]])]))).toEqual(
        []
      )
    })

    it("of a new parcel goes together with shipping an old one", () => {
      const both = target([parcel("P1", "shipped", [["A", 1]]), parcel("P2", "packed", [["B", 1]])])
      const current = order([line("a", 1, { fulfilled: 1 }), line("b")], [fulfillment("P1")])

      expect(parcels(current, both).map(({ kind }) => kind)).toEqual(["fulfil", "ship"])
    })
  })

  describe("when Shopee puts the order together anew", () => {
    const packed = line("a", 2, { fulfilled: 2 })
    const split = target([parcel("P2", "packed", [["A", 1]]), parcel("P3", "packed", [["A", 1]])])

    it("the parcel that is gone is unpacked, and the new ones are packed by the plan after", () => {
      expect(parcels(order([packed], [fulfillment("P1")]), split)).toEqual([
        { kind: "unpack", fulfillmentIds: ["ful_P1"] },
      ])
      expect(parcels(order([line("a", 2)]), split)).toEqual([
        {
          kind: "fulfil",
          packages: [
            { packageNumber: "P2", items: [{ lineId: "a", quantity: 1 }] },
            { packageNumber: "P3", items: [{ lineId: "a", quantity: 1 }] },
          ],
        },
      ])
    })

    it("a parcel that stands for an order without a list gives way to the listed one", () => {
      const listed = target([parcel("P1", "shipped", [["A", 2]])])

      expect(parcels(order([packed], [fulfillment("260301ABCDEF08")]), listed)).toEqual([
        { kind: "unpack", fulfillmentIds: ["ful_260301ABCDEF08"] },
      ])
    })

    it("what left under an old number stays, and arrives when everything has", () => {
      const gone = fulfillment("P1", { shipped: true })
      const arrived = target([parcel("P2", "delivered", [["A", 2]])])

      expect(parcels(order([packed], [gone]), target([parcel("P2", "shipped", [["A", 2]])]))).toEqual([])
      expect(parcels(order([packed], [gone]), arrived)).toEqual([{ kind: "deliver", fulfillmentIds: ["ful_P1"] }])
      expect(parcels(order([packed], [{ ...gone, delivered: true }]), arrived)).toEqual([])
    })

    it("what somebody packed by hand is left alone", () => {
      for (const stage of ["open", "packed", "shipped", "delivered"] as const) {
        const one = target([parcel("P1", stage, [["A", 2]])])
        expect(parcels(order([packed], [fulfillment(null)]), one)).toEqual([])
        expect(parcels(order([packed], [fulfillment(null, { shipped: true })]), one)).toEqual([])
      }
    })
  })

  describe("when a cancellation is refused (IN_CANCEL that reverts)", () => {
    const current = order([line("a", 1, { fulfilled: 1 })], [fulfillment("P1")])

    it("an order that is ready to ship again is unpacked", () => {
      expect(parcels(current, target([parcel("P1", "open", [["A", 1]])]))).toEqual([
        { kind: "unpack", fulfillmentIds: ["ful_P1"] },
      ])
    })

    it("an order that is still processed stays packed", () => {
      expect(parcels(current, target([parcel("P1", "packed", [["A", 1]])]))).toEqual([])
    })

    it("what has left is not unpacked", () => {
      const shipped = order([line("a", 1, { fulfilled: 1 })], [fulfillment("P1", { shipped: true })])

      expect(parcels(shipped, target([parcel("P1", "open", [["A", 1]])]))).toEqual([])
    })
  })

  describe("tracking numbers", () => {
    const packed = [line("a", 1, { fulfilled: 1 })]
    const told = (trackingNumber: string | null, stage: PackageTarget["stage"] = "shipped") =>
      target([parcel("P1", stage, [["A", 1]], { trackingNumber, carrier: "Express" })])
    const shipped = (trackingNumber: string | null) =>
      order(packed, [fulfillment("P1", { shipped: true, trackingNumber })])

    it("that come after the shipment are added", () => {
      expect(parcels(shipped(null), told("TRK1"))).toEqual([
        { kind: "track", shipments: [{ fulfillmentId: "ful_P1", trackingNumber: "TRK1", carrier: "Express" }] },
      ])
    })

    it("that Shopee changes are changed", () => {
      expect(parcels(shipped("TRK1"), told("TRK2"))).toMatchObject([
        { kind: "track", shipments: [{ trackingNumber: "TRK2" }] },
      ])
    })

    it("that are known, or not told, change nothing", () => {
      expect(parcels(shipped("TRK1"), told("TRK1"))).toEqual([])
      expect(parcels(shipped("TRK1"), told(null))).toEqual([])
    })

    it("of a parcel that has not left wait for it", () => {
      expect(parcels(order(packed, [fulfillment("P1")]), told("TRK1", "packed"))).toEqual([])
    })

    it("come in the same plan as the delivery", () => {
      expect(parcels(shipped(null), told("TRK1", "delivered")).map(({ kind }) => kind)).toEqual(["track", "deliver"])
    })
  })

  it("each go their own way", () => {
    const lines = [line("a", 1, { fulfilled: 1 }), line("b", 1, { fulfilled: 1 }), line("c", 1, { fulfilled: 1 })]
    const current = order(lines, [
      fulfillment("P1", { shipped: true }),
      fulfillment("P2", { items: [{ lineId: "b", quantity: 1 }] }),
      fulfillment("P3", { items: [{ lineId: "c", quantity: 1 }] }),
    ])
    const apart = target([
      parcel("P1", "delivered", [["A", 1]]),
      parcel("P2", "shipped", [["B", 1]]),
      parcel("P3", "packed", [["C", 1]]),
    ])

    expect(parcels(current, apart)).toEqual([
      { kind: "ship", shipments: [{ fulfillmentId: "ful_P2", trackingNumber: null, carrier: null }] },
      { kind: "deliver", fulfillmentIds: ["ful_P1"] },
    ])
  })

  it("come before completion: an order is completed once nothing else is left", () => {
    const one = target([parcel("P1", "delivered", [["A", 1]])], true)
    const steps = [fulfillment("P1"), fulfillment("P1", { shipped: true })].map((each) =>
      parcels(order([line("a", 1, { fulfilled: 1 })], [each]), one).map(({ kind }) => kind)
    )

    expect(steps).toEqual([["ship"], ["deliver"]])
  })
})
