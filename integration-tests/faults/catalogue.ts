import type { FailPoint } from "../../src/config/fail-points"

/** A fault as the table in docs/faults.md lists it. */
export interface FaultEntry {
  /** What is let loose. */
  fault: string
  /** What has to come out, besides the promises that hold after every fault. */
  expected: string
  /** The boundary at which the process is ended, where it is one of the source's fail points. */
  failPoint?: FailPoint
}

const CRASHES = {
  "crash-push-stored": {
    fault: "kill -9 after a push is stored and before it is answered",
    expected: "no answer; the retry is answered 200, one event, one order",
    failPoint: "push-stored",
  },
  "crash-push-answered": {
    fault: "kill -9 after a push is answered and before anybody claims its order",
    expected: "the next start takes it up",
  },
  "crash-orders-claimed": {
    fault: "kill -9 after orders are claimed",
    expected: "taken up within lease + poll + 1 s",
    failPoint: "orders-claimed",
  },
  "crash-shopee-read": {
    fault: "kill -9 while Shopee is being read",
    expected: "taken up once the lease ends",
  },
  "crash-orders-read": {
    fault: "kill -9 after Shopee is read and before an order is created",
    expected: "taken up once the lease ends",
    failPoint: "orders-read",
  },
  "crash-orders-created": {
    fault: "kill -9 after an order is created and before it has reservation, payment and link",
    expected: "the order is adopted and finished, no second one",
    failPoint: "orders-created",
  },
  "crash-outcomes-known": {
    fault: "kill -9 after an order is complete in Medusa and before its sync row says so",
    expected: "found complete, nothing is done twice",
    failPoint: "outcomes-known",
  },
  "crash-payments-captured": {
    fault: "kill -9 between a capture and its transaction",
    expected: "captured once, the order's account knows",
    failPoint: "payments-captured",
  },
  "crash-parcels-recorded": {
    fault: "kill -9 while packing three orders in one run, between their record and the stock",
    expected: "packed once, stock taken once",
    failPoint: "parcels-recorded",
  },
  "crash-shipments-recorded": {
    fault: "kill -9 while shipping three orders in one run, between their record and the parcels",
    expected: "shipped once",
    failPoint: "shipments-recorded",
  },
  "crash-parcels-unpacked": {
    fault: "kill -9 while unpacking for a cancellation, between the order's record and the stock",
    expected: "cancelled and refunded, stock back once",
    failPoint: "parcels-unpacked",
  },
  "crash-refunds-noted": {
    fault: "kill -9 right before an order is cancelled",
    expected: "cancelled and refunded once",
    failPoint: "refunds-noted",
  },
  "crash-payments-refunded": {
    fault: "kill -9 between a refund and its transaction, of an order cancelled after shipping",
    expected: "refunded once, goods stay shipped",
    failPoint: "payments-refunded",
  },
  "crash-escrows-read": {
    fault: "kill -9 after an escrow is read and before it is stored",
    expected: "fetched again once the lease ends",
    failPoint: "escrows-read",
  },
  "crash-alert-delivered": {
    fault: "kill -9 after an alert is posted and before that is noted",
    expected: "posted again, never lost",
    failPoint: "alert-delivered",
  },
  "crash-lost-pushes-stored": {
    fault: "kill -9 after lost pushes are stored and before Shopee is told so",
    expected: "fetched again, stored once, then confirmed",
    failPoint: "lost-pushes-stored",
  },
  "crash-list-page-read": {
    fault: "kill -9 while reconciliation reads Shopee's list of orders, between two pages",
    expected: "no proof; the next run reads the list from its beginning",
    failPoint: "list-page-read",
  },
  "crash-findings-injected": {
    fault: "kill -9 after reconciliation's findings are in the inbox and before its proof is stored",
    expected: "no proof of the run that died, one of the next; each order once",
    failPoint: "findings-injected",
  },
  "crash-backfill-window-read": {
    fault: "kill -9 between two windows of a backfill",
    expected: "goes on with the same window; each order injected once",
    failPoint: "backfill-window-read",
  },
  "crash-refresh-claimed": {
    fault: "kill -9 after a token refresh is claimed and before the refresh token is spent",
    expected: "another process refreshes once the lease ends; one refresh at Shopee",
    failPoint: "refresh-claimed",
  },
  "crash-token-issued": {
    fault: "kill -9 after Shopee issued new tokens and before they are stored",
    expected: "one alert that says to authorise again, no loop; work goes on after it",
    failPoint: "token-issued",
  },
} satisfies Record<string, FaultEntry>

