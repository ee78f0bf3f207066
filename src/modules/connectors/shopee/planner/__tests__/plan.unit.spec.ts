import type { FulfillmentView, MedusaOrderView, OrderTarget, PlanStep, StockedLineView } from "../../types/plan"
import { isStale, needsSecondLook, plan } from "../plan"

const line = (lineId: string, reserved: boolean): StockedLineView => ({
  lineId,
  sku: `SKU-${lineId}`,
  quantity: 2,
  reserved,
  inventoryItems: [{ inventoryItemId: `iitem_${lineId}`, requiredQuantity: 1 }],
})

const payment = (fields: Partial<MedusaOrderView["payment"]> = {}): MedusaOrderView["payment"] => ({
  collectionId: "pay_col_1",
  collectionAmount: "10.00",
  capturedAmount: "0",
  refundedAmount: "0",
  ...fields,
})

/** An imported order that is unpaid, and lacks nothing. */
const order = ({ total = "10.00", ...fields }: Partial<MedusaOrderView> = {}): MedusaOrderView => ({
  id: "order_1",
  status: "pending",
  currencyCode: "sgd",
  total,
  stockedLines: [line("a", true)],
  lines: [{ lineId: "a", key: "A", itemKey: null, quantity: 2, fulfilled: 0, shipped: 0, piecesPerUnit: 1 }],
  fulfillments: [],
  unlinkedPackages: [],
  payment: payment({ collectionAmount: total }),
  linked: true,
  contact: { address: null, buyer: { userId: null, username: null } },
  copies: { order: "SHP-1", lines: [], held: [] },
  ...fields,
})

/** A parcel that holds the whole order. */
const packed = (fields: Partial<FulfillmentView> = {}): MedusaOrderView => ({
  ...order({ stockedLines: [line("a", false)] }),
  lines: [{ lineId: "a", key: "A", itemKey: null, quantity: 2, fulfilled: 2, shipped: 0, piecesPerUnit: 1 }],
  fulfillments: [
    {
      ...{ id: "ful_1", packageNumber: "P1", shipped: false, delivered: false, trackingNumber: null },
      items: [{ lineId: "a", quantity: 2 }],
      ...fields,
    },
  ],
})

const contact = { address: null, buyer: { userId: null, username: null } }
const nowhere = { lines: [], partlyCancelled: false, packages: [], completed: false, total: "10.00", contact }
const UNPAID: OrderTarget = { captured: false, cancelled: false, priced: false, ...nowhere }
const PAID: OrderTarget = { captured: true, cancelled: false, priced: true, ...nowhere }
const CANCELLED: OrderTarget = { captured: false, cancelled: true, priced: false, ...nowhere }

