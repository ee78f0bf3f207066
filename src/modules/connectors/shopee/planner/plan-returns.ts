import { MathBN } from "@medusajs/framework/utils"
import type {
  OrderReturnsView,
  ReturnProblem,
  ReturnStep,
  ReturnTarget,
  ReturnToRequest,
  ReturnView,
} from "../types/order-returns"
import type { MedusaOrderView, OrderReport, OrderTarget, PlanStep } from "../types/plan"
import { piecesOf } from "./plan-parcels"

const NOTHING: OrderReturnsView = { returns: [], heldPieces: new Map(), refunds: new Map(), openAmount: "0" }

const report = (returnSn: string, problem: ReturnProblem): OrderReport => ({ kind: "report", problem, returnSn })

/**
 * Pieces of each line that are in no return and have left, or were packed by hand: nobody knows of those when they do. A parcel that still
 * waits may be unpacked again.
 */
function returnablePieces(current: MedusaOrderView, { heldPieces }: OrderReturnsView): Map<string, number> {
  const waiting = current.fulfillments
    .filter(({ shipped, packageNumber }) => !shipped && packageNumber !== null)
    .flatMap(({ items }) => items)
  return new Map(
    current.lines.map(({ lineId, fulfilled }) => [
      lineId,
      fulfilled - piecesOf(waiting, lineId) - (heldPieces.get(lineId) ?? 0),
    ])
  )
}

/** Lines that have the pieces of a return. Null, and nothing taken, when there are too few: a return is asked for as a whole. */
function place(
  current: MedusaOrderView,
  { items }: ReturnTarget,
  returnable: Map<string, number>
): ReturnToRequest["items"] | null {
  const left = new Map(returnable)
  const placed: ReturnToRequest["items"] = []
  for (const item of items) {
    let wanted = item.quantity
    for (const { lineId } of current.lines.filter(({ key }) => key !== null && item.lineKeys.includes(key))) {
      const taken = Math.min(wanted, left.get(lineId) ?? 0)
      if (taken > 0) {
        placed.push({ lineId, quantity: taken })
        left.set(lineId, (left.get(lineId) ?? 0) - taken)
        wanted -= taken
      }
    }
    if (wanted > 0) {
      return null
    }
  }
  left.forEach((pieces, lineId) => returnable.set(lineId, pieces))
  return merge(placed)
}

/** Medusa takes a line once in a return. */
const merge = (items: ReturnToRequest["items"]): ReturnToRequest["items"] => {
  const pieces = new Map<string, number>()
  items.forEach(({ lineId, quantity }) => pieces.set(lineId, (pieces.get(lineId) ?? 0) + quantity))
  return [...pieces].map(([lineId, quantity]) => ({ lineId, quantity }))
}

/** Whether Medusa's return is of what Shopee's is of: an agreement can change a return after it was asked for. */
function isOfTarget(current: MedusaOrderView, existing: ReturnView, { items }: ReturnTarget): boolean {
  const keys = new Map(current.lines.map(({ lineId, key }) => [lineId, key]))
  const total = (pieces: { quantity: number }[]) => pieces.reduce((sum, { quantity }) => sum + quantity, 0)
  return (
    total(existing.items) === total(items) &&
    items.every(({ lineKeys }) => {
      const alike = items.filter((other) => other.lineKeys.some((key) => lineKeys.includes(key)))
      const asked = existing.items.filter(({ lineId }) => lineKeys.includes(keys.get(lineId) ?? ""))
      return total(alike) === total(asked)
    })
  )
}

const isTouched = ({ items }: ReturnView): boolean => items.some(({ received }) => received > 0)
const isReceived = ({ items }: ReturnView): boolean => items.every(({ quantity, received }) => received >= quantity)

/** Goods: asked for, received or not coming, each as far as it can be done now. What was cancelled is asked for by the next plan. */
function goods(
  current: MedusaOrderView,
  targets: ReturnTarget[],
  view: OrderReturnsView,
  { mayReceive }: { mayReceive: boolean }
): PlanStep[] {
  const canceled: string[] = []
  const requested: ReturnToRequest[] = []
  const received: string[] = []
  const reports: OrderReport[] = []
  const returnable = returnablePieces(current, view)
  for (const target of targets) {
    const existing = view.returns.find(({ returnSn, canceled: isGone }) => returnSn === target.returnSn && !isGone)
    const isWanted = target.stage === "requested" || target.stage === "received"
    if (existing && !isTouched(existing) && !(isWanted && isOfTarget(current, existing, target))) {
      canceled.push(existing.id)
    } else if (existing && target.stage === "received" && !(isReceived(existing) && existing.restocked)) {
      received.push(existing.id)
    } else if (!existing && isWanted && (target.unknownItems.length > 0 || target.items.length === 0)) {
      reports.push(report(target.returnSn, "return_of_unknown_items"))
    } else if (!existing && isWanted) {
      const items = place(current, target, returnable)
      if (items) {
        requested.push({ returnSn: target.returnSn, items })
      } else {
        reports.push(report(target.returnSn, "return_exceeds_fulfillment"))
      }
    }
  }
  const steps: ReturnStep[] = []
  if (canceled.length > 0) {
    steps.push({ kind: "cancel_returns", returnIds: canceled })
  } else if (requested.length > 0) {
    // What is cancelled in the same plan still holds its pieces.
    steps.push({ kind: "request_returns", returns: requested })
  }
  if (received.length > 0 && mayReceive) {
    steps.push({ kind: "receive_returns", returnIds: received })
  }
  return [...steps, ...reports]
}

