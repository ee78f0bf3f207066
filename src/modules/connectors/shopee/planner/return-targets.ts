import { ShopeeReturnStatus } from "../types/enums"
import type { NormalizedOrder } from "../types/normalized-order"
import type { KnownReturn } from "../types/normalized-return"
import type { ReturnProblem, ReturnStage, ReturnTarget } from "../types/order-returns"

type Paid = Pick<KnownReturn, "status" | "refund_paid_at">

/** Shopee has paid the buyer: that stays so, whatever it says of the return later. */
const isPaid = ({ status, refund_paid_at }: Paid): boolean =>
  status === ShopeeReturnStatus.REFUND_PAID || refund_paid_at !== null

/** It ended without the buyer being paid: refused, taken back, or never sent. */
const isOff = (known: Paid): boolean =>
  !isPaid(known) && [ShopeeReturnStatus.CLOSED, ShopeeReturnStatus.CANCELLED].some((status) => status === known.status)

/** Goods that are here are here, also when the return was closed: they are received and a person is told. */
function stageOf(known: KnownReturn): ReturnStage {
  switch (known.goods) {
    case "none":
      return "none"
    case "returned":
      return "received"
    case "lost":
      return "dropped"
    case "awaited":
    case "at_warehouse":
      return isOff(known) ? "dropped" : "requested"
  }
}

function problemsOf(known: KnownReturn): ReturnProblem[] {
  const problems: ReturnProblem[] = []
  if (known.disputed) {
    problems.push("return_disputed")
  }
  if (known.goods === "at_warehouse" && !isOff(known)) {
    problems.push("return_at_warehouse")
  }
  if (known.goods === "lost" && !isOff(known)) {
    problems.push("return_goods_lost")
  }
  if (known.goods === "returned" && isOff(known)) {
    problems.push("return_closed_with_goods")
  }
  if (isPaid(known) && known.refund_amount === null) {
    problems.push("refund_amount_unknown")
  }
  return problems
}

function toTarget(known: KnownReturn, order: NormalizedOrder): ReturnTarget {
  const items: ReturnTarget["items"] = []
  const unknownItems: ReturnTarget["unknownItems"] = []
  for (const item of known.items) {
    const lines = order.line_items.filter(
      ({ item_id, model_id }) => item_id === item.item_id && model_id === item.model_id
    )
    const [first] = lines
    if (!first || item.quantity === null) {
      unknownItems.push(item)
    } else {
      // Shopee counts units as it sells them; all lines of one listing hold the same number of pieces.
      items.push({ lineKeys: lines.map(({ key }) => key), quantity: item.quantity * first.pieces_per_unit })
    }
  }
  return {
    returnSn: known.return_sn,
    stage: stageOf(known),
    items,
    unknownItems,
    refund: isPaid(known) ? known.refund_amount : "0",
    moneySettled: isPaid(known) || isOff(known),
    problems: problemsOf(known),
  }
}

/**
 * What an order's returns ask of it, oldest first. Pure.
 *
 * @param order counted in what Medusa stocks
 */
export function returnTargets(order: NormalizedOrder, returns: readonly KnownReturn[]): ReturnTarget[] {
  const age = (known: KnownReturn): number => known.requested_at?.getTime() ?? 0
  return [...returns]
    .sort((a, b) => age(a) - age(b) || (a.return_sn < b.return_sn ? -1 : 1))
    .map((known) => toTarget(known, order))
}
