import type { ExceptionView, ShopeeOrderSummary } from "../../types/desk"
import { toTimeline, type TimelineSources } from "../order-timeline"

const ORDER: ShopeeOrderSummary = {
  ordersn: "2611200001",
  shop_id: "700001",
  shopee_status: "READY_TO_SHIP",
  shopee_update_time: null,
  sync_status: "pending",
  progress: "retrying",
  medusa_order_id: null,
  attempts: 3,
  first_failed_at: "2026-11-20T04:00:10.000Z",
  next_attempt_at: "2026-11-20T04:05:00.000Z",
  waiting_skus: [],
  created_at: "2026-11-20T04:00:00.000Z",
  updated_at: "2026-11-20T04:00:00.000Z",
}

const EXCEPTION: ExceptionView = {
  id: "cex_1",
  connector: "shopee",
  error_class: "sku_not_found",
  status: "resolved",
  level: "error",
  message: "No variant has SKU EMB-1.",
  meaning: "",
  action: "",
  retriable: false,
  ordersn: ORDER.ordersn,
  shop_id: ORDER.shop_id,
  raw_event_id: null,
  details: {},
  occurrences: 1,
  created_at: "2026-11-20T04:00:11.000Z",
  last_seen_at: null,
  alerted_at: null,
  resolved_at: "2026-11-20T04:02:00.000Z",
  resolved_by: "system",
  operator_note: null,
}

const sources = (facts: Partial<TimelineSources> = {}): TimelineSources => ({
  order: { ...ORDER, first_failed_at: null },
  events: [],
  exceptions: [],
  deeds: [],
  escrow: null,
  ...facts,
})

const event = (id: string, at: string) => ({
  id,
  event_type: 3,
  source: "webhook",
  shopee_status: "READY_TO_SHIP",
  finding: null,
  processed_at: null,
  created_at: new Date(at),
  total: 1,
})

describe("toTimeline", () => {
  it("puts what every source knows in one sequence, the newest first", () => {
    const timeline = toTimeline(
      sources({
        order: ORDER,
        events: [event("srev_1", "2026-11-20T04:00:00Z")],
        exceptions: [EXCEPTION],
        deeds: [
          {
            kind: "done",
            at: "2026-11-20T04:02:01.000Z",
            deed: "imported",
            package_number: null,
            amount: null,
            currency: null,
          },
        ],
      })
    )
    expect(timeline.map(({ kind }) => kind)).toEqual([
      "done",
      "exception_settled",
      "exception_opened",
      "failing",
      "event",
    ])
  })

  it("of one moment, tells the newest last: the push, then each deed in the sequence it was done in", () => {
    const at = "2026-11-20T04:00:00.000Z"
    const deed = (name: "imported" | "captured") =>
      ({ kind: "done", at, deed: name, package_number: null, amount: null, currency: null }) as const
    const timeline = toTimeline(
      sources({ events: [event("srev_2", at), event("srev_1", at)], deeds: [deed("imported"), deed("captured")] })
    )
    expect(
      timeline.map((entry) => (entry.kind === "done" ? entry.deed : entry.kind === "event" && entry.raw_event_id))
    ).toEqual(["captured", "imported", "srev_2", "srev_1"])
  })

  it("says who settled an exception and how", () => {
    const settled = {
      ...EXCEPTION,
      status: "wont_fix",
      resolved_by: "ann@shop.example",
      operator_note: "gift",
    } as const
    expect(toTimeline(sources({ exceptions: [settled] }))[0]).toEqual({
      kind: "exception_settled",
      at: EXCEPTION.resolved_at,
      exception_id: "cex_1",
      error_class: "sku_not_found",
      resolution: "wont_fix",
      by: "ann@shop.example",
      note: "gift",
    })
  })

  it("shows an open exception as opened only", () => {
    const open = { ...EXCEPTION, status: "open", resolved_at: null, resolved_by: null } as const
    expect(toTimeline(sources({ exceptions: [open] })).map(({ kind }) => kind)).toEqual(["exception_opened"])
  })

  it("says since when and how often an order has failed, and when it is tried next", () => {
    expect(toTimeline(sources({ order: ORDER }))).toEqual([
      { kind: "failing", at: ORDER.first_failed_at, attempts: 3, next_attempt_at: ORDER.next_attempt_at },
    ])
  })
})
