import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { failPoint } from "../../shared/fail-point"
import type { JobDefinition, JobReport, JobRun } from "../../shared/jobs/job-definition"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName } from "../../shared/types/enums"
import { whileReadingShop } from "../inbox/shop-trouble"
import type ShopeeConnectorService from "../service"
import { RECONCILE_JOB } from "../types/job-names"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import type { Differences, ReturnDifferences } from "../types/recovery"
import { compareReturns } from "./compare-returns"
import { findDifferences, toFindings } from "./find-differences"
import { injectFindings } from "../inbox/inject-findings"
import { proofLine } from "./proof-line"
import { readOrderList } from "./read-order-list"
import type { Window } from "../client/windows"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** A shop that was never compared is compared this far back: one window of Shopee's. */
const FIRST_LOOK_BACK_MS = 15 * 24 * HOUR_MS
/** Shopee's clock and ours differ, and its list may lag: what was compared last is compared again. */
const OVERLAP_MS = 6 * HOUR_MS

/**
 * The completeness proof (product §1 row 9): every night at 03:00 in Singapore, and when somebody asks, each shop's orders that changed
 * since the last proof are compared with ours, and then its returns. What is missing or behind goes through the inbox like a push.
 */
export const reconcileDaily: JobDefinition = {
  connector: ConnectorName.SHOPEE,
  name: RECONCILE_JOB,
  title: "The completeness proof (comparison with Shopee's list of orders)",
  schedule: { cronUtc: "0 19 * * *" },
  deadlineMs: 2 * HOUR_MS,
  overdueAfterMs: 26 * HOUR_MS,
  scopes: async (container) => await shopsToReconcile(container),
  run: async (container, run) => await reconcileShop(container, run),
}

async function shopsToReconcile(container: MedusaContainer): Promise<string[]> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  return (await service.config()).configured ? await service.listAuthorizedShops() : []
}

async function reconcileShop(container: MedusaContainer, run: JobRun): Promise<JobReport> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const { scope: shopId, runId, startedAt, signal } = run
  const since = run.watermark
    ? new Date(Math.min(run.watermark.getTime(), startedAt.getTime()) - OVERLAP_MS)
    : new Date(startedAt.getTime() - FIRST_LOOK_BACK_MS)
  const window: Window = { from: since, to: startedAt }
  await service.beginReconcileRun({ runId, shopId, ...window })
  try {
    const { shopeeCount, differences } = await whileReadingShop(container, service, shopId, async () => {
      const client = await service.clientFor(shopId)
      const listed = await readOrderList(client, "update_time", window, signal)
      return {
        shopeeCount: listed.size,
        differences: await findDifferences(client, service, shopId, listed.values(), signal),
      }
    })
    await injectFindings(container, service, { runId, shopId, findings: toFindings(differences) }, signal)
    // Last, and after the orders are on their way: a list of returns that can't be read must not keep any order from being found.
    const { returns, state } = await compareReturns(container, service, run, window)
    await injectFindings(container, service, { runId, shopId, findings: returns.behind }, signal)
    failPoint("findings-injected")
    await service.completeReconcileRun({ runId, shopeeCount, differences, returns })
    await announceProof(container, run, window, { shopeeCount, differences, returns })
    return {
      watermark: window.to,
      state,
      statistics: {
        shopee: shopeeCount,
        matching: differences.matching.length,
        waiting: differences.waiting.length,
        missing: differences.missing.length,
        stale: differences.stale.length,
        returns: returns.count,
        returns_behind: returns.behind.length,
      },
    }
  } catch (error) {
    await service.failReconcileRun(runId, error instanceof Error ? error.message : String(error))
    throw error
  }
}

/** A proof with findings is always told; one without, once a night: a forged push has the comparison run more often. */
async function announceProof(
  container: MedusaContainer,
  { scope: shopId, lastSuccessAt, startedAt }: JobRun,
  window: Window,
  found: { shopeeCount: number; differences: Differences; returns: ReturnDifferences }
): Promise<void> {
  const { shopeeCount, differences, returns } = found
  const isFirstInDay = lastSuccessAt === null || dayOf(lastSuccessAt) !== dayOf(startedAt)
  if (!isFirstInDay && differences.missing.length + differences.stale.length + returns.behind.length === 0) {
    return
  }
  await container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE).announce([
    {
      connector: ConnectorName.SHOPEE,
      shop_id: shopId,
      message: proofLine(shopId, window, shopeeCount, differences, returns),
      details: {
        found: shopeeCount - differences.missing.length,
        expected: shopeeCount,
        missing: differences.missing.length,
        stale: differences.stale.length,
        returns: returns.behind.length,
        ordersns: [
          ...differences.missing,
          ...differences.stale,
          ...new Set(returns.behind.map(({ ordersn }) => ordersn)),
        ],
        window_from: window.from.toISOString(),
        window_to: window.to.toISOString(),
      },
    },
  ])
}

/** Days that begin when the nightly comparison does, at 19:00 UTC. */
const dayOf = (date: Date): number => Math.floor((date.getTime() + 5 * HOUR_MS) / (24 * HOUR_MS))
