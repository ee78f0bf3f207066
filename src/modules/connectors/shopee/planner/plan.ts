import { MathBN } from "@medusajs/framework/utils"
import { contact } from "./plan-contact"
import { copies } from "./plan-copies"
import { forwards, lateTracking, linking, mismatches, parcels, superseded, unpacking } from "./plan-parcels"
import { hasReceived, hasReturns, isAllReturned, returns, returnsOfCancelled } from "./plan-returns"
import type { MedusaOrderView, OrderLineView, OrderTarget, PlanStep } from "../types/plan"

const differ = (a: string, b: string): boolean => !MathBN.eq(a, b)

/** Pieces that the Medusa line has to have; those it has when it is no line of Shopee's. */
function piecesWanted({ key, quantity }: OrderLineView, { lines }: OrderTarget): number {
  return lines.find((line) => line.key === key)?.quantity ?? quantity
}

/** A cancelled order of which parcels have left all the same: the readings in between were missed. */
const hasLeft = ({ cancelled, packages }: OrderTarget): boolean => cancelled && packages.length > 0

/**
 * Whether anything has left, as returns need. A reading from before that is older than the returns that are known: what they are paid back
 * with is not captured as it will be, as long as pieces may still be cancelled.
 */
const isUnderWay = (current: MedusaOrderView, { packages, completed }: OrderTarget): boolean =>
  completed ||
  current.fulfillments.some(({ shipped }) => shipped) ||
  packages.some(({ stage }) => stage === "shipped" || stage === "delivered")

/** Captures and refunds whose run died before the order's account heard of them. */
const booking = ({ payment }: MedusaOrderView): PlanStep[] => (payment.isUnbooked ? [{ kind: "book" }] : [])

/** Steps that finish what a crash cut short. */
function missingParts(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  const steps: PlanStep[] = booking(current)
  if (!current.linked) {
    steps.push({ kind: "link" })
  }
  if (current.payment.collectionId === null) {
    steps.push({ kind: "open_payment", amount: current.total })
  }
  const wanted = new Map(current.lines.map((line) => [line.lineId, piecesWanted(line, target)]))
  const unreserved = current.stockedLines
    .map((line) => ({ ...line, quantity: wanted.get(line.lineId) ?? line.quantity }))
    .filter(({ reserved, quantity }) => !reserved && quantity > 0)
  if ((!target.cancelled || hasLeft(target)) && current.fulfillments.length === 0 && unreserved.length > 0) {
    steps.push({ kind: "reserve", lines: unreserved })
  }
  return steps
}

/**
 * Steps that bring a captured order where Shopee says it is: nothing but cancelled pieces changes what was paid. What was captured less what
 * went back is the order's total then.
 */
function moneyBack(current: MedusaOrderView, target: OrderTarget, isLess: boolean): PlanStep[] {
  // Pieces are cancelled before they leave. What comes back later lessens the order's total as well, and is paid for by its return.
  // A reading from before the payment, seen late, does not know what was paid.
  if (!target.captured || !target.partlyCancelled || hasReturns(current)) {
    return []
  }
  const steps: PlanStep[] = []
  const isAmended = isLess || MathBN.gt(current.total, target.total)
  if (isAmended) {
    steps.push({ kind: "amend", total: target.total })
  }
  const keep = isAmended ? target.total : current.total
  const { capturedAmount, refundedAmount } = current.payment
  if (MathBN.gt(MathBN.sub(capturedAmount, refundedAmount), keep)) {
    steps.push({ kind: "refund", keep })
  }
  return steps
}

/** Steps that bring lines and money where Shopee says they are. */
function money(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  const steps: PlanStep[] = []
  const isLess = current.lines.some((line) => piecesWanted(line, target) < line.quantity)
  if (MathBN.gt(current.payment.capturedAmount, 0)) {
    return moneyBack(current, target, isLess)
  }
  // A run that died halfway through an amendment leaves a collection with the amount from before.
  const { collectionAmount } = current.payment
  const isAnother =
    isLess ||
    differ(current.total, target.total) ||
    (collectionAmount !== null && differ(collectionAmount, target.total))
  // What came back lessens the order's total: no amendment brings it to Shopee's again.
  if (isAnother && !hasReceived(current)) {
    steps.push({ kind: "amend", total: target.total })
  }
  // An order that costs nothing has nothing to capture; Medusa shows it as captured.
  if (target.captured && MathBN.gt(target.total, 0)) {
    steps.push({ kind: "capture", amount: target.total })
  }
  return steps
}

