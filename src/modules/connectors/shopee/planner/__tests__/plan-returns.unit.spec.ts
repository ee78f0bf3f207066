import type { OrderReturnsView, ReturnTarget, ReturnView } from "../../types/order-returns"
import type { MedusaOrderView, OrderTarget, PlanStep } from "../../types/plan"
import { plan } from "../plan"

const NO_RETURNS: OrderReturnsView = { returns: [], heldPieces: new Map(), refunds: new Map(), openAmount: "0" }

/** A completed order of 2 × a and 1 × b, 30.00, all delivered and paid. */
const order = ({
  returns = {},
  ...fields
}: Partial<Omit<MedusaOrderView, "returns">> & { returns?: Partial<OrderReturnsView> } = {}): MedusaOrderView => ({
  id: "order_1",
  status: "completed",
  currencyCode: "sgd",
  total: "30.00",
  stockedLines: ["a", "b"].map((lineId) => ({ lineId, sku: lineId, quantity: 2, reserved: false, inventoryItems: [] })),
  lines: [
    { lineId: "a", key: "A", itemKey: null, piecesPerUnit: 1, quantity: 2, fulfilled: 2, shipped: 2 },
    { lineId: "b", key: "B", itemKey: null, piecesPerUnit: 1, quantity: 1, fulfilled: 1, shipped: 1 },
  ],
  fulfillments: [{ id: "ful_1", packageNumber: "P1", shipped: true, delivered: true, trackingNumber: null, items: [] }],
  payment: { collectionId: "pay_col_1", collectionAmount: "30.00", capturedAmount: "30.00", refundedAmount: "0" },
  linked: true,
  unlinkedPackages: [],
  contact: { address: null, buyer: { userId: null, username: null } },
  copies: { order: "SHP-1", lines: [], held: [] },
  ...fields,
  returns: { ...NO_RETURNS, ...returns },
})

const of = (fields: Partial<ReturnTarget> = {}): ReturnTarget => ({
  returnSn: "R1",
  stage: "requested",
  items: [{ lineKeys: ["A"], quantity: 1 }],
  unknownItems: [],
  refund: "0",
  moneySettled: false,
  problems: [],
  ...fields,
})

const target = (...returns: ReturnTarget[]): OrderTarget => ({
  captured: true,
  cancelled: false,
  priced: true,
  total: "30.00",
  packages: [],
  lines: [],
  partlyCancelled: false,
  completed: true,
  contact: { address: null, buyer: { userId: null, username: null } },
  returns,
})

const existing = (fields: Partial<ReturnView> = {}): ReturnView => ({
  id: "return_1",
  returnSn: "R1",
  canceled: false,
  items: [{ lineId: "a", quantity: 1, received: 0 }],
  restocked: false,
  ...fields,
})

const received = existing({ items: [{ lineId: "a", quantity: 1, received: 1 }], restocked: true })
const held = new Map([["a", 1]])
const report = (problem: string, returnSn = "R1") => ({ kind: "report", problem, returnSn })

