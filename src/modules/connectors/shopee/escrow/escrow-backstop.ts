import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { escrowSubject } from "../../shared/exception-subject"
import type { JobDefinition, JobReport, JobRun } from "../../shared/jobs/job-definition"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ErrorClass, ExceptionStatus } from "../../shared/types/enums"
import type { ExceptionFinding } from "../../shared/types/exception"
import { injectFindings } from "../inbox/inject-findings"
import { whileReadingShop } from "../inbox/shop-trouble"
import type ShopeeConnectorService from "../service"
import type { LateSettlement, ShortPayout } from "../types/escrow"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { PAYOUT_LATE_AFTER_DAYS } from "../types/settlement"
import { applyRelease } from "./apply-release"
import { fetchDueEscrows } from "./fetch-due-escrows"
import { readEscrowList } from "./read-escrow-list"

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS
/** Every night; further back only for orders that have been waiting for their payout for longer. */
const LOOK_BACK_MS = 42 * DAY_MS
const LATE_AFTER_MS = PAYOUT_LATE_AFTER_DAYS * DAY_MS
/** An order that was never paid out is not told of for ever. */
const LATE_SINCE_MS = 120 * DAY_MS

/**
 * Every night at 04:00 in Singapore: what Shopee paid out in the last 42 days is compared with the escrows that we hold. Missing ones
 * are fetched, release times and payouts written down, adjustments picked up, and what is late or short is told (product §1 row 10).
 */
export const escrowBackstop: JobDefinition = {
  connector: ConnectorName.SHOPEE,
  name: "shopee-escrow-backstop-daily",
  title: "The escrow backstop",
  schedule: { cronUtc: "0 20 * * *" },
  deadlineMs: 2 * HOUR_MS,
  overdueAfterMs: 50 * HOUR_MS,
  scopes: async (container) => {
    const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
    return (await service.config()).configured ? await service.listAuthorizedShops() : []
  },
  run: async (container, run) => await backstop(container, run),
}

async function backstop(
  container: MedusaContainer,
  { scope: shopId, startedAt, signal, runId }: JobRun
): Promise<JobReport> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const range = { from: await beginOfReleases(service, shopId, startedAt), to: startedAt }
  const releases = await whileReadingShop(container, service, shopId, async () =>
    readEscrowList(await service.clientFor(shopId), range, signal)
  )
  const listed = [...releases.values()]
  const first = await applyRelease(service, shopId, listed)
  const refreshed = await service.listEscrowsToRefresh({ shopId, sinceMs: LOOK_BACK_MS })
  const known = new Set((await service.listOrderStates(shopId, first.missing)).map(({ ordersn }) => ordersn))
  // Paid out, and never heard of: the order is taken in, and its escrow follows it.
  const unknown = first.missing.filter((ordersn) => !known.has(ordersn))
  const findings = unknown.map((ordersn) => ({ ordersn, kind: "missing" as const }))
  await injectFindings(container, service, { runId, shopId, findings }, signal)
  signal.throwIfAborted()
  await service.makeEscrowsDue(shopId, refreshed)
  await fetchDueEscrows(container)
  signal.throwIfAborted()
  const missing = new Set(first.missing)
  const second = await applyRelease(
    service,
    shopId,
    listed.filter(({ orderSn }) => missing.has(orderSn))
  )
  const late = await service.listLateSettlements({ shopId, lateAfterMs: LATE_AFTER_MS, sinceMs: LATE_SINCE_MS })
  const short = await service.listShortPayouts(shopId)
  await tell(
    container,
    shopId,
    ErrorClass.SETTLEMENT_OVERDUE,
    late.map((one) => toLate(shopId, one))
  )
  await tell(
    container,
    shopId,
    ErrorClass.SETTLEMENT_SHORT,
    short.map((one) => toShort(shopId, one))
  )
  return {
    statistics: {
      listed: listed.length,
      newly_released: first.newlyReleased.length + second.newlyReleased.length,
      refreshed: refreshed.length,
      missing: first.missing.length,
      unknown: unknown.length,
      late: late.length,
      short: short.length,
    },
  }
}

/**
 * From when on releases are read: orders that a backfill brought in were paid out before the usual range, and would be told of as late.
 */
async function beginOfReleases(service: ShopeeConnectorService, shopId: string, startedAt: Date): Promise<Date> {
  const waiting = await service.listLateSettlements({ shopId, lateAfterMs: LOOK_BACK_MS, sinceMs: LATE_SINCE_MS })
  const longestMs = Math.max(0, ...waiting.map(({ days }) => (days + 1) * DAY_MS))
  return new Date(startedAt.getTime() - Math.max(LOOK_BACK_MS, longestMs))
}

const aboutEscrow = (shopId: string, ordersn: string) => ({
  connector: ConnectorName.SHOPEE,
  subject: escrowSubject(shopId, ordersn),
  ordersn,
  shop_id: shopId,
})

const toLate = (shopId: string, { ordersn, rawEventId, amount, currency, days }: LateSettlement): ExceptionFinding => ({
  ...aboutEscrow(shopId, ordersn),
  raw_event_id: rawEventId,
  error_class: ErrorClass.SETTLEMENT_OVERDUE,
  error_message:
    `Order ${ordersn} was completed ${days} days ago, and Shopee has not paid it out` +
    `${amount === null ? "" : ` (${amount} ${currency})`}.`,
  details: { amount, currency },
})

const toShort = (shopId: string, { ordersn, currency, paid, expected, short }: ShortPayout): ExceptionFinding => ({
  ...aboutEscrow(shopId, ordersn),
  error_class: ErrorClass.SETTLEMENT_SHORT,
  error_message: `Shopee paid out ${paid} ${currency} for order ${ordersn}; its settlement says ${expected} ${currency} (${short} short).`,
  details: { expected, found: paid, amount: short, currency },
})

/** Raises what is so, and settles what was so and no longer is. */
async function tell(
  container: MedusaContainer,
  shopId: string,
  errorClass: ErrorClass,
  findings: ExceptionFinding[]
): Promise<void> {
  const shared = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  await shared.raiseExceptions(findings)
  const open = await shared.listConnectorExceptions(
    { connector: ConnectorName.SHOPEE, shop_id: shopId, error_class: errorClass, status: ExceptionStatus.OPEN },
    { select: ["id", "subject"], take: 10_000 }
  )
  const isSo = new Set(findings.map(({ subject }) => subject))
  const settled = open.flatMap(({ subject }) => (subject !== null && !isSo.has(subject) ? [subject] : []))
  await shared.resolveSubjects(ConnectorName.SHOPEE, settled, "system", null, [errorClass])
}
