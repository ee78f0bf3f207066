import { ErrorClass } from "../../shared/types/enums"
import type { ExceptionDetails } from "../../shared/types/exception"
import type { ReturnProblem } from "../types/order-returns"
import type { OrderReport } from "../types/plan"

/** What a person is told of a return that Medusa can't follow by itself. */
export interface ReturnFinding {
  returnSn: string
  error_class: ErrorClass
  error_message: string
  details: ExceptionDetails
}

/** What is the matter, and what to do. */
const TEXTS: Record<ReturnProblem, { problem: string; action: string }> = {
  return_disputed: {
    problem: "is in dispute.",
    action: "Answer it in Shopee's Seller Centre before its due date; Medusa follows what Shopee decides.",
  },
  return_at_warehouse: {
    problem: "has its goods at Shopee's warehouse, and Shopee does not tell when they go on.",
    action: "Receive the return in Medusa's Admin once the goods are with you, so that they are back in stock.",
  },
  return_goods_lost: {
    problem: "has lost its goods on their way back.",
    action: "Ask Shopee for compensation in the Seller Centre; the pieces stay out of stock.",
  },
  return_closed_with_goods: {
    problem: "was closed without a refund, but its goods came back; they are in stock again.",
    action:
      "Settle it with the buyer in the Seller Centre; if you send the goods again, take them out of stock in Medusa.",
  },
  return_of_unknown_items: {
    problem: "names items or quantities that can't be found in the order.",
    action: "Compare the return with the order in the Seller Centre, and correct the stock of what comes back by hand.",
  },
  return_exceeds_fulfillment: {
    problem: "is of more pieces than were shipped and not returned yet.",
    action: "Compare the return with the order in the Seller Centre, and correct the stock of what comes back by hand.",
  },
  refund_amount_unknown: {
    problem: "was refunded, but Shopee names no amount.",
    action: "Look the refund up in the Seller Centre, then retry the order.",
  },
  refund_exceeds_capture: {
    problem: "was refunded with more than is left of what the buyer paid; Medusa has refunded what was left.",
    action: "Compare the refund with the order's income details in the Seller Centre.",
  },
}

/** One finding for each return that a plan reports something of, however much that is. */
export function toReturnFindings(ordersn: string, reports: readonly OrderReport[]): ReturnFinding[] {
  const byReturn = new Map<string, ReturnProblem[]>()
  for (const report of reports) {
    if ("returnSn" in report) {
      byReturn.set(report.returnSn, [...(byReturn.get(report.returnSn) ?? []), report.problem])
    }
  }
  return [...byReturn].map(([returnSn, problems]) => ({
    returnSn,
    error_class: ErrorClass.RETURN_NEEDS_ATTENTION,
    error_message: problems
      .map((problem) => `Return ${returnSn} of order ${ordersn} ${TEXTS[problem].problem}`)
      .join(" "),
    details: { return_sn: returnSn, action: problems.map((problem) => TEXTS[problem].action).join(" ") },
  }))
}
