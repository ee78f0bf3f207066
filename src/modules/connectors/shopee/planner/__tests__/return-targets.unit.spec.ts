import { shopeeItem, shopeeOrder } from "../../normalizers/__tests__/shopee-order-samples"
import { normalizeShopeeOrder } from "../../normalizers/order"
import type { KnownReturn } from "../../types/normalized-return"
import { inPieces } from "../packs"
import { returnTargets } from "../return-targets"

const order = normalizeShopeeOrder(shopeeOrder({ item_list: [shopeeItem({ item_id: 71, model_id: 81 })] }))
const [line] = order.line_items

const known = (fields: Partial<KnownReturn> = {}): KnownReturn => ({
  return_sn: "R1",
  ordersn: order.ordersn,
  status: "PROCESSING",
  reason: null,
  refund_amount: "5",
  currency: "SGD",
  goods: "awaited",
  after_completion: false,
  disputed: false,
  due_at: null,
  logistics_status: null,
  tracking_number: null,
  items: [{ item_id: "71", model_id: "81", quantity: 1, sku: null }],
  requested_at: new Date("2026-03-02T00:00:00Z"),
  updated_at: new Date("2026-03-02T00:00:00Z"),
  refund_paid_at: null,
  fetched_at: new Date("2026-03-02T00:00:00Z"),
  final: false,
  ...fields,
})

const targetOf = (fields: Partial<KnownReturn>) => returnTargets(order, [known(fields)])[0]

describe("what a return asks of its order", () => {
  it.each<[string, Partial<KnownReturn>, object]>([
    ["while its goods are awaited", {}, { stage: "requested", refund: "0", moneySettled: false, problems: [] }],
    ["once its goods are here", { goods: "returned" }, { stage: "received", refund: "0" }],
    ["once it is paid", { status: "REFUND_PAID" }, { stage: "requested", refund: "5", moneySettled: true }],
    ["closed after it was paid", { status: "CLOSED", refund_paid_at: new Date() }, { stage: "requested", refund: "5" }],
    [
      "closed or cancelled",
      { status: "CANCELLED" },
      { stage: "dropped", refund: "0", moneySettled: true, problems: [] },
    ],
    ["for money alone", { goods: "none", status: "REFUND_PAID" }, { stage: "none", refund: "5" }],
    ["with its goods lost", { goods: "lost" }, { stage: "dropped", problems: ["return_goods_lost"] }],
    [
      "with its goods at the warehouse",
      { goods: "at_warehouse" },
      { stage: "requested", problems: ["return_at_warehouse"] },
    ],
    [
      "closed with its goods here",
      { goods: "returned", status: "CLOSED" },
      { stage: "received", problems: ["return_closed_with_goods"] },
    ],
    ["in dispute", { disputed: true, status: "JUDGING" }, { stage: "requested", problems: ["return_disputed"] }],
    [
      "paid without an amount",
      { status: "REFUND_PAID", refund_amount: null },
      { refund: null, problems: ["refund_amount_unknown"] },
    ],
  ])("%s", (_, fields, expected) => {
    expect(targetOf(fields)).toMatchObject(expected)
  })

  it("is counted in what Medusa stocks: a box comes back as its packs", () => {
    const boxes = inPieces(order, new Map([[line?.key ?? "", 36]]))
    expect(returnTargets(boxes, [known()])[0]?.items).toEqual([{ lineKeys: [line?.key], quantity: 36 }])
  })

  it("names items that the order does not have, and those without a number of pieces", () => {
    const strange = { item_id: "9", model_id: "0", quantity: 1, sku: "X" }
    const uncounted = { item_id: "71", model_id: "81", quantity: null, sku: null }
    expect(targetOf({ items: [strange, uncounted] })).toMatchObject({ items: [], unknownItems: [strange, uncounted] })
  })

  it("the oldest return comes first", () => {
    const later = known({ return_sn: "A", requested_at: new Date("2026-03-03T00:00:00Z") })
    expect(returnTargets(order, [later, known()]).map(({ returnSn }) => returnSn)).toEqual(["R1", "A"])
  })
})
