/**
 * Boundaries at which the fault suite ends or freezes the process: what was done before one is in the database (or at Shopee), and what
 * comes after it is not. Each is passed at exactly one place of the code.
 */
export const FAIL_POINTS = [
  /** A push is in the inbox and not answered. */
  "push-stored",
  /** Orders are claimed and nothing was asked. */
  "orders-claimed",
  /** Shopee told of the orders and Medusa was not touched. */
  "orders-read",
  /** New orders are in Medusa without reservation, payment and link. */
  "orders-created",
  /** A payment is captured and the order's account does not know. */
  "payments-captured",
  /** Parcels are recorded on the order, and their stock is still there. */
  "parcels-recorded",
  /** The order says that parcels left, and they don't. */
  "shipments-recorded",
  /** Parcels are unpacked on the order, and their stock is still gone. */
  "parcels-unpacked",
  /** The order is about to be cancelled. */
  "refunds-noted",
  /** Money went back and the order's account does not know. */
  "payments-refunded",
  /** Everything is done in Medusa, and the inbox does not know. */
  "outcomes-known",
  /** Escrows were read and not stored. */
  "escrows-read",
  /** The refresh of a token is claimed and the refresh token not spent. */
  "refresh-claimed",
  /** Shopee issued a new pair, which is stored nowhere. */
  "token-issued",
  /** Lost pushes are stored, and Shopee was not told so. */
  "lost-pushes-stored",
  /** A page of a list of orders was read, and nothing was made of it. */
  "list-page-read",
  /** What a comparison found is in the inbox, and there is no proof yet. */
  "findings-injected",
  /** What a backfill found in a window is in the inbox, and the window does not count as read. */
  "backfill-window-read",
  /** An alert went out and is not marked as posted. */
  "alert-delivered",
] as const

export type FailPoint = (typeof FAIL_POINTS)[number]

/** SIGKILL is a crash; SIGSTOP a machine that stands still until somebody sends SIGCONT. */
export type FailSignal = "SIGKILL" | "SIGSTOP"

const SIGNALS: readonly string[] = ["SIGKILL", "SIGSTOP"] satisfies FailSignal[]

const isFailPoint = (text: string): text is FailPoint => (FAIL_POINTS as readonly string[]).includes(text)
const isSignal = (text: string): text is FailSignal => SIGNALS.includes(text)

/**
 * Reads `FAIL_POINTS`: names separated by commas, each with a signal where it isn't SIGKILL: `orders-created,orders-read=SIGSTOP`.
 *
 * @returns the armed points, or a text that says what is wrong with the value
 */
export function parseFailPoints(value: string | undefined): Map<FailPoint, FailSignal> | string {
  const armed = new Map<FailPoint, FailSignal>()
  for (const entry of (value ?? "").split(",")) {
    const [name = "", signal = "SIGKILL", ...more] = entry.split("=").map((part) => part.trim())
    if (name === "") {
      continue
    }
    if (!isFailPoint(name) || !isSignal(signal) || more.length > 0) {
      return `FAIL_POINTS is not valid: put names of fail points there, or better nothing: only the fault suite needs it.`
    }
    armed.set(name, signal)
  }
  return armed
}
