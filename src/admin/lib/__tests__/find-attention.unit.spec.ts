import type {
  CompletenessProof,
  JobStatus,
  ShopeeStatusAnswer,
  ShopStatus,
} from "../../../modules/connectors/shopee/types/desk"
import { findAttention } from "../find-attention"

const NOW = new Date("2026-11-23T12:00:00Z")
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const at = (ms: number) => new Date(NOW.getTime() + ms).toISOString()

const PROOF: CompletenessProof = {
  status: "complete",
  started_at: at(-9 * HOUR_MS),
  finished_at: at(-9 * HOUR_MS),
  window_from: at(-33 * HOUR_MS),
  window_to: at(-9 * HOUR_MS),
  shopee_count: 142,
  matching_count: 142,
  waiting_count: 0,
  missing_count: 0,
  stale_count: 0,
  repaired_count: 0,
  return_count: 4,
  stale_return_count: 0,
  returns_error: null,
  error: null,
}

const SHOP: ShopStatus = {
  shop_id: "700001",
  configured: true,
  token: "authorized",
  access_expires_at: at(3 * HOUR_MS),
  authorized_at: at(-60 * DAY_MS),
  refreshed_at: at(-HOUR_MS),
  refused_at: null,
  refused_reason: null,
  paused_until: null,
  failed_calls: 0,
  authorization_ends_at: at(300 * DAY_MS),
  last_proof: PROOF,
}

const JOB: JobStatus = {
  name: "shopee-reconcile-daily",
  scope: "700001",
  schedule: "0 19 * * *",
  next_run_at: at(7 * HOUR_MS),
  running: false,
  overdue: false,
  last_started_at: at(-9 * HOUR_MS),
  last_success_at: at(-9 * HOUR_MS),
  last_error: null,
  failures_in_a_row: 0,
  last_duration_ms: 900,
  last_statistics: null,
}

const HEALTHY: ShopeeStatusAnswer = {
  at: at(0),
  configuration: {
    configured: true,
    missing: [],
    partner_key: true,
    push_keys: 1,
    push_key_is_partner_key: false,
    token_keys: 1,
    alert_webhook: true,
    callback_url: "https://shop.example/connectors/shopee/webhook",
    api_base_url: "https://partner.shopeemobile.com/api/v2",
    shop_id: "700001",
    partner_id: "2000111",
  },
  shops: [SHOP],
  inbox: { depth: 3, oldest_age_seconds: 2, backing_off: 1, held: 0, pending_events: 0, escrows_due: 0 },
  orders: { total: 9, by_sync_status: { pending: 0, created: 9, failed: 0 }, by_shopee_status: { COMPLETED: 9 } },
  open_exceptions: [],
  push: { last_push_at: at(-HOUR_MS), subscription: "Normal", problems: 0, checked_at: at(-60_000) },
  jobs: [JOB],
}

const find = (change: Partial<ShopeeStatusAnswer>, latePayouts = 0) =>
  findAttention({ ...HEALTHY, ...change }, latePayouts, NOW)
const ofShop = (change: Partial<ShopStatus>) => find({ shops: [{ ...SHOP, ...change }] })
const ofProof = (change: Partial<CompletenessProof>) => ofShop({ last_proof: { ...PROOF, ...change } })
const open = (error_class: ShopeeStatusAnswer["open_exceptions"][number]["error_class"], count = 1) => ({
  connector: "shopee" as const,
  error_class,
  count,
  oldest_at: at(-DAY_MS),
})

it("nothing needs attention when all is well", () => {
  expect(find({})).toEqual([])
})