/** What is missing in Medusa (product paper §6.1), for what the connector does to an order so far. */
describe("plan", () => {
  it.each<[string, OrderTarget, PlanStep[]]>([
    ["unpaid, reserves its stock", UNPAID, [{ kind: "create", reserve: true, capture: false }]],
    ["paid, reserves its stock and captures", PAID, [{ kind: "create", reserve: true, capture: true }]],
    [
      "cancelled, is created with nothing reserved or captured",
      CANCELLED,
      [{ kind: "create", reserve: false, capture: false }],
    ],
  ])("an order that is first seen %s", (_, target, steps) => {
    expect(plan(null, target)).toEqual(steps)
  })

  it("a cancelled order that was just created is cancelled by the next plan", () => {
    expect(needsSecondLook(plan(null, CANCELLED), CANCELLED)).toBe(true)
    expect(plan(order({ stockedLines: [line("a", false)] }), CANCELLED)).toEqual([{ kind: "cancel" }])
  })

  it.each<[string, MedusaOrderView, OrderTarget]>([
    ["unpaid", order(), UNPAID],
    ["paid", order({ payment: payment({ capturedAmount: "10.00" }) }), PAID],
    ["cancelled", order({ status: "canceled", total: "0", stockedLines: [line("a", false)] }), CANCELLED],
    ["completed", order({ status: "completed", payment: payment({ capturedAmount: "10" }) }), PAID],
  ])("an order that is there already, %s, needs nothing", (_, current, target) => {
    expect(plan(current, target)).toEqual([])
  })

  it("equal amounts in other words are no difference", () => {
    expect(plan(order({ total: "10" }), { ...UNPAID, total: "10.00" })).toEqual([])
    expect(plan(order({ total: "9007199254740993.10" }), { ...UNPAID, total: "9007199254740993.1" })).toEqual([])
  })

  it("amounts beyond what a double holds are told apart", () => {
    expect(plan(order({ total: "9007199254740993.10" }), { ...UNPAID, total: "9007199254740993.11" })).toHaveLength(1)
  })

  it("payment captures what Shopee took", () => {
    expect(plan(order(), PAID)).toEqual([{ kind: "capture", amount: "10.00" }])
  })

  it("a total that is known at payment is amended before it is captured", () => {
    expect(plan(order(), { ...PAID, total: "8.50" })).toEqual([
      { kind: "amend", total: "8.50" },
      { kind: "capture", amount: "8.50" },
    ])
  })

  it("a total that is known before payment is amended alone", () => {
    expect(plan(order(), { ...UNPAID, total: "8.50" })).toEqual([{ kind: "amend", total: "8.50" }])
  })

  it.each(["10.00", "8.50", "0.01"])(
    "nothing is captured twice, also when %s were captured of 10.00",
    (capturedAmount) => {
      expect(plan(order({ payment: payment({ capturedAmount }) }), PAID)).toEqual([])
    }
  )

  it.each(["pending", "completed", "canceled"])(
    "what was captured or refunded and the account of a %s order does not know is booked",
    (status) => {
      const current = order({ status, payment: payment({ capturedAmount: "10.00", isUnbooked: true }) })

      expect(plan(current, PAID)).toEqual([{ kind: "book" }])
    }
  )

  it("a refund by hand doesn't make it capture again", () => {
    const current = order({ payment: payment({ capturedAmount: "10.00", refundedAmount: "10.00" }) })

    expect(plan(current, PAID)).toEqual([])
  })

  it("an order that cost nothing has nothing to capture", () => {
    expect(plan(order({ total: "0" }), { ...PAID, total: "0.00" })).toEqual([])
    expect(plan(order(), { ...PAID, total: "0.00" })).toEqual([{ kind: "amend", total: "0.00" }])
  })

  it.each([
    ["unpaid", "0"],
    ["captured", "10.00"],
  ])("a cancelled order that was %s is cancelled, and nothing else", (_, capturedAmount) => {
    expect(plan(order({ payment: payment({ capturedAmount }) }), CANCELLED)).toEqual([{ kind: "cancel" }])
  })

  it("a cancelled order whose payment was never heard of gets its price first, a captured one keeps it", () => {
    const cancelled = { ...CANCELLED, total: "3.00" }
    expect(plan(order(), cancelled)).toEqual([{ kind: "amend", total: "3.00" }, { kind: "cancel" }])
    expect(plan(order({ payment: payment({ capturedAmount: "10.00" }) }), cancelled)).toEqual([{ kind: "cancel" }])
  })

  it("a cancelled order's stock is not reserved first", () => {
    expect(plan(order({ stockedLines: [line("a", false)] }), CANCELLED)).toEqual([{ kind: "cancel" }])
  })

  it("an order that was packed is unpacked first, and cancelled by the plan after", () => {
    expect(plan(packed(), CANCELLED)).toEqual([{ kind: "unpack", fulfillmentIds: ["ful_1"] }])
    expect(plan({ ...packed(), fulfillments: [] }, CANCELLED)).toEqual([{ kind: "cancel" }])
  })

  it("every parcel that did not leave is unpacked, whoever packed it", () => {
    const current = packed()
    const [first] = current.fulfillments
    const fulfillments = first ? [first, { ...first, id: "ful_2", packageNumber: null }] : []

    expect(plan({ ...current, fulfillments }, CANCELLED)).toEqual([
      { kind: "unpack", fulfillmentIds: ["ful_1", "ful_2"] },
    ])
  })

  describe("an order that is cancelled after it was shipped", () => {
    const REPORT: PlanStep = { kind: "report", problem: "cancelled_after_shipping" }
    const shipped = (fields: Partial<MedusaOrderView["payment"]> = {}): MedusaOrderView => ({
      ...packed({ shipped: true }),
      payment: payment(fields),
    })

    it("is refunded once and reported", () => {
      expect(plan(shipped({ capturedAmount: "10.00" }), CANCELLED)).toEqual([{ kind: "refund" }, REPORT])
      expect(plan(shipped({ capturedAmount: "10.00", refundedAmount: "10" }), CANCELLED)).toEqual([REPORT])
    })

    it("gets back what a refund by hand left over", () => {
      expect(plan(shipped({ capturedAmount: "10.00", refundedAmount: "4.00" }), CANCELLED)[0]).toEqual({
        kind: "refund",
      })
    })

    it("is only reported when the courier never collected the money", () => {
      expect(plan(shipped(), CANCELLED)).toEqual([REPORT])
    })

    it("is treated so when only one of its parcels has left", () => {
      const current = shipped({ capturedAmount: "10.00" })
      const [first] = current.fulfillments
      const fulfillments = first ? [{ ...first, id: "ful_0", packageNumber: "P0", shipped: false }, first] : []

      expect(plan({ ...current, fulfillments }, CANCELLED)).toEqual([{ kind: "refund" }, REPORT])
    })

    it("is delivered or not: no shipment is cancelled", () => {
      const current = { ...packed({ shipped: true, delivered: true }), payment: payment({ capturedAmount: "10.00" }) }

      expect(plan(current, CANCELLED)).toEqual([{ kind: "refund" }, REPORT])
    })
  })

  it("an order that was packed has consumed its stock: nothing is reserved again", () => {
    expect(plan(packed(), PAID)).toEqual([{ kind: "capture", amount: "10.00" }])
  })

  it("money comes before parcels, each in a plan of its own", () => {
    const items = [{ key: "A", quantity: 2 }]
    const packages = [{ packageNumber: "P1", stage: "shipped" as const, trackingNumber: null, carrier: null, items }]

    expect(plan(order(), { ...PAID, packages })).toEqual([{ kind: "capture", amount: "10.00" }])
    expect(plan(order({ payment: payment({ capturedAmount: "10" }) }), { ...PAID, packages })).toEqual([
      { kind: "fulfil", packages: [{ packageNumber: "P1", items: [{ lineId: "a", quantity: 2 }] }] },
    ])
  })

  it("cash on delivery is captured before the order is completed: afterwards nothing changes any more", () => {
    const delivered = packed({ shipped: true, delivered: true })
    const items = [{ key: "A", quantity: 2 }]
    const packages = [{ packageNumber: "P1", stage: "delivered" as const, trackingNumber: null, carrier: null, items }]
    const completed: OrderTarget = { ...PAID, packages, completed: true }

    expect(plan(delivered, completed)).toEqual([{ kind: "capture", amount: "10.00" }])
    expect(plan({ ...delivered, payment: payment({ capturedAmount: "10.00" }) }, completed)).toEqual([
      { kind: "complete" },
    ])
  })

  it("an order is never revived", () => {
    expect(plan(order({ status: "canceled", stockedLines: [line("a", false)] }), PAID)).toEqual([])
    expect(plan(order({ status: "completed", stockedLines: [line("a", false)] }), CANCELLED)).toEqual([])
    expect(plan({ ...packed(), status: "completed" }, { ...PAID, completed: true })).toEqual([])
  })

  describe("after a crash", () => {
    it("links an order that lost its link, whatever state it is in", () => {
      expect(plan(order({ linked: false }), UNPAID)).toEqual([{ kind: "link" }])
      expect(plan(order({ linked: false, status: "canceled" }), CANCELLED)).toEqual([{ kind: "link" }])
      expect(plan(order({ linked: false, status: "completed" }), PAID)).toEqual([{ kind: "link" }])
      expect(plan({ ...packed(), linked: false }, CANCELLED)[0]).toEqual({ kind: "link" })
      expect(plan({ ...packed({ shipped: true }), linked: false }, CANCELLED)[0]).toEqual({ kind: "link" })
    })

    it("reserves the lines that have no reservation, and only those", () => {
      const current = order({ stockedLines: [line("a", true), line("b", false), line("c", false)] })

      expect(plan(current, UNPAID)).toEqual([{ kind: "reserve", lines: [line("b", false), line("c", false)] }])
    })

    it("finishes an import of which only the order is there, money last", () => {
      const current = order({
        linked: false,
        stockedLines: [line("a", false)],
        payment: payment({ collectionId: null, collectionAmount: null }),
      })

      expect(plan(current, { ...PAID, total: "12.00" }).map(({ kind }) => kind)).toEqual([
        "link",
        "open_payment",
        "reserve",
        "amend",
        "capture",
      ])
    })

    it.each([UNPAID, PAID])(
      "amends a payment that still has the amount from before, before it captures (%j)",
      (target) => {
        const current = order({ payment: payment({ collectionAmount: "12.00" }) })

        expect(plan(current, target)[0]).toEqual({ kind: "amend", total: "10.00" })
      }
    )

    it("opens the payment over what the order costs then, since an amendment follows", () => {
      const current = order({ payment: payment({ collectionId: null, collectionAmount: null }) })

      expect(plan(current, { ...PAID, total: "12.00" })[0]).toEqual({ kind: "open_payment", amount: "10.00" })
    })

    it("cancels an order of which only the order is there", () => {
      const current = order({
        linked: false,
        stockedLines: [line("a", false)],
        payment: payment({ collectionId: null, collectionAmount: null }),
      })

      expect(plan(current, CANCELLED).map(({ kind }) => kind)).toEqual(["link", "open_payment", "cancel"])
    })
  })
})

