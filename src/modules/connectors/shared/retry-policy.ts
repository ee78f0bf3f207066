import { AlertLevel, ErrorClass } from "./types/enums"

/**
 * - `retry`: trying again by itself can help; attempts follow the schedule below.
 * - `hold`: a person has to change something first; the work waits.
 * - `report`: nothing waits for it; a person has to know.
 */
export type Disposition = "retry" | "hold" | "report"

export interface FailurePolicy {
  disposition: Disposition
  /** Whether a new exception of the class is announced. */
  alert: boolean
  level: Exclude<AlertLevel, AlertLevel.RESOLVED>
  /** What the failure means for the shop, in one plain sentence. */
  meaning: string
  /** Whether its end is announced as well, when its beginning was: for what stops everything, and not for single orders. */
  allClear?: true
  /** What the operator should do, in one plain sentence. */
  action: string
}

/** What happens after a failure: architecture §5, product §4. */
export const FAILURE_POLICY: Readonly<Record<ErrorClass, Readonly<FailurePolicy>>> = {
  [ErrorClass.SKU_NOT_FOUND]: {
    disposition: "hold",
    alert: true,
    level: AlertLevel.ERROR,
    meaning: "Medusa has no variant with this SKU, so the order is held whole; no stock is reserved for it yet.",
    action:
      "Give a variant this SKU, correct the SKU in the channel, or pick the listing's variant in the Admin. The order then goes through by itself.",
  },
  [ErrorClass.AMBIGUOUS_SKU]: {
    disposition: "hold",
    alert: true,
    level: AlertLevel.ERROR,
    meaning: "Several Medusa variants have this SKU, so nobody can say which one was sold; the order is held whole.",
    action: "Leave this SKU on one Medusa variant only, then retry the exception.",
  },
  [ErrorClass.NORMALIZATION_FAILED]: {
    disposition: "hold",
    alert: true,
    level: AlertLevel.ERROR,
    meaning: "The channel sent something that can't be turned into an order as it is; what it concerns is held.",
    action: "Compare the order in the channel with the message, correct what it names, then retry the exception.",
  },
  [ErrorClass.MEDUSA_WORKFLOW_FAILED]: {
    disposition: "retry",
    alert: true,
    level: AlertLevel.ERROR,
    meaning: "Medusa refused a change that the order needs; its other changes wait behind this one.",
    action:
      "It is retried for three days; if it comes back, read the message and correct the order or its products in Medusa.",
  },
  [ErrorClass.ESCROW_FETCH_FAILED]: {
    disposition: "retry",
    alert: true,
    level: AlertLevel.WARNING,
    meaning: "What the channel settles for the order could not be read; the order itself is not affected.",
    action:
      "It is retried by itself and again every night; look at the order's settlement in the channel if it stays open.",
  },
  [ErrorClass.SDK_TRANSIENT]: {
    disposition: "retry",
    alert: true,
    level: AlertLevel.WARNING,
    allClear: true,
    meaning: "The channel can't be reached or answers nonsense; nothing is lost, but everything comes later.",
    action:
      "The channel doesn't answer properly; orders wait and go through once it does. Look at its status page if it lasts.",
  },
  [ErrorClass.TOKEN_EXPIRED]: {
    disposition: "hold",
    alert: true,
    level: AlertLevel.ERROR,
    allClear: true,
    meaning: "The shop can't be called without a valid authorisation; its orders wait, none is lost.",
    action: "Authorise the shop again; the orders that wait then go through by themselves.",
  },
  [ErrorClass.RETRY_EXHAUSTED]: {
    disposition: "hold",
    alert: true,
    level: AlertLevel.ERROR,
    meaning: "Automatic attempts failed for three days and have ended; what it concerns stands still.",
    action: "Automatic retries have ended; remove the cause in the message, then retry the exception.",
  },
  [ErrorClass.OVERSOLD]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.WARNING,
    meaning: "More was sold than is in stock: the order is in Medusa, but can't be packed as it stands.",
    action: "The order was imported without enough stock; find the missing pieces or cancel the order in the channel.",
  },
  [ErrorClass.CANCELLED_AFTER_SHIPPING]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.WARNING,
    meaning: "The buyer has the money back while the goods are on their way; their stock is still counted as gone.",
    action: "Find out where the parcel is; when it comes back, return its pieces to stock in Medusa.",
  },
  [ErrorClass.PIECES_CANCELLED_AFTER_SHIPPING]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.WARNING,
    meaning:
      "The buyer no longer pays for these pieces, and they had left or were packed by hand: they are still part of the order, and their stock is counted as gone.",
    action:
      "Find out where the cancelled pieces are and return them to stock in Medusa. Check that the channel refunded what Medusa did.",
  },
  [ErrorClass.PARCEL_MISMATCH]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.WARNING,
    meaning: "The channel changed what the parcels hold after they had left, so that some pieces are in none of them.",
    action:
      "Compare the parcels of the order in the channel with those in Medusa, and fulfil or correct the pieces that are in none.",
  },
  [ErrorClass.ESCROW_MISMATCH]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.WARNING,
    meaning: "The amounts that the channel names don't come to what it pays; the books would be off by the difference.",
    action: "Compare the amounts in the message with the order's income details in the channel's seller centre.",
  },
  [ErrorClass.SETTLEMENT_OVERDUE]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.WARNING,
    meaning: "The orders were completed long enough ago that their money should be there, and it is not.",
    action: "Look the orders up in the channel's income overview, and ask its support why they are not paid out.",
  },
  [ErrorClass.SETTLEMENT_SHORT]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.WARNING,
    meaning: "The channel paid out less than its own settlement says, and no adjustment accounts for it.",
    action:
      "Compare the payout with the order's income details in the channel, and dispute what is not explained there.",
  },
  [ErrorClass.JOB_FAILED]: {
    disposition: "retry",
    alert: true,
    level: AlertLevel.ERROR,
    allClear: true,
    meaning: "A scheduled job could not do its work; what it looks after is as old as its last success.",
    action: "It is tried again by itself; give the message to a developer if it stays open.",
  },
  [ErrorClass.JOB_OVERDUE]: {
    disposition: "retry",
    alert: true,
    level: AlertLevel.ERROR,
    allClear: true,
    meaning: "A scheduled job has not succeeded for too long, so what it guarantees is not guaranteed now.",
    action: "Check that a worker is running and what else is open; once the job succeeds this closes by itself.",
  },
  [ErrorClass.NOTICE]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.INFO,
    meaning: "Nothing is wrong.",
    action: "There is nothing to do; this is for your information.",
  },
  [ErrorClass.PUSH_UNHEALTHY]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.ERROR,
    allClear: true,
    meaning: "Pushes of the channel get lost, or will soon; orders are found by comparison, and later than usual.",
    action:
      "Correct the subscription in the channel's console. Orders come in by reconciliation meanwhile, which is slower.",
  },
  [ErrorClass.PUSH_SILENT]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.ERROR,
    allClear: true,
    meaning: "The channel has changes that no push told of; orders are found by comparison, and later than usual.",
    action:
      "Check that the callback URL reaches this platform from outside, and the push subscription in the channel's console.",
  },
  [ErrorClass.RETURN_FETCH_FAILED]: {
    disposition: "retry",
    alert: true,
    level: AlertLevel.WARNING,
    meaning: "Goods that come back and money that goes back are not noted; everything else of the order goes on.",
    action:
      "It is retried for three days; if it stays open, look at the order's return in the channel and whether the app may read returns.",
  },
  [ErrorClass.RETURN_NEEDS_ATTENTION]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.WARNING,
    meaning: "A return waits for you, or can't be followed in Medusa as it is in the channel.",
    action:
      "Open the return in the channel's seller centre and settle what the message names; Medusa follows by itself.",
  },
  [ErrorClass.SIGNATURE_MISMATCH]: {
    disposition: "report",
    alert: true,
    level: AlertLevel.ERROR,
    meaning: "Somebody sends pushes that can't be proven to come from the channel; none of them was believed.",
    action:
      "Check the push key and the callback URL against the channel's console; if both are right somebody is forging pushes.",
  },
  [ErrorClass.UNKNOWN]: {
    disposition: "retry",
    alert: true,
    level: AlertLevel.ERROR,
    meaning: "Something happened that the connector has no name for; what it concerns waits.",
    action: "It is retried for three days; give the message to a developer if it comes back.",
  },
}