describe("the connection", () => {
  it("leads to the settings, whatever is wrong with it", () => {
    const missing = {
      ...HEALTHY.configuration,
      configured: false,
      missing: ["SHOPEE_PARTNER_ID", "SHOPEE_PARTNER_KEY"],
    }
    expect(find({ configuration: missing })).toMatchObject([
      {
        text: "notConfigured",
        level: "error",
        to: "/connectors/settings",
        names: "SHOPEE_PARTNER_ID, SHOPEE_PARTNER_KEY",
      },
    ])
    expect(ofShop({ token: "refused" })).toMatchObject([{ text: "shopRefused", level: "error", shopId: "700001" }])
    expect(ofShop({ token: "missing", last_proof: null })).toMatchObject([{ text: "shopMissing" }])
  })

  it("is told of a week before the authorisation ends, and after it did", () => {
    expect(ofShop({ authorization_ends_at: at(8 * DAY_MS) })).toEqual([])
    expect(ofShop({ authorization_ends_at: at(6 * DAY_MS) })).toMatchObject([
      { text: "authorisationEnds", level: "warning", at: at(6 * DAY_MS) },
    ])
    expect(ofShop({ authorization_ends_at: at(-1) })).toMatchObject([{ text: "authorisationEnded", level: "error" }])
    expect(ofShop({ authorization_ends_at: null })).toEqual([])
  })
})

describe("the completeness proof", () => {
  it("is missing when none was made for more than a day", () => {
    expect(ofShop({ last_proof: null })).toMatchObject([{ text: "proofMissing", to: "#jobs" }])
    expect(ofProof({ started_at: at(-27 * HOUR_MS) })).toMatchObject([{ text: "proofMissing" }])
    expect(ofProof({ status: "failed", error: "Shopee is down." })).toMatchObject([{ text: "proofFailed" }])
  })

  it("is no matter for a shop that was connected today", () => {
    expect(ofShop({ last_proof: null, authorized_at: at(-HOUR_MS) })).toEqual([])
  })

  it("counts what is missing or behind and not repaired yet", () => {
    expect(ofProof({ missing_count: 3, stale_count: 2, repaired_count: 4 })).toMatchObject([
      { text: "proofIncomplete", count: 1 },
    ])
    expect(ofProof({ stale_return_count: 2, repaired_count: 1 })).toMatchObject([{ text: "proofIncomplete", count: 1 }])
    expect(ofProof({ missing_count: 3, repaired_count: 3 })).toEqual([])
  })
})

describe("what waits", () => {
  it("leads to the orders", () => {
    expect(find({ inbox: { ...HEALTHY.inbox, held: 4 } })).toMatchObject([
      { text: "held", count: 4, to: "/connectors/orders?progress=held" },
    ])
    expect(find({ inbox: { ...HEALTHY.inbox, depth: 8, oldest_age_seconds: 301 } })).toMatchObject([
      { text: "waiting", level: "error", count: 8, to: "/connectors/orders?progress=waiting" },
    ])
  })

  it("leads to the exceptions, by class, errors first", () => {
    expect(find({ open_exceptions: [open("sku_not_found", 2), open("oversold")] })).toMatchObject([
      { errorClass: "oversold", level: "error", to: "/connectors/exceptions?error_class=oversold" },
      { errorClass: "sku_not_found", level: "warning", count: 2 },
    ])
  })

  it("is said once: late payouts, jobs and authorisations have rows of their own", () => {
    expect(find({ open_exceptions: [open("settlement_overdue", 3)] }, 3)).toMatchObject([
      { text: "latePayouts", count: 3, to: "/connectors/payouts?state=late" },
    ])
    // An order that was completed without any settlement is in no list of payouts.
    expect(find({ open_exceptions: [open("settlement_overdue", 1)] })).toMatchObject([
      { text: "exceptions", errorClass: "settlement_overdue" },
    ])
    const jobs = [
      { ...JOB, overdue: true },
      { ...JOB, scope: "700002", overdue: true },
    ]
    expect(find({ jobs, open_exceptions: [open("job_overdue")] })).toMatchObject([
      { text: "jobOverdue", count: 1, jobs: ["shopee-reconcile-daily"] },
    ])
  })
})