const SHOPEE = {
  "shopee-429": {
    fault: "Shopee throttles (429 with Retry-After, twice)",
    expected: "waits as asked, no attempt is used up, no alert",
  },
  "shopee-500": { fault: "Shopee answers 500, twice", expected: "one outage, tried again by itself" },
  "shopee-503": { fault: "Shopee answers 503", expected: "one outage, tried again by itself" },
  "shopee-html": { fault: "Shopee answers 200 with a web page", expected: "one outage, tried again by itself" },
  "shopee-gateway-page": {
    fault: "Shopee answers 502 with a gateway's page",
    expected: "one outage, tried again by itself",
  },
  "shopee-empty": { fault: "Shopee answers nothing at all", expected: "one outage, tried again by itself" },
  "shopee-malformed": { fault: "Shopee answers broken JSON", expected: "one outage, tried again by itself" },
  "shopee-truncated": {
    fault: "Shopee's answer breaks off in the middle",
    expected: "one outage, tried again by itself",
  },
  "shopee-slow": { fault: "Shopee answers after 5 s", expected: "waited for, no exception" },
  "shopee-slow-loris": {
    fault: "Shopee answers a byte a second",
    expected: "given up at the deadline, tried again by itself",
  },
  "shopee-huge": { fault: "Shopee answers 64 MB", expected: "given up at the size limit, tried again by itself" },
  "shopee-hang": { fault: "Shopee never answers", expected: "given up at the deadline, tried again by itself" },
  "shopee-reset": { fault: "Shopee resets the connection", expected: "one outage, tried again by itself" },
  "shopee-error-in-200": {
    fault: "Shopee answers 200 with an error code",
    expected: "taken for an error, tried again by itself",
  },
  "shopee-token-rejected": { fault: "Shopee rejects a valid access token", expected: "refreshed once, goes on" },
  "shopee-clock-skew": {
    fault: "Shopee rejects the timestamp of a call",
    expected: "one exception, no storm of calls",
  },
  "shopee-drops-orders": {
    fault: "Shopee leaves an order out of its answer",
    expected: "that order is asked for again, the other is not delayed",
  },
} satisfies Record<string, FaultEntry>

const PUSHES = {
  "push-forged-flood": {
    fault: "400 forged pushes of 40 senders beside genuine ones",
    expected: "answered 200, at most 20 kept, one exception; genuine ones go through",
  },
  "push-replayed": { fault: "a genuine push sent 51 times, 50 of them at once", expected: "one event, one order" },
  "push-reordered": {
    fault: "pushes in the wrong sequence, the last word first",
    expected: "orders end where Shopee has them",
  },
  "push-duplicated-and-late": {
    fault: "pushes duplicated, delayed and reordered on their way",
    expected: "one event a push, orders complete",
  },
  "push-unreadable": {
    fault: "signed pushes that are no JSON, empty, broken UTF-8 or nested 50,000 deep",
    expected: "answered 200, kept byte for byte",
  },
  "push-odd": {
    fault: "signed pushes with NUL, lone surrogates, numbers beyond every type, doubled keys",
    expected: "answered 200, kept byte for byte",
  },
  "push-injection": {
    fault: "signed pushes with SQL, forged log lines and terminal codes as order number",
    expected: "plain text everywhere",
  },
  "push-oversized": {
    fault: "a push of 2 MiB, and one that claims to be compressed",
    expected: "413, nothing kept; never unpacked",
  },
  "push-senders-that-stall": {
    fault: "150 senders that never send their bodies",
    expected: "genuine pushes are answered within Shopee's 3 s",
  },
  "order-poisoned": {
    fault:
      "Shopee describes orders with impossible money, no lines, an unknown currency; buyers write NUL and injections",
    expected: "the impossible are held with an exception each, the others go through",
  },
} satisfies Record<string, FaultEntry>