describe("the returns of an order", () => {
  it.each<[string, MedusaOrderView, ReturnTarget, PlanStep[]]>([
    [
      "asked for",
      order(),
      of(),
      [{ kind: "request_returns", returns: [{ returnSn: "R1", items: [{ lineId: "a", quantity: 1 }] }] }],
    ],
    ["asked for already", order({ returns: { returns: [existing()], heldPieces: held } }), of(), []],
    [
      "here",
      order({ returns: { returns: [existing()], heldPieces: held } }),
      of({ stage: "received" }),
      [{ kind: "receive_returns", returnIds: ["return_1"] }],
    ],
    [
      "here, received by a run that died before the stock had them",
      order({
        returns: { returns: [existing({ items: [{ lineId: "a", quantity: 1, received: 1 }] })], heldPieces: held },
      }),
      of({ stage: "received" }),
      [{ kind: "receive_returns", returnIds: ["return_1"] }],
    ],
    ["here and in stock", order({ returns: { returns: [received], heldPieces: held } }), of({ stage: "received" }), []],
    [
      "not coming",
      order({ returns: { returns: [existing()], heldPieces: held } }),
      of({ stage: "dropped" }),
      [{ kind: "cancel_returns", returnIds: ["return_1"] }],
    ],
    ["not coming and never asked for", order(), of({ stage: "dropped" }), []],
    ["kept by the buyer", order(), of({ stage: "none" }), []],
    [
      "of other pieces since an agreement: cancelled first",
      order({ returns: { returns: [existing()], heldPieces: held } }),
      of({ items: [{ lineKeys: ["A"], quantity: 2 }] }),
      [{ kind: "cancel_returns", returnIds: ["return_1"] }],
    ],
    [
      "cancelled in Medusa while Shopee's is open: asked for anew",
      order({ returns: { returns: [existing({ canceled: true })] } }),
      of(),
      [{ kind: "request_returns", returns: [{ returnSn: "R1", items: [{ lineId: "a", quantity: 1 }] }] }],
    ],
  ])("goods that are %s", (_, current, wanted, steps) => {
    expect(plan(current, target(wanted))).toEqual(steps)
  })

  it("pieces that two lines may have are taken from what is packed and in no other return", () => {
    const current = order({ returns: { heldPieces: new Map([["a", 1]]) } })
    const steps = plan(current, target(of({ items: [{ lineKeys: ["A", "B"], quantity: 2 }] })))
    expect(steps).toEqual([
      {
        kind: "request_returns",
        returns: [
          {
            returnSn: "R1",
            items: [
              { lineId: "a", quantity: 1 },
              { lineId: "b", quantity: 1 },
            ],
          },
        ],
      },
    ])
  })

  it.each<[string, MedusaOrderView, Partial<ReturnTarget>, string]>([
    [
      "more pieces than were packed",
      order(),
      { items: [{ lineKeys: ["A"], quantity: 3 }] },
      "return_exceeds_fulfillment",
    ],
    [
      "pieces that are in another return",
      order({ returns: { heldPieces: new Map([["a", 2]]) } }),
      {},
      "return_exceeds_fulfillment",
    ],
    [
      "an item that the order does not have",
      order(),
      { unknownItems: [{ item_id: "9", model_id: "0", quantity: 1, sku: null }] },
      "return_of_unknown_items",
    ],
    ["no item at all", order(), { items: [] }, "return_of_unknown_items"],
    [
      "a dispute",
      order({ returns: { returns: [existing()], heldPieces: held } }),
      { problems: ["return_disputed"] },
      "return_disputed",
    ],
  ])("a return of %s is told to a person, and nothing is asked for that can't be", (_, current, fields, problem) => {
    expect(plan(current, target(of(fields)))).toEqual([report(problem)])
  })

  it("what Shopee paid is refunded once, by the return that it was paid for", () => {
    const paid = of({ stage: "none", refund: "7.30", moneySettled: true })
    const two = target(paid, of({ ...paid, returnSn: "R2", refund: "1.01" }))
    expect(plan(order(), two)).toEqual([
      {
        kind: "refund_returns",
        refunds: [
          { returnSn: "R1", amount: "7.3" },
          { returnSn: "R2", amount: "1.01" },
        ],
      },
    ])
    const current = order({
      payment: { ...order().payment, refundedAmount: "7.30" },
      returns: { refunds: new Map([["R1", "7.30"]]) },
    })
    expect(plan(current, two)).toEqual([{ kind: "refund_returns", refunds: [{ returnSn: "R2", amount: "1.01" }] }])
  })

  it("never refunds more than is left of what was captured, and says so", () => {
    const current = order({ payment: { ...order().payment, refundedAmount: "25.00" } })
    expect(plan(current, target(of({ stage: "none", refund: "7.30", moneySettled: true })))).toEqual([
      { kind: "refund_returns", refunds: [{ returnSn: "R1", amount: "5" }] },
      report("refund_exceeds_capture"),
    ])
  })

  it("the account is evened once no more money follows, and not before", () => {
    const current = order({ returns: { refunds: new Map([["R1", "3.33"]]), openAmount: "3.33" } })
    const paid = of({ stage: "none", refund: "3.33", moneySettled: true })
    expect(plan(current, target(paid))).toEqual([{ kind: "balance", amount: "3.33" }])
    expect(plan(current, target(paid, of({ returnSn: "R2", stage: "none" })))).toEqual([])
    expect(plan(order({ returns: { refunds: new Map([["R1", "3.33"]]) } }), target(paid))).toEqual([])
  })

  it("cash on delivery waits for its capture with receiving and refunding, not with asking", () => {
    const uncaptured = { ...order().payment, capturedAmount: "0" }
    const wanted = of({ stage: "received", refund: "5", moneySettled: true })
    const pending = { status: "pending", payment: uncaptured } as const
    const cod = { ...target(wanted), captured: false, completed: false }
    expect(plan(order(pending), cod)).toMatchObject([{ kind: "request_returns" }])
    expect(plan(order({ ...pending, returns: { returns: [existing()], heldPieces: held } }), cod)).toEqual([])
  })

  it("waits until something has left: an older reading knows nothing of what is cancelled meanwhile", () => {
    const [parcel] = order().fulfillments
    const packed = {
      ...parcel,
      id: "ful_1",
      packageNumber: "P1",
      shipped: false,
      delivered: false,
      trackingNumber: null,
    }
    const fulfillments = [{ ...packed, items: [{ lineId: "a", quantity: 2 }] }]
    const early = { ...target(of({ refund: "5", moneySettled: true })), completed: false }
    expect(plan(order({ status: "pending", fulfillments }), early)).toEqual([])
  })

  it("takes nothing back that is in a parcel that has not left", () => {
    const [parcel] = order().fulfillments
    const ways = { packageNumber: "P2", shipped: false, delivered: false, trackingNumber: null }
    const waiting = { ...ways, id: "ful_2", items: [{ lineId: "a", quantity: 2 }] }
    const current = order({ fulfillments: [...(parcel ? [parcel] : []), waiting] })
    expect(plan(current, target(of()))).toEqual([report("return_exceeds_fulfillment")])
  })

  it("cash on delivery that nobody paid is not amended for what came back when it is cancelled", () => {
    const back = order({
      status: "pending",
      // Less by a piece of a.
      total: "20.00",
      payment: { ...order().payment, capturedAmount: "0" },
      returns: { returns: [received], heldPieces: held },
    })
    const parcel = { packageNumber: "P1", stage: "shipped", trackingNumber: null, carrier: null, items: [] } as const
    const cancelled = {
      ...target(of({ stage: "received", moneySettled: true })),
      ...{ captured: false, cancelled: true, completed: false, packages: [{ ...parcel, items: [] }] },
    }
    expect(plan(back, cancelled)).toEqual([{ kind: "report", problem: "cancelled_after_shipping" }])
  })

  it("an order that is cancelled after shipping is reported until all its goods are back", () => {
    const cancelled = {
      ...target(
        of({
          stage: "received",
          items: [
            { lineKeys: ["A"], quantity: 2 },
            { lineKeys: ["B"], quantity: 1 },
          ],
        })
      ),
      cancelled: true,
      completed: false,
    }
    const refunded = { ...order().payment, refundedAmount: "30.00" }
    const current = order({ status: "pending", payment: refunded })
    expect(plan(current, cancelled).map(({ kind }) => kind)).toEqual(["request_returns", "report"])
    const all = existing({
      items: [
        { lineId: "a", quantity: 2, received: 2 },
        { lineId: "b", quantity: 1, received: 1 },
      ],
      restocked: true,
    })
    const back = order({
      status: "pending",
      payment: refunded,
      returns: {
        returns: [all],
        heldPieces: new Map([
          ["a", 2],
          ["b", 1],
        ]),
      },
    })
    expect(plan(back, cancelled)).toEqual([])
  })

  it("a cancelled order has no returns", () => {
    expect(plan(order({ status: "canceled" }), { ...target(of()), cancelled: true })).toEqual([])
  })
})
