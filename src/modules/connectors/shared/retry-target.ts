import { FAILURE_POLICY } from "./retry-policy"
import type { ErrorClass } from "./types/enums"
import { WEBHOOK_SIGNATURE_SUBJECT } from "./exception-subject"

/**
 * What a retry of an exception does: look at the `order` again, fetch its `escrow` again, call the `shop` again at once, run the
 * `job` again, verify `rejected_pushes` again, or `nothing` that could change it.
 */
export type RetryTarget = "order" | "escrow" | "shop" | "job" | "rejected_pushes" | "nothing"

/**
 * What a retry of an exception does, by what it is about (`exception-subject.ts`). An order of a class that only reports already went
 * through: looking at it again changes nothing.
 */
export function retryTargetOf({
  subject,
  error_class,
}: {
  subject: string | null
  error_class: ErrorClass
}): RetryTarget {
  if (subject === WEBHOOK_SIGNATURE_SUBJECT) {
    return "rejected_pushes"
  }
  switch (subject?.split(":")[0]) {
    case "order":
      return FAILURE_POLICY[error_class].disposition === "report" ? "nothing" : "order"
    case "escrow":
      return "escrow"
    case "outage":
    case "shop":
      return "shop"
    case "job":
      return "job"
    default:
      return "nothing"
  }
}