/**
 * An order that Shopee cancelled. What never left is unpacked and cancelled; what left can't be cancelled in Medusa: the money is
 * given back and a person looks where the goods are. What left unheard is packed and shipped before, as if it had been heard.
 */
function cancellation(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  const parts = missingParts(current, target)
  if (hasLeft(target)) {
    const ways = [[...parts, ...money(current, target)], superseded(current, target), forwards(current, target)]
    const way = ways.find((steps) => steps.length > 0)
    if (way) {
      return way
    }
  } else if (current.fulfillments.length === 0) {
    // The money first: an order whose payment was never heard of must end with the price that one has whose payment was.
    return [...parts, ...money(current, target), { kind: "cancel" }]
  }
  if (!hasLeft(target) && current.fulfillments.every(({ shipped }) => !shipped)) {
    return [...parts, { kind: "unpack", fulfillmentIds: current.fulfillments.map(({ id }) => id) }]
  }
  const { capturedAmount, refundedAmount } = current.payment
  const refund: PlanStep[] = MathBN.gt(capturedAmount, refundedAmount) ? [{ kind: "refund" }] : []
  const unsettled = [...parts, ...refund, ...returnsOfCancelled(current, target)]
  return isAllReturned(current) ? unsettled : [...unsettled, { kind: "report", problem: "cancelled_after_shipping" }]
}

/**
 * What is left to do so that the Medusa order is where Shopee says it is: the difference between the two, and nothing of how it came
 * about. Missed, repeated and reordered pushes therefore end in the same place, and so does a run that died halfway.
 *
 * Some steps only become possible by others (a parcel is packed before it is shipped): after applying a plan, plan again until
 * nothing is left. A `report` is left for good and changes nothing.
 *
 * Pure.
 *
 * @param current null when Medusa has no order yet
 */
export function plan(current: MedusaOrderView | null, target: OrderTarget): PlanStep[] {
  if (current === null) {
    return [{ kind: "create", reserve: !target.cancelled || hasLeft(target), capture: target.captured }]
  }
  // Neither is left again: Shopee does not revive a cancelled order, and a completed one changes by returns only.
  if (current.status === "canceled" || current.status === "completed") {
    const link: PlanStep[] = current.linked ? [] : [{ kind: "link" }]
    const late =
      current.status === "canceled"
        ? []
        : [...lateTracking(current, target), ...mismatches(current, target), ...returns(current, target)]
    return [...link, ...booking(current), ...late, ...copies(current, target)]
  }
  const unfinished = linking(current)
  if (unfinished.length > 0) {
    return unfinished
  }
  if (target.cancelled) {
    // What left all the same takes its copies along.
    const pieces = copies(current, { cancelled: !hasLeft(target) })
    return [...cancellation(current, target), ...pieces]
  }
  // A line can't have fewer pieces than are packed.
  if (current.lines.some((line) => piecesWanted(line, target) < line.fulfilled)) {
    return [...missingParts(current, target), ...unpacking(current, target)]
  }
  const pieces = copies(current, target)
  const first = [...missingParts(current, target), ...money(current, target)]
  // Packing consumes reservations and an order change closes an order to others: each gets a plan of its own. A copy is set aside
  // before its piece can leave, since nothing tells afterwards which it was; one that a cancelled piece frees may be that copy.
  const isImported =
    first.length === 0 &&
    !pieces.some((step) => step.kind === "copies" && step.changes.reserve.length + step.changes.release.length > 0)
  const others = [...contact(current.contact, target.contact), ...pieces]
  const moves = isImported ? parcels(current, target) : []
  const back = isImported && moves.every(isForAPerson) && isUnderWay(current, target) ? returns(current, target) : []
  return [...first, ...moves, ...back, ...others]
}

/** Steps that change nothing: they only say what a person has to look at. */
const isForAPerson = ({ kind }: PlanStep): boolean => kind === "report" || kind === "short_of_copies"

/** Whether anything can follow a plan: an empty one, a report, and an import that nothing is left to do after need no second look. */
export function needsSecondLook(steps: PlanStep[], target: OrderTarget): boolean {
  const effective = steps.filter((step) => !isForAPerson(step))
  const onlyCreates = effective.every(({ kind }) => kind === "create")
  const isPacked = target.packages.some(({ stage }) => stage !== "open")
  return effective.length > 0 && (!onlyCreates || target.cancelled || isPacked || target.completed)
}

/**
 * Whether a reading is older than what was applied already. Shopee's reads may lag behind its pushes; going back would undo what is
 * true.
 */
export function isStale(updatedAt: Date, appliedUpdateTime: Date | null): boolean {
  return appliedUpdateTime !== null && updatedAt.getTime() < appliedUpdateTime.getTime()
}
