import type { ExceptionView } from "../../shared/types/exception-view"
import type { OrderEvent } from "../sql/list-order-events"
import type { EscrowRow, ShopeeOrderSummary, TimelineEntry } from "../types/desk"
import { RawEventSource } from "../types/enums"
import { timestamp, timestampOrNull } from "./json-values"

/** What is known of an order, from every place that knows something. */
export interface TimelineSources {
  order: ShopeeOrderSummary
  events: OrderEvent[]
  exceptions: ExceptionView[]
  deeds: Extract<TimelineEntry, { kind: "done" }>[]
  escrow: EscrowRow | null
}

/** The column is an enum that the database checks. */
const sourceOf = (source: string): `${RawEventSource}` =>
  Object.values(RawEventSource).find((known) => known === source) ?? RawEventSource.WEBHOOK

const toEventEntry = (event: OrderEvent): TimelineEntry => ({
  kind: "event",
  at: timestamp(event.created_at),
  raw_event_id: event.id,
  event_type: event.event_type,
  source: sourceOf(event.source),
  shopee_status: event.shopee_status,
  finding: event.finding,
  processed_at: timestampOrNull(event.processed_at),
})

function toExceptionEntries(exception: ExceptionView): TimelineEntry[] {
  const { id, error_class, message, created_at, status, resolved_at, resolved_by, operator_note } = exception
  const opened: TimelineEntry = { kind: "exception_opened", at: created_at, exception_id: id, error_class, message }
  if (status === "open" || resolved_at === null) {
    return [opened]
  }
  return [
    opened,
    {
      kind: "exception_settled",
      at: resolved_at,
      exception_id: id,
      error_class,
      resolution: status,
      by: resolved_by,
      note: operator_note,
    },
  ]
}

function toFailingEntries(order: ShopeeOrderSummary): TimelineEntry[] {
  const { attempts, first_failed_at, next_attempt_at } = order
  return first_failed_at === null ? [] : [{ kind: "failing", at: first_failed_at, attempts, next_attempt_at }]
}

function toEscrowEntries(escrow: EscrowRow | null): TimelineEntry[] {
  if (escrow === null) {
    return []
  }
  const common = { kind: "done", package_number: null, currency: escrow.currency } as const
  const fetched: TimelineEntry = {
    ...common,
    at: escrow.fetched_at,
    deed: "escrow_fetched",
    amount: escrow.escrow_amount,
  }
  return escrow.released_at === null
    ? [fetched]
    : [fetched, { ...common, at: escrow.released_at, deed: "escrow_released", amount: escrow.payout_amount }]
}

/** Everything that happened to an order, the newest first. Of one moment, an event comes before what was done about it. Pure. */
export function toTimeline({ order, events, exceptions, deeds, escrow }: TimelineSources): TimelineEntry[] {
  return [
    ...events.map(toEventEntry).reverse(),
    ...toFailingEntries(order),
    ...exceptions.flatMap(toExceptionEntries),
    ...deeds,
    ...toEscrowEntries(escrow),
  ]
    .sort((a, b) => a.at.localeCompare(b.at))
    .reverse()
}