/** Classes whose end is announced. */
export const ALL_CLEAR_CLASSES: readonly ErrorClass[] = Object.values(ErrorClass).filter(
  (errorClass) => FAILURE_POLICY[errorClass].allClear
)

/** The first attempt waits up to this long, each further one up to twice as long. */
export const FIRST_RETRY_CEILING_MS = 5_000
export const RETRY_CEILING_MS = 30 * 60_000
/** Full jitter may draw zero; a failing call must not be repeated at once. */
export const RETRY_FLOOR_MS = 1_000
/** A failure is retried for at least this long, counted from its first one: a long weekend and a bit. */
export const RETRY_WINDOW_MS = 72 * 60 * 60_000

/** `exhausted`: no automatic attempt is left. Classes that aren't retried never have one. */
export type NextAttempt = { retryInMs: number } | { exhausted: true }

/**
 * Full jitter (AWS Architecture Blog, "Exponential Backoff and Jitter"): evenly between the floor and a ceiling that doubles
 * with every attempt, 5 s → 30 min.
 *
 * @param attempts failures so far, the latest included (1 after the first)
 * @param random uniform in [0, 1)
 */
export function fullJitterDelayMs(attempts: number, random: () => number): number {
  const doublings = Math.max(0, Math.floor(attempts) - 1)
  const ceiling = Math.min(RETRY_CEILING_MS, FIRST_RETRY_CEILING_MS * 2 ** doublings)
  return Math.round(RETRY_FLOOR_MS + random() * (ceiling - RETRY_FLOOR_MS))
}

/**
 * When to try again after a failure. Pure: clock and chance are handed in.
 *
 * @param attempts failures so far, the latest included
 * @param firstFailedAt when this row of failures began
 */
export function nextAttempt(
  errorClass: ErrorClass,
  attempts: number,
  firstFailedAt: Date,
  now: Date,
  random: () => number
): NextAttempt {
  if (FAILURE_POLICY[errorClass].disposition !== "retry") {
    return { exhausted: true }
  }
  if (now.getTime() - firstFailedAt.getTime() >= RETRY_WINDOW_MS) {
    return { exhausted: true }
  }
  return { retryInMs: fullJitterDelayMs(attempts, random) }
}
