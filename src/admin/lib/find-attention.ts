import type { CompletenessProof, ShopeeStatusAnswer, ShopStatus } from "../../modules/connectors/shopee/types/desk"
import type { ErrorClassName } from "./error-classes"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** The connector's own first warning (`watch/authorization-end.ts`). */
const AUTHORISATION_ENDS_SOON_MS = 7 * 24 * HOUR_MS
/** A comparison is made every night; this is when the connector itself calls it overdue. */
const PROOF_HOLDS_MS = 26 * HOUR_MS
/** Orders are worked on within seconds. So long means that no worker gets to them. */
export const LONGEST_WAIT_S = 5 * 60

/** Where something is seen to. Paths of the Admin. */
export const PLACES = {
  exceptions: "/connectors/exceptions",
  orders: "/connectors/orders",
  payouts: "/connectors/payouts",
  settings: "/connectors/settings",
  jobs: "#jobs",
} as const

/** Something that a person should look at, with the place for it. `text` is a key of `overview.attention`. */
export interface Attention {
  text:
    | "notConfigured"
    | "shopMissing"
    | "shopRefused"
    | "shopUnreadable"
    | "authorisationEnded"
    | "authorisationEnds"
    | "waiting"
    | "jobOverdue"
    | "held"
    | "latePayouts"
    | "proofMissing"
    | "proofFailed"
    | "proofIncomplete"
    | "exceptions"
  /** `error` = orders or money are in danger now. */
  level: "error" | "warning"
  to: string
  /** Distinguishes several of one kind. */
  key: string
  count?: number
  shopId?: string
  /** ISO 8601 */
  at?: string
  errorClass?: ErrorClassName
  jobs?: string[]
  names?: string
}

const TOKEN_TEXTS = { missing: "shopMissing", refused: "shopRefused", unreadable: "shopUnreadable" } as const

/** Said by a row of their own, which knows more than the exception. */
const SAID_ELSEWHERE: readonly string[] = ["job_overdue", "token_expired", "settlement_overdue"]

const ERRORS: readonly string[] = ["oversold", "push_silent", "signature_mismatch", "job_failed", "retry_exhausted"]

const exceptionsOf = (errorClass: string): string =>
  `${PLACES.exceptions}?${new URLSearchParams({ error_class: errorClass }).toString()}`

function ofShop(shop: ShopStatus, now: Date): Attention[] {
  const { shop_id: shopId, token, authorization_ends_at: at } = shop
  const common = { shopId, key: shopId, to: PLACES.settings }
  if (token !== "authorized") {
    return [{ ...common, text: TOKEN_TEXTS[token], level: "error" }]
  }
  const leftMs = at === null ? Number.POSITIVE_INFINITY : new Date(at).getTime() - now.getTime()
  if (at === null || leftMs > AUTHORISATION_ENDS_SOON_MS) {
    return []
  }
  return leftMs <= 0
    ? [{ ...common, text: "authorisationEnded", level: "error", at }]
    : [{ ...common, text: "authorisationEnds", level: "warning", at }]
}

/** What a comparison found and nobody has repaired yet, orders and returns. Pure. */
export const unrepaired = (proof: CompletenessProof): number =>
  Math.max(0, proof.missing_count + proof.stale_count + proof.stale_return_count - proof.repaired_count)

/** What the last comparison with Shopee's list leaves open. A shop that can't be called has a row that says so already. */
function ofProof(shop: ShopStatus, now: Date): Attention[] {
  const { shop_id: shopId, last_proof: proof, authorized_at } = shop
  const common = { shopId, key: shopId, to: PLACES.jobs, level: "warning" } as const
  const isOld = (at: string) => now.getTime() - new Date(at).getTime() > PROOF_HOLDS_MS
  if (proof === null) {
    const isNew = authorized_at !== null && !isOld(authorized_at)
    return isNew ? [] : [{ ...common, text: "proofMissing" }]
  }
  if (proof.status === "failed") {
    return [{ ...common, text: "proofFailed", at: proof.started_at }]
  }
  if (isOld(proof.started_at)) {
    return [{ ...common, text: "proofMissing", at: proof.started_at }]
  }
  const open = unrepaired(proof)
  return proof.status === "complete" && open > 0
    ? [{ ...common, text: "proofIncomplete", count: open, to: `${PLACES.orders}?progress=retrying` }]
    : []
}

function ofExceptions(open: ShopeeStatusAnswer["open_exceptions"], latePayouts: number): Attention[] {
  const said = SAID_ELSEWHERE.filter((name) => name !== "settlement_overdue" || latePayouts > 0)
  return open
    .filter(({ error_class }) => !said.includes(error_class))
    .map(({ error_class, count, oldest_at }) => ({
      text: "exceptions",
      level: ERRORS.includes(error_class) ? "error" : "warning",
      to: exceptionsOf(error_class),
      key: error_class,
      errorClass: error_class,
      count,
      at: oldest_at,
    }))
}

function ofJobs(jobs: ShopeeStatusAnswer["jobs"]): Attention[] {
  const overdue = [...new Set(jobs.filter((job) => job.overdue).map(({ name }) => name))]
  return overdue.length === 0
    ? []
    : [{ text: "jobOverdue", level: "error", to: PLACES.jobs, key: "", count: overdue.length, jobs: overdue }]
}

/** Everything that a person should look at, the worst first; nothing when all is well. Pure. */
export function findAttention(status: ShopeeStatusAnswer, latePayouts: number, now: Date): Attention[] {
  const { configuration, shops, inbox } = status
  const authorized = shops.filter(({ token }) => token === "authorized")
  const found: Attention[] = [
    ...(configuration.configured
      ? []
      : ([
          {
            text: "notConfigured",
            level: "error",
            to: PLACES.settings,
            key: "",
            names: configuration.missing.join(", "),
          },
        ] as const)),
    ...shops.flatMap((shop) => ofShop(shop, now)),
    ...ofWaiting(inbox),
    ...ofJobs(status.jobs),
    ...ofHeld(inbox.held),
    ...ofExceptions(status.open_exceptions, latePayouts),
    ...ofLatePayouts(latePayouts),
    ...authorized.flatMap((shop) => ofProof(shop, now)),
  ]
  return [...found.filter(({ level }) => level === "error"), ...found.filter(({ level }) => level === "warning")]
}

const ofWaiting = ({ depth, oldest_age_seconds: seconds }: ShopeeStatusAnswer["inbox"]): Attention[] =>
  seconds !== null && seconds > LONGEST_WAIT_S
    ? [{ text: "waiting", level: "error", to: `${PLACES.orders}?progress=waiting`, key: "", count: depth }]
    : []

const ofHeld = (count: number): Attention[] =>
  count > 0 ? [{ text: "held", level: "warning", to: `${PLACES.orders}?progress=held`, key: "", count }] : []

const ofLatePayouts = (count: number): Attention[] =>
  count > 0 ? [{ text: "latePayouts", level: "warning", to: `${PLACES.payouts}?state=late`, key: "", count }] : []