/** What Shopee paid the buyer for returns and Medusa does not know of, never more than is left of what was captured. */
function refunds(current: MedusaOrderView, targets: ReturnTarget[], view: OrderReturnsView): PlanStep[] {
  const { capturedAmount, refundedAmount } = current.payment
  // Cash on delivery is captured when the order is completed: until then there is nothing to give back.
  if (MathBN.lte(capturedAmount, 0)) {
    return []
  }
  let left = MathBN.sub(capturedAmount, refundedAmount)
  const due: { returnSn: string; amount: string }[] = []
  const reports: OrderReport[] = []
  for (const { returnSn, refund } of targets) {
    const known = view.refunds.get(returnSn) ?? 0
    const owed = MathBN.sub(refund ?? 0, known)
    const amount = MathBN.max(MathBN.min(owed, left), 0)
    if (MathBN.gt(amount, 0)) {
      due.push({ returnSn, amount: MathBN.add(known, amount).toFixed() })
      left = MathBN.sub(left, amount)
    }
    if (MathBN.gt(owed, amount)) {
      reports.push(report(returnSn, "refund_exceeds_capture"))
    }
  }
  return [...(due.length > 0 ? [{ kind: "refund_returns" as const, refunds: due }] : []), ...reports]
}

/** Shopee refunds what it agreed with the buyer, which need not be the price of what came back: the difference is credited at the end. */
function balance({ payment }: MedusaOrderView, { openAmount }: OrderReturnsView): PlanStep[] {
  const isOpen = MathBN.gt(payment.capturedAmount, 0) && !MathBN.eq(openAmount, 0)
  return isOpen ? [{ kind: "balance", amount: openAmount }] : []
}

const isReport = ({ kind }: PlanStep): boolean => kind === "report"

const ownProblems = (targets: ReturnTarget[]): OrderReport[] =>
  targets.flatMap(({ returnSn, problems }) => problems.map((problem) => report(returnSn, problem)))

/**
 * What is left to do so that the order's returns in Medusa are where Shopee's are: goods asked for, received and back in stock, or not
 * coming; money refunded to the cent; the order's account even once no more money follows.
 *
 * Pure. For an order whose parcels are where they should be.
 */
export function returns(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  const targets = target.returns ?? []
  if (targets.length === 0) {
    return []
  }
  const view = current.returns ?? NOTHING
  // What comes back lessens the order's total in Medusa: cash on delivery is captured first, at completion and as a whole.
  const mayReceive = MathBN.gt(current.payment.capturedAmount, 0) || MathBN.eq(target.total, 0)
  const steps = [...goods(current, targets, view, { mayReceive }), ...refunds(current, targets, view)]
  const isSettled = steps.every(isReport) && targets.every(({ moneySettled }) => moneySettled)
  const hasRefunds = view.refunds.size > 0
  return [...steps, ...(isSettled && hasRefunds ? balance(current, view) : []), ...ownProblems(targets)]
}

/** The same for an order that Shopee cancelled after it had left: its money is refunded as a whole, and what comes back is received. */
export function returnsOfCancelled(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  const targets = target.returns ?? []
  if (targets.length === 0) {
    return []
  }
  const view = current.returns ?? NOTHING
  const steps = goods(current, targets, view, { mayReceive: true })
  const { capturedAmount, refundedAmount } = current.payment
  const isRefunded = MathBN.gte(refundedAmount, capturedAmount)
  return [...steps, ...(steps.every(isReport) && isRefunded ? balance(current, view) : []), ...ownProblems(targets)]
}

/** Whether Medusa has taken, or paid for, anything that came back. */
export function hasReturns({ returns: view }: MedusaOrderView): boolean {
  return view !== undefined && (view.refunds.size > 0 || view.returns.some(({ canceled }) => !canceled))
}

/** Whether any goods came back. */
export function hasReceived({ returns: view }: MedusaOrderView): boolean {
  return view !== undefined && view.returns.some((each) => !each.canceled && isTouched(each))
}

/** Whether all that Medusa keeps stock of has come back and is in stock again. */
export function isAllReturned({ stockedLines, lines, returns: view }: MedusaOrderView): boolean {
  const back = new Map<string, number>()
  for (const { items } of view?.returns.filter(({ canceled, restocked }) => !canceled && restocked) ?? []) {
    items.forEach(({ lineId, received }) => back.set(lineId, (back.get(lineId) ?? 0) + received))
  }
  const packed = lines.filter(
    ({ lineId, fulfilled }) => fulfilled > 0 && stockedLines.some((line) => line.lineId === lineId)
  )
  return packed.length > 0 && packed.every(({ lineId, fulfilled }) => fulfilled <= (back.get(lineId) ?? 0))
}
