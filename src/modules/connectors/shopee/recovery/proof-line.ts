import type { Differences, ReturnDifferences, SettledBackfill, SettledReconcile } from "../types/recovery"
import type { Window } from "../client/windows"

/** The shop's zone: what the operator calls a day. */
const ZONE = "Asia/Singapore"

const moment = (date: Date): string =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: ZONE,
  }).format(date)

/** A range as people read it: "24 Nov, 03:00 – 25 Nov, 03:00 SGT". */
export const describeWindow = ({ from, to }: Window): string => `${moment(from)} – ${moment(to)} SGT`

/**
 * A completeness proof in one line: "142/142, 0 missing". The first number is how many of Shopee's orders we know of. Returns that Shopee
 * does not let us read are said to be so.
 */
export function proofLine(
  shopId: string,
  window: Window,
  shopeeCount: number,
  { missing, stale, waiting }: Differences,
  returns: ReturnDifferences
): string {
  const parts = [
    `${shopeeCount - missing.length}/${shopeeCount}`,
    `${missing.length} missing`,
    ...(stale.length > 0 ? [`${stale.length} behind`] : []),
    ...(waiting.length > 0 ? [`${waiting.length} waiting`] : []),
    ...(returns.behind.length > 0 ? [`${returns.behind.length} of ${returns.count} returns behind`] : []),
  ]
  const unread = returns.unreadable === null ? "" : ` Its returns could not be compared: ${returns.unreadable}`
  const end = missing.length + stale.length + returns.behind.length > 0 ? "; they are being taken in now" : ""
  return `Shop ${shopId}, orders changed ${describeWindow(window)}: ${parts.join(", ")}${end}.${unread}`
}

/** What follows the line of a proof that had findings, once all of them are repaired. */
export function repairedLine({ shopId, windowFrom, windowTo, shopeeCount, findings }: SettledReconcile): string {
  const window = describeWindow({ from: windowFrom, to: windowTo })
  return `Shop ${shopId}, orders changed ${window}: ${shopeeCount}/${shopeeCount}, all ${findings} that were missing or behind are repaired.`
}

/** What is told of a gap that was backfilled by itself. */
export function gapLine({ shopId, from, to, ordersSeen, injected, done }: SettledBackfill): string {
  const waiting = injected - done
  const end = waiting > 0 ? `${done} are taken in, ${waiting} wait: their exceptions say why` : "all are taken in"
  return (
    `Shop ${shopId} was authorised again. What happened meanwhile (${describeWindow({ from, to })}) is caught up with: ` +
    `${injected} of ${ordersSeen} orders were missing or behind, ${end}.`
  )
}
