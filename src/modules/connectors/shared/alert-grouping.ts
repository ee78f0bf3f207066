import { allowedDetails } from "./exception-details"
import { toAlertPayload } from "./alerting"
import type { AlertPayload } from "./types/alert"
import { AlertLevel } from "./types/enums"
import type { DueAlert } from "./types/exception"

/**
 * How alerts of one connector and class are grouped: three within five minutes are posted one by one; what comes beyond them waits for the
 * five minutes to pass and then goes out together, as one digest. Five hundred orders with the same unknown SKU are two or three
 * messages instead of five hundred, and nobody waits longer than the window.
 */
export const ALERT_GROUPING = { mostAlone: 3, windowMs: 5 * 60_000, largestDigest: 500 } as const

/** Orders and SKUs that a digest names. */
const LONGEST_LIST = 20

/** Loudest first. */
const LEVELS = [AlertLevel.ERROR, AlertLevel.WARNING, AlertLevel.INFO, AlertLevel.RESOLVED]

/** One payload for alerts of one connector and class that are posted together. @throws RangeError for none */
export function toGroupedPayload(alerts: DueAlert[]): AlertPayload {
  const payloads = alerts.map(toAlertPayload)
  const level = LEVELS.find((each) => payloads.some((payload) => payload.level === each)) ?? AlertLevel.ERROR
  const newest = payloads.filter((payload) => payload.level === level).at(-1)
  if (!newest) {
    throw new RangeError("There is no alert to group.")
  }
  if (payloads.length === 1) {
    return newest
  }
  const settled = payloads.filter((payload) => payload.level === AlertLevel.RESOLVED).length
  const ordersns = distinct(payloads.map(({ ordersn }) => ordersn))
  const skus = distinct(alerts.flatMap(({ details }) => allowedDetails(details).skus ?? []))
  const { shop_id, details } = newest
  return {
    connector: newest.connector,
    error_class: newest.error_class,
    level,
    message: `${payloads.length} alerts of one kind${countOf(settled, payloads.length)}${namesOf("orders", ordersns)}${namesOf("SKUs", skus)}. The latest: ${newest.message}`,
    exception_id: newest.exception_id,
    shop_id,
    occurred_at: newest.occurred_at,
    details: {
      action: details?.action,
      count: payloads.length,
      ...(ordersns.length > 0 && { ordersns: ordersns.slice(0, LONGEST_LIST) }),
      ...(skus.length > 0 && { skus: skus.slice(0, LONGEST_LIST) }),
    },
  }
}

function countOf(settled: number, all: number): string {
  return settled === 0 || settled === all ? "" : ` (${settled} of them settled meanwhile)`
}

function namesOf(what: string, names: string[]): string {
  const more = names.length - LONGEST_LIST
  return names.length === 0
    ? ""
    : `; ${what}: ${names.slice(0, LONGEST_LIST).join(", ")}${more > 0 ? ` and ${more} more` : ""}`
}

const distinct = (values: unknown): string[] => [
  ...new Set([values].flat().filter((value): value is string => typeof value === "string" && value !== "")),
]