/** A second look costs queries: at import only an order that something can follow gets one. */
describe("needsSecondLook", () => {
  const create: PlanStep = { kind: "create", reserve: true, capture: true }
  const inStage = (stage: "open" | "packed"): OrderTarget => ({
    ...PAID,
    packages: [{ packageNumber: "P1", stage, trackingNumber: null, carrier: null, items: [] }],
  })

  it.each<[string, PlanStep[], OrderTarget]>([
    ["nothing", [], PAID],
    ["a report", [{ kind: "report", problem: "cancelled_after_shipping" }], CANCELLED],
    ["the import of an order that waits", [create], PAID],
    ["the import of an order whose parcels are not packed", [create], inStage("open")],
  ])("nothing follows %s", (_, steps, target) => {
    expect(needsSecondLook(steps, target)).toBe(false)
  })

  it.each<[string, PlanStep[], OrderTarget]>([
    ["the import of a cancelled order", [create], CANCELLED],
    ["the import of a packed order", [create], inStage("packed")],
    ["the import of a completed order", [create], { ...PAID, completed: true }],
    ["any change", [{ kind: "link" }], UNPAID],
    [
      "a refund beside a report",
      [{ kind: "refund" }, { kind: "report", problem: "cancelled_after_shipping" }],
      CANCELLED,
    ],
  ])("something can follow %s", (_, steps, target) => {
    expect(needsSecondLook(steps, target)).toBe(true)
  })
})

describe("isStale", () => {
  const at = (seconds: number) => new Date(seconds * 1000)

  it("is a reading from before the one that was applied", () => {
    expect(isStale(at(1_772_330_000), at(1_772_330_001))).toBe(true)
  })

  it("is no reading of the same second, no later one, and never the first", () => {
    expect(isStale(at(1_772_330_000), at(1_772_330_000))).toBe(false)
    expect(isStale(at(1_772_330_001), at(1_772_330_000))).toBe(false)
    expect(isStale(at(0), null)).toBe(false)
  })
})
