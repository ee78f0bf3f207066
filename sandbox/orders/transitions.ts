/**
 * Which status may follow which. Shopee publishes no formal graph: these are the definitions of its order guide and what
 * integrators observed. A cancellation request can be rejected, which puts the order back where it was.
 */
const NEXT_STATUSES: ReadonlyMap<string, readonly string[]> = new Map([
  ["UNPAID", ["PENDING", "READY_TO_SHIP", "CANCELLED"]],
  ["PENDING", ["READY_TO_SHIP", "IN_CANCEL", "CANCELLED"]],
  ["INVOICE_PENDING", ["READY_TO_SHIP", "IN_CANCEL", "CANCELLED"]],
  ["READY_TO_SHIP", ["PROCESSED", "IN_CANCEL", "CANCELLED", "INVOICE_PENDING"]],
  ["PROCESSED", ["SHIPPED", "RETRY_SHIP", "IN_CANCEL", "CANCELLED"]],
  ["RETRY_SHIP", ["PROCESSED", "IN_CANCEL", "CANCELLED"]],
  ["IN_CANCEL", ["CANCELLED", "READY_TO_SHIP", "PROCESSED", "RETRY_SHIP", "COMPLETED"]],
  ["SHIPPED", ["TO_CONFIRM_RECEIVE", "COMPLETED", "TO_RETURN", "CANCELLED"]],
  ["TO_CONFIRM_RECEIVE", ["COMPLETED", "TO_RETURN"]],
  ["TO_RETURN", ["COMPLETED", "CANCELLED"]],
  ["COMPLETED", ["COMPLETED", "TO_RETURN"]],
  ["CANCELLED", []],
])

/** The steps an ordinary order takes, for creating one that is already somewhere along the way. */
const ORDINARY_LIFE = ["UNPAID", "READY_TO_SHIP", "PROCESSED", "SHIPPED", "TO_CONFIRM_RECEIVE", "COMPLETED"] as const

/** Statuses that are left sideways, with the ordinary status they follow. */
const SIDE_STATUS_AFTER: ReadonlyMap<string, string> = new Map([
  ["PENDING", "UNPAID"],
  ["INVOICE_PENDING", "READY_TO_SHIP"],
  ["RETRY_SHIP", "PROCESSED"],
  ["IN_CANCEL", "READY_TO_SHIP"],
  ["CANCELLED", "UNPAID"],
  ["TO_RETURN", "TO_CONFIRM_RECEIVE"],
])

/** Whether Shopee lets an order go from one status to the other. */
export function isLegalTransition(from: string, to: string): boolean {
  return NEXT_STATUSES.get(from)?.includes(to) ?? false
}

/** The statuses to pass after `from`, ending with `to`; just `to` when there is no ordinary way. */
export function stepsBetween(from: string, to: string): string[] {
  if (from === to) return []
  const life: readonly string[] = ORDINARY_LIFE
  const reached = SIDE_STATUS_AFTER.get(to) ?? to
  const start = life.indexOf(from)
  const end = life.indexOf(reached)
  const steps = start >= 0 && end > start ? life.slice(start + 1, end + 1) : []
  return steps.at(-1) === to ? steps : [...steps, to]
}
