import { describeTime } from "../auth/token-status"
import { describeWindow } from "../recovery/proof-line"
import type { CompletenessProof, JobStatus, ShopeeStatusAnswer, ShopStatus } from "../types/desk"

const TOKEN_TEXT: Readonly<Record<ShopStatus["token"], string>> = {
  authorized: "authorised",
  missing: "not authorised: npm run shopee -- authorize",
  refused: "refused by Shopee: npm run shopee -- authorize",
  unreadable: "its tokens can't be read with SHOPEE_TOKEN_ENCRYPTION_KEY",
}

/** Whether orders can be read: everything is set, and the configured shop can be called. */
export const isWorking = ({ configuration, shops }: ShopeeStatusAnswer): boolean =>
  configuration.configured && shops.some(({ configured, token }) => configured && token === "authorized")

/** A completeness proof in one line: `142/142, 0 missing (24 Nov, 03:00 – 25 Nov, 03:00 SGT)`. */
export function describeProof(proof: CompletenessProof | null): string {
  if (proof === null) {
    return "never compared"
  }
  const window = describeWindow({ from: new Date(proof.window_from), to: new Date(proof.window_to) })
  if (proof.status === "failed") {
    return `no proof (${window}): ${proof.error ?? "it failed"}`
  }
  if (proof.status === "running") {
    return `being compared now (${window})`
  }
  const { shopee_count: expected, missing_count: missing, stale_count: stale, waiting_count: waiting } = proof
  const parts = [
    `${expected - missing}/${expected}`,
    `${missing} missing`,
    ...(stale > 0 ? [`${stale} behind`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(proof.returns_error === null ? [] : ["returns not compared"]),
  ]
  return `${parts.join(", ")} (${window})`
}

/** How the connector is, in lines for a terminal. No part of a key or a token is in it. */
export function describeStatus(status: ShopeeStatusAnswer): string {
  const now = Date.parse(status.at)
  const when = (time: string | null): string => (time === null ? "never" : describeTime(Date.parse(time), now))
  const { configuration, inbox, orders, push } = status
  const lines: [string, string][] = [
    ["settings", configuration.configured ? "complete" : `incomplete: set ${configuration.missing.join(", ")}`],
    ...status.shops.flatMap((shop) => shopLines(shop, when)),
    [
      "queue",
      `${inbox.depth} orders due${inbox.oldest_age_seconds === null ? "" : ` (oldest ${inbox.oldest_age_seconds} s)`}, ` +
        `${inbox.backing_off} again later, ${inbox.held} held for a person, ${inbox.pending_events} events, ${inbox.escrows_due} settlements`,
    ],
    [
      "orders",
      `${orders.total} known: ${orders.by_sync_status.created} in Medusa, ${orders.by_sync_status.pending} on their way, ${orders.by_sync_status.failed} held`,
    ],
    [
      "pushes",
      `${push.last_push_at === null ? "none yet" : `last ${when(push.last_push_at)}`}${push.subscription === null ? "" : `; Shopee says ${push.subscription}`}`,
    ],
    ...exceptionLines(status, when),
    ...status.jobs.map((job): [string, string] => ["job", describeJob(job, when)]),
  ]
  const width = Math.max(...lines.map(([label]) => label.length))
  return lines.map(([label, text]) => `${label.padEnd(width)}  ${text}`).join("\n")
}

function shopLines(shop: ShopStatus, when: (time: string | null) => string): [string, string][] {
  const ends = shop.authorization_ends_at
  const paused = shop.paused_until
  return [
    [
      `shop ${shop.shop_id}`,
      TOKEN_TEXT[shop.token] +
        (ends === null ? "" : `, until ${when(ends)}`) +
        (paused === null ? "" : `; calls wait until ${when(paused)} after ${shop.failed_calls} failed ones`),
    ],
    ["last proof", describeProof(shop.last_proof)],
  ]
}

function exceptionLines(
  { open_exceptions }: ShopeeStatusAnswer,
  when: (time: string | null) => string
): [string, string][] {
  if (open_exceptions.length === 0) {
    return [["exceptions", "none is open"]]
  }
  return open_exceptions.map(({ error_class, count, oldest_at }) => [
    "exceptions",
    `${count} ${error_class}, the oldest of ${when(oldest_at)}`,
  ])
}

function describeJob(job: JobStatus, when: (time: string | null) => string): string {
  const name = job.scope === "" ? job.name : `${job.name} (${job.scope})`
  const state = job.running ? "running now, " : ""
  const failure = job.last_error === null ? "" : `; failed ${job.failures_in_a_row} times: ${job.last_error}`
  return `${name}: ${state}last success ${when(job.last_success_at)}, next ${when(job.next_run_at)}${failure}`
}
