/**
 * What an exception can be about. While one is open there is one row for each (connector, subject, error class), so these
 * strings decide what is counted together and what alerts on its own.
 */

/** One order of one shop. */
export const orderSubject = (shopId: string, ordersn: string): string => `order:${shopId}:${ordersn}`

/** The settlement of one order. Apart from the order: an order that goes through settles nothing about its money. */
export const escrowSubject = (shopId: string, ordersn: string): string => `escrow:${shopId}:${ordersn}`

/** One return of an order. Apart from the order: an order that goes through settles nothing about a dispute. */
export const returnSubject = (shopId: string, returnSn: string): string => `return:${shopId}:${returnSn}`

/** The channel answering about a shop's orders, but not about their returns: one for all the orders that wait for it. */
export const returnsOutageSubject = (shopId: string): string => `returns-outage:${shopId}`

/** The channel not answering for a shop: one for the outage, none for the orders that it delays. */
export const outageSubject = (shopId: string): string => `outage:${shopId}`

/** A shop as a whole: its authorisation, its set-up. */
export const shopSubject = (shopId: string): string => `shop:${shopId}`

/**
 * The end of a shop's authorisation, as far as it is only announced. Apart from the shop: calls go on meanwhile, so a call that succeeds
 * settles nothing. `shopId` "" = an announcement that names no shop.
 */
export const authorizationSubject = (shopId: string, what: string): string => `authorization:${shopId}:${what}`

/** What may be wrong with the subscription of pushes, each on its own. */
export const PUSH_SUBSCRIPTION_SUBJECTS = {
  status: "pushes:status",
  warning: "pushes:warning",
  address: "pushes:address",
  codes: "pushes:codes",
} as const

/** Pushes that don't come, whatever the subscription says. */
export const PUSH_SILENCE_SUBJECT = "pushes:silence"

/** One stored event that concerns no order. */
export const eventSubject = (rawEventId: string): string => `event:${rawEventId}`

/** A scheduled job, of one scope where it has any. */
export const jobSubject = (name: string, scope: string): string =>
  scope === "" ? `job:${name}` : `job:${name}:${scope}`

/** Which job a subject of `jobSubject` is about; null for any other subject. */
export function jobOfSubject(subject: string | null): { name: string; scope: string } | null {
  const [kind, name, ...scope] = (subject ?? "").split(":")
  return kind === "job" && name ? { name, scope: scope.join(":") } : null
}

/** Pushes whose signature does not match. One for all: whoever forges them chooses every other part. */
export const WEBHOOK_SIGNATURE_SUBJECT = "webhook:signature"
