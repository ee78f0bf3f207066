import type { MedusaContainer } from "@medusajs/framework/types"
import { failPoint } from "../../shared/fail-point"
import type { JobDefinition, JobReport, JobRun } from "../../shared/jobs/job-definition"
import { ConnectorName } from "../../shared/types/enums"
import { whileReadingShop } from "../inbox/shop-trouble"
import type ShopeeConnectorService from "../service"
import { BACKFILL_JOB } from "../types/job-names"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import type { OpenBackfill } from "../types/recovery"
import { backfillWindow, BACKFILL_WINDOW_MS } from "./backfill-windows"
import { findDifferences, toFindings } from "./find-differences"
import { injectFindings } from "../inbox/inject-findings"
import { readOrderList } from "./read-order-list"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** How long before its refusal was noticed a shop may have been unreadable: access tokens live four hours. */
const GAP_MARGIN_MS = 4 * HOUR_MS

/** Works through the open backfills, a shop's one after the other, window by window. */
export const backfillOrders: JobDefinition = {
  connector: ConnectorName.SHOPEE,
  name: BACKFILL_JOB,
  title: "The backfill of orders",
  schedule: { everyMs: MINUTE_MS },
  deadlineMs: 6 * HOUR_MS,
  scopes: async (container) => await shopsToBackfill(container),
  run: async (container, run) => await backfillShop(container, run),
}

async function shopsToBackfill(container: MedusaContainer): Promise<string[]> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  return (await service.config()).configured ? await service.listShopsToBackfill() : []
}

async function backfillShop(container: MedusaContainer, { scope: shopId, signal }: JobRun): Promise<JobReport> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  await service.adoptGaps({ marginMs: GAP_MARGIN_MS, windowMs: BACKFILL_WINDOW_MS })
  let windows = 0
  for (;;) {
    const backfill = await service.nextOpenBackfill(shopId)
    if (!backfill) {
      return { statistics: { windows } }
    }
    try {
      await readNextWindow(container, service, backfill, signal)
    } catch (error) {
      await service.noteBackfillError(backfill.id, error instanceof Error ? error.message : String(error))
      throw error
    }
    windows += 1
  }
}

/**
 * Reads the orders that were placed or changed in the next window, and injects those that are missing or behind. All of it bears being
 * repeated after a crash: a backfill injects an order once, and counts a window when it is through.
 */
async function readNextWindow(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  backfill: OpenBackfill,
  signal: AbortSignal
): Promise<void> {
  const { id, shopId, windowsDone } = backfill
  const window = backfillWindow(backfill, windowsDone)
  const { ordersSeen, ...differences } = await whileReadingShop(container, service, shopId, async () => {
    const client = await service.clientFor(shopId)
    const placed = await readOrderList(client, "create_time", window, signal)
    const changed = await readOrderList(client, "update_time", window, signal)
    const listed = new Map([...placed, ...changed])
    const found = await findDifferences(client, service, shopId, listed.values(), signal)
    return { ...found, ordersSeen: listed.size }
  })
  await injectFindings(container, service, { runId: id, shopId, findings: toFindings(differences) }, signal)
  failPoint("backfill-window-read")
  signal.throwIfAborted()
  await service.advanceBackfill({ id, windowsDone, ordersSeen })
}