const ALERTS = {
  "alert-webhook-refuses": {
    fault: "the alert webhook answers 500",
    expected: "orders are not delayed; the alert is posted later, once",
  },
  "alert-webhook-silent": {
    fault: "the alert webhook takes alerts and never answers",
    expected: "orders are not delayed; the alert is posted later, once",
  },
} satisfies Record<string, FaultEntry>

const REFUSED = "pushes that can't be stored are answered 503 within 3 s; recovery without a restart"

const DATABASE = {
  "postgres-restarts": {
    fault: "Postgres crashes and restarts (immediate) under 24 pushes at once",
    expected: "what was answered is stored, the rest is refused and comes again",
  },
  "postgres-gone": { fault: "Postgres is gone for 8 s", expected: REFUSED },
  "postgres-line-cut": {
    fault: "every connection to Postgres breaks, new ones are refused for 3 s",
    expected: REFUSED,
  },
  "postgres-line-stalls": { fault: "the line to Postgres stands still for 6 s", expected: REFUSED },
  "postgres-half-open": {
    fault: "every connection to Postgres is half open: nothing comes back, and nobody says so",
    expected: REFUSED,
  },
  "postgres-cuts-off": { fault: "Postgres ends every connection while orders are worked on", expected: REFUSED },
  "postgres-read-only": {
    fault: "Postgres refuses writes for 4 s (read only, as a standby after a fail-over)",
    expected: REFUSED,
  },
  "postgres-locked": {
    fault: "somebody locks the inbox's tables for 6 s, until the pool is exhausted",
    expected: REFUSED,
  },
  "postgres-disk-full": { fault: "Postgres answers disk_full (53100) to inserts for 4 s", expected: REFUSED },
  "postgres-deadlocks": { fault: "Postgres answers deadlock_detected (40P01) to inserts for 4 s", expected: REFUSED },
  "postgres-away-at-start": {
    fault: "the platform starts while Postgres is away",
    expected: "it waits, or ends with an exit code for its supervisor; others are not harmed",
  },
} satisfies Record<string, FaultEntry>

const REDIS_GONE = "pushes are stored and answered within 3 s; orders and jobs go on by themselves"

const REDIS = {
  "redis-killed": { fault: "Redis is killed, and comes back empty after 8 s", expected: REDIS_GONE },
  "redis-flushed": { fault: "Redis forgets everything (FLUSHALL), Medusa's scheduled jobs too", expected: REDIS_GONE },
  "redis-half-open": {
    fault: "every connection to Redis is half open: nothing comes back, and nobody says so",
    expected: REDIS_GONE,
  },
  "redis-silent": { fault: "Redis accepts connections and answers nothing for 20 s", expected: REDIS_GONE },
  "redis-away-at-start": {
    fault: "a worker starts while Redis is away",
    expected: "it waits, or ends with an exit code for its supervisor; pushes are taken meanwhile",
  },
} satisfies Record<string, FaultEntry>

const SEVERAL = {
  "workers-two-and-200-orders": {
    fault: "two workers, clocks 8 minutes apart, 200 orders due and tokens expired in the same moment",
    expected: "each order once, one refresh, faster than one worker while Shopee takes 2 s to answer",
  },
  "worker-frozen": {
    fault: "a worker stands still for longer than its lease, in the middle of its imports, and goes on",
    expected: "another worker finishes them; nothing is done twice, nothing is taken back",
  },
  "frozen-packing": {
    fault: "a worker stands still for longer than its lease while packing, and goes on after another one has packed",
    expected: "packed once, stock taken once",
  },
  "frozen-unpacking": {
    fault: "the same while unpacking for a cancellation",
    expected: "cancelled and refunded once, stock back once",
  },
  "frozen-capturing": {
    fault: "the same between a capture and its transaction",
    expected: "captured once, booked once",
  },
  "frozen-refunding": {
    fault: "the same between a refund and its transaction",
    expected: "refunded once, booked once",
  },
} satisfies Record<string, FaultEntry>

export const FAULTS = {
  ...CRASHES,
  ...SHOPEE,
  ...PUSHES,
  ...ALERTS,
  ...DATABASE,
  ...REDIS,
  ...SEVERAL,
} satisfies Record<string, FaultEntry>

export type FaultName = keyof typeof FAULTS
